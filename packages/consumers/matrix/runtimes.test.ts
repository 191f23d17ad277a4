import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Chromium, FLAGS, findChromium, requireBrowser } from '@firstofficer/browser';
import { describe, inject, test } from 'vitest';
import { startApi } from '../src/api.ts';
import { expectCommandWorks } from '../src/command.ts';
import { servePage } from '../src/page.ts';
import { expectAllPassed, runOnConsole, startProgram } from '../src/runtime.ts';
import { linkPackages, requireRuntime } from './toolchains.ts';

// The client needs no permission except network access.
const DENO_OPTIONS = ['run', '--no-prompt', '--cached-only', '--node-modules-dir=manual', '--allow-net=127.0.0.1'];

const CONSOLE_RUNTIMES = [
  ['node-20', []],
  ['node-22', []],
  ['node-26', []],
  ['bun', ['--no-install']],
  ['deno', DENO_OPTIONS],
] as const;

describe.concurrent.for(CONSOLE_RUNTIMES)('the client works in %s', ([runtime, options]) => {
  test.for(['mjs', 'cjs'] as const)('as .%s', async (extension, context) => {
    const path = requireRuntime(context, runtime);
    expectAllPassed(await runOnConsole({ path, options, extension, signal: context.signal }));
  });
});

test.for(['undici', 'node-fetch'])('the client works in Node with the fetch of %s', async (fetchModule, { signal }) => {
  await linkPackages(inject('consumer'), [fetchModule]);
  const run = { path: process.execPath, extension: 'mjs', fetchModule, signal } as const;
  expectAllPassed(await runOnConsole(run));
});

// undici 8 needs Node 22.
test.for(['node-22', 'node-26'] as const)(
  'the client works in %s with the fetch for undici',
  async (runtime, context) => {
    const path = requireRuntime(context, runtime);
    const run = { path, extension: 'mjs', fetchModule: '@firstofficer/client/undici', signal: context.signal } as const;
    expectAllPassed(await runOnConsole(run));
  },
);

const WORKERD_CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.bundle.js")],
      compatibilityDate = "2026-01-01",
    )),
    (name = "internet", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;

// The command reads the environment and a file.
const DENO_PERMISSIONS = ['--allow-env', '--allow-read', '--allow-sys'];

test.for(CONSOLE_RUNTIMES)('the command works in %s', ([runtime, options], context) => {
  const path = requireRuntime(context, runtime);
  const permissions = runtime === 'deno' ? DENO_PERMISSIONS : [];
  return expectCommandWorks({ path, options: [...options, ...permissions], signal: context.signal });
});

test('the client works in workerd', async (context) => {
  const path = requireRuntime(context, 'workerd');
  const cwd = inject('consumer');
  await writeFile(join(cwd, 'workerd.capnp'), WORKERD_CONFIG);
  await using api = await startApi();
  const args = ['serve', 'workerd.capnp', '--control-fd=1'];
  await using program = startProgram({ path, args, cwd, signal: context.signal });
  const { port }: { port: number } = JSON.parse(await program.readLine());
  const response = await fetch(`http://127.0.0.1:${port}/?api=${encodeURIComponent(api.url)}`);
  expectAllPassed(await response.json());
});

// Not in the test, because the installation of Chromium may exceed the timeout of a test.
const folder = await mkdtemp(join(inject('consumer'), 'chromium-'));
const chromium = await findChromium(folder);

test('the client works in a page in Chromium', async (context) => {
  requireBrowser(context);
  // Without a Chromium, requireBrowser has skipped the test.
  const { path, env } = chromium as Chromium;
  await using api = await startApi();
  await using page = await servePage(join(inject('consumer'), 'page.bundle.js'), api.url);
  // With a debugging port, the headless shell keeps running after the page has loaded.
  const options = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${join(folder, 'profile')}`];
  const args = [...FLAGS, ...options, page.url];
  await using _browser = startProgram({ path, args, cwd: folder, env, signal: context.signal });
  expectAllPassed(JSON.parse(await page.results));
});

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { hasChromium, launchBrowser, requireBrowser } from '@firstofficer/browser';
import { listen } from '@firstofficer/common/listen';
import { build } from 'esbuild';
import { afterAll, expect, inject, test } from 'vitest';
import { findTypeErrors, STRICT } from '../src/compiler.ts';
import { getPackageFolder } from './toolchains.ts';

const RECIPES = join(import.meta.dirname, '../recipes');
const MODULES = join(import.meta.dirname, '../node_modules');
// The mock must use the same MSW as the recipe, as after an installation.
const MOCK = await realpath(join(MODULES, '@firstofficer/mock'));
const PACKAGES = {
  '@firstofficer/mock': MOCK,
  jest: getPackageFolder('jest'),
  msw: join(MOCK, 'node_modules/msw'),
  vitest: join(MODULES, 'vitest'),
};

/** Copies a recipe into a project that has the packages of the recipes installed. Returns the folder of the project. */
async function createProject(recipe: string): Promise<string> {
  const folder = await mkdtemp(join(inject('consumer'), `${recipe}-`));
  for (const [name, path] of Object.entries(PACKAGES)) {
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(path, link, 'junction');
  }
  await cp(join(RECIPES, recipe), folder, { recursive: true });
  return folder;
}

/** Runs the tests of a project with Vitest or Jest. Returns what it prints. */
async function runTests(program: string, cwd: string, signal: AbortSignal): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: cwd, NO_COLOR: '1', CI: '1' };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [join('node_modules', program)], {
    cwd,
    env,
    signal,
  });
  return stdout + stderr;
}

test.for(['vitest', 'msw-node'])('the recipe %s passes in Vitest', async (recipe, { signal }) => {
  const folder = await createProject(recipe);

  expect(await runTests('vitest/vitest.mjs', folder, signal)).toMatch(/Tests +1 passed/);
});

test('the recipe jest passes in Jest', async ({ signal }) => {
  const folder = await createProject('jest');

  expect(await runTests('jest/bin/jest.js', folder, signal)).toMatch(/Tests: +1 passed/);
});

const LIB = ['es2022', 'esnext.disposable', 'dom'];

test('the recipes in TypeScript compile', async () => {
  const folder = await createProject('vitest');
  const recipes = ['vitest/customers.test.ts', 'msw-node/customers.test.ts', 'msw-browser/mocks.ts'];
  const texts = await Promise.all(recipes.map((recipe) => readFile(join(RECIPES, recipe), 'utf8')));
  const project = {
    // Code with `await using` needs the library of disposables.
    compilerOptions: { ...STRICT, module: 'esnext', moduleResolution: 'bundler', skipLibCheck: true, lib: LIB },
    files: Object.fromEntries(texts.map((text, index) => [`recipe${index}.mts`, text])),
  };
  const typescript = dirname(fileURLToPath(import.meta.resolve('typescript/package.json')));

  expect(await findTypeErrors(typescript, project, folder)).toEqual([]);
});

/** A page that uses the recipe msw-browser. It sends requests with the client, which MSW answers. */
const PAGE = `
import { createClient } from '@firstofficer/client';
import { mock } from './mocks.ts';

const { customers } = createClient({ token: 'YourTokenHere', dangerouslyAllowBrowser: true });
const send = (options) =>
  customers.retrieve('cus_1234ABCD', options).then(({ current_mrr }) => current_mrr, ({ code }) => code);

export async function run() {
  const results = { normal: await send() };
  mock.use({ answer: [{ code: 503, retryAfter: 0 }, { drop: 'body' }], times: 1 });
  results.retried = await send();
  mock.use({ answer: { drop: 'headers' } });
  results.dropped = await send({ maxRetries: 0 });
  mock.use({ answer: { drop: 'body' } });
  results.cut = await send({ maxRetries: 0 });
  mock.use({ answer: { delay: 60000 } });
  results.delayed = await send({ maxRetries: 0, timeout: 50 });
  mock.use({ answer: { code: 304 } });
  const headers = { Authorization: 'Token token="YourTokenHere"' };
  results.status = (await fetch('https://api.firstofficer.io/v2/customers/%ZZ', { headers })).status;
  results.requests = mock.requests({ operation: 'retrieveCustomer' }).map(({ status, dropped }) => dropped ?? status);
  return results;
}
`;

const browser = hasChromium() ? await launchBrowser() : undefined;
afterAll(() => browser?.close());

test('the recipe msw-browser answers in Chromium', async (context) => {
  requireBrowser(context);
  const folder = await createProject('msw-browser');
  const { outputFiles } = await build({
    stdin: { contents: PAGE, resolveDir: folder },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['browser'],
    write: false,
    logLevel: 'silent',
  });
  const scripts: Readonly<Record<string, string | undefined>> = {
    '/page.js': outputFiles[0]?.text,
    '/mockServiceWorker.js': await readFile(join(folder, 'node_modules/msw/lib/mockServiceWorker.js'), 'utf8'),
  };
  await using server = await listen(
    createServer(({ url = '' }, response) => {
      const script = scripts[url];
      response.setHeader('Content-Type', script === undefined ? 'text/html' : 'text/javascript');
      response.end(script ?? '<!doctype html><title>MSW</title>');
    }),
  );
  const page = (await browser?.newPage()) ?? expect.fail('there is no browser');
  await page.goto(server.url);

  expect(await page.evaluate(`import('/page.js').then(({ run }) => run())`)).toEqual({
    normal: 69900,
    retried: 69900,
    dropped: 'network',
    cut: 'network',
    delayed: 'timeout',
    status: 304,
    requests: [200, 503, 'body', 200, 'headers', 'body', undefined, 304],
  });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject, test } from 'vitest';
import { startApi } from '../../src/api.ts';
import { startProgram } from '../../src/program.ts';
import { expectAllPassed } from '../../src/results.ts';
import { needsRuntime } from '../toolchains.ts';

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
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

test('the client works in workerd', async (context) => {
  const path = needsRuntime(context, 'workerd');
  const cwd = inject('consumer');
  await writeFile(join(cwd, 'workerd.capnp'), CONFIG);
  await using api = await startApi();
  const args = ['serve', 'workerd.capnp', '--control-fd=1'];
  await using program = startProgram({ path, args, cwd, signal: context.signal });
  const { port }: { port: number } = JSON.parse(await program.readLine());
  const response = await fetch(`http://127.0.0.1:${port}/?api=${encodeURIComponent(api.url)}`);
  expectAllPassed(await response.json());
});

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { startCommand } from '../src/start-command.ts';
import { createTemporaryFolder } from '../src/testing.ts';

const exitCode = process.exitCode;
afterEach(() => {
  process.exitCode = exitCode;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A version of Node, and the versions that the command needs. */
interface Versions {
  readonly version: string;
  readonly node: string;
}

/** Starts a command in a version of Node. Returns whether it was loaded, what was printed, and the exit code. */
async function start(context: Parameters<typeof createTemporaryFolder>[0], { version, node }: Versions) {
  const manifest = { bin: { 'firstofficer-test': 'bin/test.js' }, engines: { node } };
  const folder = await createTemporaryFolder(context, { 'package.json': JSON.stringify(manifest) });
  vi.stubGlobal(
    'process',
    Object.create(process, { versions: { value: { node: version } }, exitCode: { value: 0, writable: true } }),
  );
  const print = vi.spyOn(console, 'error').mockReturnValue();
  const load = vi.fn(async () => {});
  await startCommand(pathToFileURL(join(folder, 'package.json')), load);
  return { loaded: load.mock.calls.length, printed: print.mock.calls.flat(), exitCode: process.exitCode };
}

test.for([
  ['24.18.0', '>=24.18'],
  ['24.20.1', '>=24.18'],
  ['26.0.0', '>=24.18'],
  ['100.0.0', '>=24.18'],
  ['20.0.0', '>=20'],
  ['24.18.3', '>=24.18.3'],
  ['27.0.0-nightly2026112774f8b1c2', '>=24.18'],
] as const)('Node %s runs a command that needs %s', async ([version, node], context) => {
  expect(await start(context, { version, node })).toEqual({ loaded: 1, printed: [], exitCode: 0 });
});

test.for([
  ['24.17.3', '>=24.18', '24.18'],
  ['24.2.0', '>=24.18', '24.18'],
  ['20.20.2', '>=24.18', '24.18'],
  ['9.11.0', '>=20', '20'],
  ['24.18.2', '>=24.18.3', '24.18.3'],
] as const)('Node %s reports in one sentence that a command needs %s', async ([version, node, needed], context) => {
  const message = `firstofficer-test: Node ${version} is too old: install Node ${needed} or later from https://nodejs.org.`;

  expect(await start(context, { version, node })).toEqual({ loaded: 0, printed: [message], exitCode: 2 });
});

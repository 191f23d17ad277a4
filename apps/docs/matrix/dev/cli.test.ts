import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenInTest } from '@firstofficer/common/testing';
import { expect, onTestFinished, test } from 'vitest';
import { buildDevArguments, followChanges } from './dev-server.ts';

function start(args: readonly string[]) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test('fails if the chosen port is in use', async (context) => {
  const { port } = await listenInTest(context, createServer());
  const child = start(buildDevArguments({}, port));
  const [[code], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)]);

  expect(code).toBe(1);
  expect(stderr).toMatch(
    new RegExp(`^pnpm dev: port ${port} .* is already in use\\. .* choose another port with --port`),
  );
});

test.for([['--port', 'eighty'], ['--no-such-option']])('exits with 2 for the invalid option %j', async (args) => {
  const child = start([...buildDevArguments({}, 0), ...args]);

  expect(await once(child, 'exit')).toEqual([2, null]);
});

test('the error names a folder that does not exist', async () => {
  const child = start(buildDevArguments({ guides: '/no/such/folder' }, 0));
  const [[code], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)]);

  expect(code).toBe(1);
  expect(stderr).toContain('/no/such/folder');
});

test('Ctrl-C stops dev immediately while a page is open', async () => {
  const child = start(buildDevArguments({}, 0));
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    printed += chunk;
    if (printed.includes('Ctrl-C')) break;
  }
  using changes = await followChanges(/http:\S+/.exec(printed)?.[0] ?? '');
  await changes.next();
  child.kill('SIGINT');

  expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
});

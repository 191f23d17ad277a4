import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { expect, inject, test } from 'vitest';
import { ended } from '../test/run-command.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const VITEST = fileURLToPath(new URL('./vitest.mjs', import.meta.resolve('vitest/package.json')));

test('the tests, and the commands they run, touch no database but the one for tests', async ({ skip }) => {
  const server = inject('postgres');
  if ('unavailable' in server) return skip(server.unavailable);
  const nowhere = 'postgresql://127.0.0.1:1/other';
  const child = spawn(process.execPath, [VITEST, 'run', '--dir', 'test', 'api2-authentication', '-t', 'two keys'], {
    cwd: ROOT,
    env: { ...process.env, TEST_DATABASE_URL: server.url, DATABASE_URL: nowhere, PGOPTIONS: '-c search_path=other' },
  });
  const [stdout, code] = await Promise.all([text(child.stdout), ended(child)]);

  expect(stripVTControlCharacters(stdout)).toMatch(/Tests +2 passed/);
  expect(code).toBe(0);
});

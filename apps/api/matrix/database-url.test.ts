import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { expect, inject, test } from 'vitest';
import { waitForExit } from '../test/run-command.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const VITEST = fileURLToPath(new URL('./vitest.mjs', import.meta.resolve('vitest/package.json')));

test('tests and their commands use only the test database, whatever DATABASE_URL and PGOPTIONS are', async ({
  skip,
}) => {
  const server = inject('postgres');
  if ('unavailable' in server) return skip(server.unavailable);
  const unreachable = 'postgresql://127.0.0.1:1/other';
  const child = spawn(process.execPath, [VITEST, 'run', '--dir', 'test', 'owasp/authentication', '-t', 'two keys'], {
    cwd: ROOT,
    env: {
      ...process.env,
      TEST_DATABASE_URL: server.url,
      DATABASE_URL: unreachable,
      PGOPTIONS: '-c search_path=other',
    },
  });
  const [stdout, code] = await Promise.all([text(child.stdout), waitForExit(child)]);

  expect(stripVTControlCharacters(stdout)).toMatch(/Tests +2 passed/);
  expect(code).toBe(0);
});

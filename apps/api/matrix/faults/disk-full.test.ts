import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { databases } from '../../test/databases.ts';
import { ended } from '../../test/run-command.ts';
import { customer, retrieve, runningApi } from '../../test/running-api.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

test('an import for which there is no room imports nothing and says so; what is there is served on', async (context) => {
  const [sqlite] = databases;
  const api = await runningApi(context, sqlite ?? expect.fail());
  // A limit on the size of files stands for a full disk: no root is needed for it, and it hits no other process.
  const script = 'trap "" XFSZ; ulimit -f 512; exec "$@"';
  const command = [process.execPath, '--conditions=@firstofficer/source', CLI, 'import', '-'];
  const flags = ['--account', String(api.accountId), '--data', api.location.directory];
  const child = spawn('bash', ['-c', script, 'bash', ...command, ...flags]);
  child.stdin.on('error', () => {});
  const customers = Array.from({ length: 20_000 }, (_, index) => JSON.stringify(customer(index + 1)));
  child.stdin.end(customers.join('\n'));
  const [stderr, code] = await Promise.all([text(child.stderr), ended(child)]);

  expect({ code, stderr }).toEqual({
    code: 3,
    stderr: expect.stringMatching(/^firstofficer-api: The (disk|database)/),
  });
  expect((await retrieve(api.url, api.key, 'cus_1')).status).toBe(404);
  expect((await retrieve(api.url, api.key, 'cus_1234ABCD')).status).toBe(200);
});

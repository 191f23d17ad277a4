import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { findFreePort } from '@firstofficer/common/listen';
import { describe, expect, test } from 'vitest';
import { openForCommand } from '../src/database/open.ts';
import { databases, sqlite } from '../test/databases.ts';
import { CLI, startCommand, startServeCommand, waitForExit } from '../test/run-command.ts';
import { createCustomer, importAll, retrieve, startSeededApi, startTestApi } from '../test/running-api.ts';

test('an import that fills the disk fails and imports nothing, and the server still serves existing customers', async (context) => {
  const api = await startSeededApi(context, sqlite);
  // A file size limit simulates a full disk. It needs no root and affects no other process.
  const script = 'trap "" XFSZ; ulimit -f 512; exec "$@"';
  const command = [process.execPath, '--conditions=@firstofficer/source', CLI, 'import', '-'];
  const flags = ['--account', String(api.accountId), '--data', api.location.directory];
  const child = spawn('bash', ['-c', script, 'bash', ...command, ...flags]);
  child.stdin.on('error', () => {});
  const customers = Array.from({ length: 20_000 }, (_, index) => JSON.stringify(createCustomer(index + 1)));
  child.stdin.end(customers.join('\n'));
  const [stderr, code] = await Promise.all([text(child.stderr), waitForExit(child)]);

  expect({ code, stderr }).toEqual({
    code: 3,
    stderr: expect.stringMatching(/^firstofficer-api: The (disk|database)/),
  });
  expect((await retrieve(api.url, api.key, 'cus_1')).status).toBe(404);
  expect((await retrieve(api.url, api.key, 'cus_1234ABCD')).status).toBe(200);
});

// Every write to /dev/full fails as on a full disk.
test.skipIf(process.platform !== 'linux')(
  'a server keeps running when its log cannot be written, and stops on SIGTERM',
  async (context) => {
    const { location, key } = await startSeededApi(context, sqlite);
    const port = await findFreePort();
    const full = await open('/dev/full', 'w');
    const args = [
      '--conditions=@firstofficer/source',
      CLI,
      'serve',
      '--port',
      String(port),
      '--data',
      location.directory,
    ];
    const { DATABASE_URL: _, ...env } = process.env;
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', full.fd, 'inherit'] });
    context.onTestFinished(() => void child.kill('SIGKILL'));
    await full.close();
    const url = `http://127.0.0.1:${port}`;
    while (!(await fetch(url).catch(() => undefined))) expect(child.exitCode).toBeNull();

    // More lines than the log buffer holds.
    for (let count = 0; count < 100; count += 1) {
      expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
    }
    child.kill('SIGTERM');
    expect(await waitForExit(child)).toBe(0);
  },
);

describe.each(databases)('kill -9 on $name', (kind) => {
  test('changes nothing during an import, and the import can be repeated', async (context) => {
    const api = await startSeededApi(context, kind);
    const child = startCommand(api.location, ['import', '-', '--account', String(api.accountId)]);
    context.onTestFinished(() => void child.kill('SIGKILL'));
    child.stdin.on('error', () => {});
    // The input has several batches and never ends, so the import is still running when it is killed.
    for (let id = 1; id <= 5_000; id += 1) child.stdin.write(`${JSON.stringify(createCustomer(id))}\n`);
    child.stdin.write('[]\n');
    // The message about the invalid line shows that the import has read all lines before it.
    await once(child.stderr, 'data').catch(() => {});
    child.kill('SIGKILL');
    await waitForExit(child);

    expect((await retrieve(api.url, api.key, 'cus_1')).status).toBe(404);
    expect((await retrieve(api.url, api.key, 'cus_1234ABCD')).status).toBe(200);
    await importAll(api.location, api.accountId, [createCustomer(1)]);
    expect((await retrieve(api.url, api.key, 'cus_1')).status).toBe(200);
  });

  test('loses no acknowledged write of a server under load, and the database can be opened again', async (context) => {
    const { location, key, accountId } = await startSeededApi(context, kind);
    const { server, url } = await startServeCommand(context, location);
    const answers: Promise<unknown>[] = [];
    for (let id = 1; id <= 20; id += 1) {
      await importAll(location, accountId, [createCustomer(id)]);
      for (let count = 0; count < 10; count += 1) answers.push(retrieve(url, key, `cus_${id}`).catch(() => {}));
    }
    server.kill('SIGKILL');
    await Promise.all(answers);

    const database = openForCommand(location);
    const { count } = await database.query
      .selectFrom('customers')
      .select((count) => count.fn.countAll<number>().as('count'))
      .where('id', '<=', 20)
      .executeTakeFirstOrThrow();
    await database.close();
    expect(Number(count)).toBe(20);
    const api = await startTestApi(context, { database: location });
    expect((await retrieve(api.url, key, 'cus_20')).status).toBe(200);
  });
});

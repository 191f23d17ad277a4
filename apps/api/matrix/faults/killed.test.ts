import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { openForCommand } from '../../src/database/open.ts';
import { databases } from '../../test/databases.ts';
import { startCommand, waitForExit } from '../../test/run-command.ts';
import { customer, importAll, retrieve, startSeededApi, startTestApi } from '../../test/running-api.ts';

describe.each(databases)('kill -9 on $name', (kind) => {
  test('during an import changes nothing, and the import can be repeated', async (context) => {
    const api = await startSeededApi(context, kind);
    const child = startCommand(api.location, ['import', '-', '--account', String(api.accountId)]);
    context.onTestFinished(() => void child.kill('SIGKILL'));
    child.stdin.on('error', () => {});
    // The input has several batches and never ends, so the import is still running when it is killed.
    for (let id = 1; id <= 5_000; id += 1) child.stdin.write(`${JSON.stringify(customer(id))}\n`);
    child.stdin.write('[]\n');
    await once(child.stderr, 'data').catch(() => {});
    child.kill('SIGKILL');
    await waitForExit(child);

    expect((await retrieve(api.url, api.key, 'cus_1')).status).toBe(404);
    expect((await retrieve(api.url, api.key, 'cus_1234ABCD')).status).toBe(200);
    await importAll(api.location, api.accountId, [customer(1)]);
    expect((await retrieve(api.url, api.key, 'cus_1')).status).toBe(200);
  });

  test('of a server under load loses no acknowledged write, and the database can be opened again', async (context) => {
    const { location, key, accountId } = await startSeededApi(context, kind);
    const child = startCommand(location, ['serve', '--port', '0', '--log-level', 'warn']);
    context.onTestFinished(() => void child.kill('SIGKILL'));
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const url = line.replace(/.* /, '');
    const answers: Promise<unknown>[] = [];
    for (let id = 1; id <= 20; id += 1) {
      await importAll(location, accountId, [customer(id)]);
      for (let count = 0; count < 10; count += 1) answers.push(retrieve(url, key, `cus_${id}`).catch(() => {}));
    }
    child.kill('SIGKILL');
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

import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createLastUseRecorder, createUseWriter } from '../src/api-keys/authenticate.ts';
import { parseKeyId } from '../src/api-keys/format.ts';
import type { Database } from '../src/database/database.ts';
import { openForRequests } from '../src/database/open.ts';
import { type Context, databases, sqlite } from '../test/databases.ts';
import { startProxy } from '../test/proxy.ts';
import { runCommand, startServeCommand } from '../test/run-command.ts';
import {
  createAccountWith,
  createCustomer,
  openInTest,
  retrieve,
  startSeededApi,
  startTestApi,
} from '../test/running-api.ts';

const UNAVAILABLE = {
  error: { type: 'api_error', message: 'The service is temporarily unavailable. Try again.' },
};

describe.each(databases)('on $name', (kind) => {
  test('the server answers the documented 503 while the database cannot answer, and 200 after it recovers', async (context) => {
    const api = await startSeededApi(context, kind);
    const database = openInTest(context, api.location);
    await database.query.schema.alterTable('api_keys').renameTo('elsewhere').execute();
    const response = await retrieve(api.url, api.key, 'cus_1234ABCD');

    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toEqual(UNAVAILABLE);
    await database.query.schema.alterTable('elsewhere').renameTo('api_keys').execute();
    expect((await retrieve(api.url, api.key, 'cus_1234ABCD')).status).toBe(200);
  });
});

describe.each(databases.filter(({ name }) => name === 'PostgreSQL'))('a server on $name', (kind) => {
  test('answers 503 and is not ready while the database is down, and recovers without a restart', async (context) => {
    const { location, key } = await startSeededApi(context, kind);
    const proxy = await startProxy(context, new URL(location.url ?? ''));
    const api = await startTestApi(context, { database: { ...location, url: proxy.url } });
    expect((await retrieve(api.url, key, 'cus_1234ABCD')).status).toBe(200);

    proxy.cut();
    const down = await Promise.all(Array.from({ length: 20 }, () => retrieve(api.url, key, 'cus_1234ABCD')));
    expect(new Set(down.map(({ status }) => status))).toEqual(new Set([503]));
    expect(await down[0]?.json()).toEqual(UNAVAILABLE);
    expect((await fetch(`${api.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);

    proxy.restore();
    expect((await retrieve(api.url, key, 'cus_1234ABCD')).status).toBe(200);
    expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
  });

  test('answers the documented 503 if the database does not answer in time, and 200 after it recovers', async (context) => {
    const { url, key, location } = await startSeededApi(context, kind, { limits: { handlerMs: 300 } });
    const database = openInTest(context, location);
    const response = await database.query.transaction().execute(async (transaction) => {
      await sql`lock table customers in access exclusive mode`.execute(transaction);
      return retrieve(url, key, 'cus_1234ABCD');
    });

    expect(response.status).toBe(503);
    expect(await response.json()).toEqual(UNAVAILABLE);
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
  });

  test('writes the last uses of keys after the database was down', async (context) => {
    const { location, key } = await startSeededApi(context, kind);
    const proxy = await startProxy(context, new URL(location.url ?? ''));
    const database = openForRequests({ ...location, url: proxy.url });
    context.onTestFinished(() => database.close());
    const locking = openInTest(context, location);
    const other = openInTest(context, location);
    const lastUse = createLastUseRecorder(createUseWriter(database));
    lastUse.record({ keyId: parseKeyId(key) ?? '', at: Date.now(), newHash: undefined });

    await locking.query.transaction().execute(async (transaction) => {
      await sql`lock table api_keys in access exclusive mode`.execute(transaction);
      const written = lastUse.flush();
      const pid = await findWaitingProcess(other);
      proxy.cut();
      await written;
      // The PostgreSQL process does not notice that the connection is closed, and would still write.
      await sql`select pg_terminate_backend(${pid}, 10000)`.execute(other.query);
    });
    const used = () => other.query.selectFrom('api_keys').select('last_used_at').execute();
    expect(await used()).toEqual([{ last_used_at: null }]);
    proxy.restore();
    await lastUse.flush();
    expect(await used()).toEqual([{ last_used_at: expect.any(Number) }]);
  });
});

/** Waits until a process of the PostgreSQL server waits for a lock, and returns its ID. */
async function findWaitingProcess({ query }: Database): Promise<number> {
  for (;;) {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(query);
    if (rows[0]) return rows[0].pid;
  }
}

test.for(databases)(
  'the server answers 503 if an integer in $name is beyond 2^53−1, and never returns another number',
  async (kind, context) => {
    const { url, key, location } = await startSeededApi(context, kind);
    const database = openInTest(context, location);
    // Constraints prevent such a number, so the test removes them.
    await allowAnyInteger(database);
    await sql`update customers set total_contract_value = 9007199254740993`.execute(database.query);
    const response = await retrieve(url, key, 'cus_1234ABCD');

    expect(response.status).toBe(503);
    expect(await response.json()).toEqual(UNAVAILABLE);
  },
);

async function allowAnyInteger({ dialect, query }: Database): Promise<void> {
  if (dialect === 'sqlite') await sql`pragma ignore_check_constraints = on`.execute(query);
  else await sql`alter table customers drop constraint customers_total_contract_value_check`.execute(query);
}

const PAGE = 4096;
const IDS = Array.from({ length: 300 }, (_, index) => index + 1);

/** Kinds of damage to the file. Each returns the new bytes of a page, or undefined to keep the page. */
const DAMAGES: Readonly<Record<string, (page: number) => Buffer | undefined>> = {
  'every page is overwritten': () => Buffer.alloc(PAGE, 0xaa),
  'every page but the first is overwritten': (page) => (page === 0 ? undefined : Buffer.alloc(PAGE, 0xaa)),
  'every page is zeroed': () => Buffer.alloc(PAGE),
};

test.for(Object.entries(DAMAGES))(
  '%s: the server keeps running and answers 503 until the file is repaired',
  async ([, damage], context) => {
    const { url, key, file, server, lines } = await serveFile(context);
    const pages = await readFile(file);
    const damaged = Buffer.concat(
      Array.from(
        { length: pages.length / PAGE },
        (_, page) => damage(page) ?? pages.subarray(page * PAGE, (page + 1) * PAGE),
      ),
    );
    await overwrite(file, damaged);

    for (const answers of [await retrieveAll(url, key), await retrieveAll(url, key)]) {
      expect(answers).toEqual(new Set(['503 The service is temporarily unavailable. Try again.']));
    }
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);

    await overwrite(file, pages);
    expect(await retrieveAll(url, key)).toEqual(new Set(['200']));
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    for await (const line of lines) {
      if (/"code":"SQLITE_(CORRUPT|NOTADB)","fault":"The database file is damaged\./.test(line)) break;
    }
    expect(server.exitCode).toBeNull();
  },
);

test('the error message of a command names the damaged file and says what to do', async (context) => {
  const location = await sqlite.create(context);
  await createAccountWith(location, []);
  const file = join(location.directory, 'customers.db');
  await overwrite(file, Buffer.alloc((await readFile(file)).length, 0xaa));

  expect(await runCommand(location, ['account', 'list'])).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/customers\.db is damaged\. Stop the server and restore/),
  });
});

/** Serves an SQLite file in a separate process, which has not read any customer yet. */
async function serveFile(context: Context) {
  const location = await sqlite.create(context);
  const { key } = await createAccountWith(
    location,
    IDS.map((id) => createCustomer(id)),
  );
  const serve = await startServeCommand(context, location, ['--log-level', 'info']);
  return { ...serve, key, file: join(location.directory, 'customers.db') };
}

/** Requests all customers, many of them concurrently, and returns the set of different answers. */
async function retrieveAll(url: string, key: string): Promise<Set<string>> {
  const answers = new Set<string>();
  for (let start = 0; start < IDS.length; start += 50) {
    await Promise.all(
      IDS.slice(start, start + 50).map(async (id) => {
        const response = await retrieve(url, key, `cus_${id}`);
        const { error } = (await response.json()) as { error?: { message: string } };
        answers.add(error ? `${response.status} ${error.message}` : String(response.status));
      }),
    );
  }
  return answers;
}

async function overwrite(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(bytes, 0, bytes.length, 0);
  await handle.close();
}

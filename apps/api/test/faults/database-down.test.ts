import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createLastUseRecorder } from '../../src/api-keys/authenticate.ts';
import { parseKeyId } from '../../src/api-keys/format.ts';
import type { Database } from '../../src/database/database.ts';
import { openForCommand, openForRequests } from '../../src/database/open.ts';
import { databases } from '../databases.ts';
import { retrieve, startSeededApi, startTestApi } from '../running-api.ts';

const documented = {
  error: { type: 'api_error', message: 'The service is temporarily unavailable. Try again.' },
};

describe.each(databases)('on $name', (kind) => {
  test('a database that cannot answer leads to the documented 503, and to 200 after it recovers', async (context) => {
    const api = await startSeededApi(context, kind);
    const database = openForCommand(api.location);
    context.onTestFinished(() => database.close());
    await database.query.schema.alterTable('api_keys').renameTo('elsewhere').execute();
    const response = await retrieve(api.url, api.key, 'cus_1234ABCD');

    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toEqual(documented);
    await database.query.schema.alterTable('elsewhere').renameTo('api_keys').execute();
    expect((await retrieve(api.url, api.key, 'cus_1234ABCD')).status).toBe(200);
  });
});

describe.each(databases.filter(({ name }) => name === 'PostgreSQL'))('$name', (kind) => {
  test('that is down leads to 503 and not ready; when it is back, to 200 and ready, without a restart', async (context) => {
    const { location, key } = await startSeededApi(context, kind);
    const proxy = await startProxy(context, new URL(location.url ?? ''));
    const api = await startTestApi(context, { database: { ...location, url: proxy.url } });
    expect((await retrieve(api.url, key, 'cus_1234ABCD')).status).toBe(200);

    proxy.cut();
    const down = await Promise.all(Array.from({ length: 20 }, () => retrieve(api.url, key, 'cus_1234ABCD')));
    expect(new Set(down.map(({ status }) => status))).toEqual(new Set([503]));
    expect(await down[0]?.json()).toEqual(documented);
    expect((await fetch(`${api.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);

    proxy.restore();
    expect((await retrieve(api.url, key, 'cus_1234ABCD')).status).toBe(200);
    expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
  });

  test('that does not answer in time leads to the documented 503, and to 200 after it recovers', async (context) => {
    const { url, key, location } = await startSeededApi(context, kind, { limits: { handlerMs: 300 } });
    const database = openForCommand(location);
    context.onTestFinished(() => database.close());
    const held = await database.query.transaction().execute(async (transaction) => {
      await sql`lock table customers in access exclusive mode`.execute(transaction);
      return retrieve(url, key, 'cus_1234ABCD');
    });

    expect(held.status).toBe(503);
    expect(await held.json()).toEqual(documented);
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
  });

  test('that is down while last uses are written: they are written when it is back', async (context) => {
    const { location, key } = await startSeededApi(context, kind);
    const proxy = await startProxy(context, new URL(location.url ?? ''));
    const database = openForRequests({ ...location, url: proxy.url });
    const locking = openForCommand(location);
    const other = openForCommand(location);
    for (const { close } of [database, locking, other]) context.onTestFinished(close);
    const lastUse = createLastUseRecorder(database);
    lastUse.record(parseKeyId(key) ?? '');

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
  'an integer in $name that a double cannot represent leads to a 503, never to another number',
  async (kind, context) => {
    const { url, key, location } = await startSeededApi(context, kind);
    const database = openForCommand(location);
    context.onTestFinished(() => database.close());
    // Constraints prevent such a number, so the test removes them.
    await allowAnyInteger(database);
    await sql`update customers set total_contract_value = 9007199254740993`.execute(database.query);
    const response = await retrieve(url, key, 'cus_1234ABCD');

    expect(response.status).toBe(503);
    expect(await response.json()).toEqual(documented);
  },
);

async function allowAnyInteger({ dialect, query }: Database): Promise<void> {
  if (dialect === 'sqlite') await sql`pragma ignore_check_constraints = on`.execute(query);
  else await sql`alter table customers drop constraint customers_total_contract_value_check`.execute(query);
}

/** Starts a TCP proxy to a database. `cut` closes all connections and rejects new ones, `restore` accepts them again. */
async function startProxy({ onTestFinished }: { onTestFinished(end: () => void): void }, target: URL) {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}));
    near.pipe(far).pipe(near);
    return near;
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const destroy = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  onTestFinished(() => {
    destroy();
    server.close();
  });
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  url.searchParams.set('application_name', randomUUID());
  return {
    url: url.href,
    cut() {
      isCut = true;
      destroy();
    },
    restore() {
      isCut = false;
    },
  };
}

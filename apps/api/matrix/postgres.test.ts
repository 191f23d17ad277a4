import { createServer } from 'node:net';
import { join } from 'node:path';
import { createTemporaryFolder, listenInTest } from '@firstofficer/common/testing';
import { sql } from 'kysely';
import { describe, expect, inject, test } from 'vitest';
import { toDatabaseError } from '../src/database/errors.ts';
import { migrate } from '../src/database/migrate.ts';
import type { DatabaseLocation } from '../src/database/open.ts';
import { openPostgres } from '../src/database/postgres.ts';
import { seed } from '../src/seed.ts';
import { type Context, createPostgresKind, sqlite } from '../test/databases.ts';
import { runSql } from '../test/postgres-server.ts';
import { startProxy } from '../test/proxy.ts';
import { runCommand } from '../test/run-command.ts';
import { openInTest, retrieve, startTestApi } from '../test/running-api.ts';

const postgres = createPostgresKind(inject('postgres'));
const CUSTOMER = 'cus_1234ABCD';

/** Creates a database with the example customers. Returns its URL and a key. */
async function setUp(context: Context) {
  const location = await postgres.create(context);
  const { key } = await seed(location, {});
  return { location, key, url: new URL(location.url ?? '') };
}

/** Opens one connection to the first of two servers. */
async function openWithTwoServers(context: Context, kind: string) {
  const { url } = await setUp(context);
  const [first, second] = [await startProxy(context, url), await startProxy(context, url)];
  const hosts = `127.0.0.1:${first.port},127.0.0.1:${second.port}`;
  const database = openPostgres(
    `postgresql://${url.username}:${url.password}@${hosts}${url.pathname}?target_session_attrs=${kind}`,
    { connections: 1, statementMs: 100 },
  );
  context.onTestFinished(() => database.close());
  return { database, first, second };
}

/** Starts a server with another URL of the database. */
async function serve(context: Context, location: DatabaseLocation, url: string) {
  return startTestApi(context, { database: { ...location, url } });
}

describe('DATABASE_URL', () => {
  test('may name the folder of a socket', async (context) => {
    const { location, key, url } = await setUp(context);
    const folder = await createTemporaryFolder(context);
    const proxy = await startProxy(context, url, join(folder, '.s.PGSQL.5432'));
    const credentials = `${url.username}:${url.password}`;
    for (const withSocket of [
      `postgresql://${credentials}@${encodeURIComponent(folder)}${url.pathname}`,
      `postgresql://${credentials}@${url.pathname}?host=${folder}`,
    ]) {
      const before = proxy.countAccepted();
      const api = await serve(context, location, withSocket);
      expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(200);
      expect(proxy.countAccepted()).toBeGreaterThan(before);
    }
  });

  test('may name several servers: the first that can be reached is used, and the next when it fails', async (context) => {
    const { location, key, url } = await setUp(context);
    const [first, second] = [await startProxy(context, url), await startProxy(context, url)];
    const api = await serve(
      context,
      location,
      `postgresql://${url.username}:${url.password}@127.0.0.1:1,127.0.0.1:${first.port},127.0.0.1:${second.port}${url.pathname}`,
    );
    const statuses = async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => retrieve(api.url, key, CUSTOMER)));
      return [...new Set(answers.map(({ status }) => status))];
    };
    expect(await statuses()).toEqual([200]);
    expect(second.countAccepted()).toBe(0);
    first.cut();
    expect(await statuses()).toEqual([200]);
    second.cut();
    expect(await statuses()).toEqual([503]);
    first.restore();
    expect(await statuses()).toEqual([200]);
  });

  test('requires the kind of session that target_session_attrs names', async (context) => {
    const { location, key, url } = await setUp(context);
    const urlFor = (kind: string) => {
      const changed = new URL(url);
      changed.search = `?options=-c%20default_transaction_read_only%3Don&target_session_attrs=${kind}`;
      return changed.href;
    };
    for (const kind of ['any', 'read-only', 'primary', 'prefer-standby']) {
      const api = await serve(context, location, urlFor(kind));
      expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(200);
    }
    for (const kind of ['read-write', 'standby']) {
      await expect(serve(context, location, urlFor(kind))).rejects.toMatchObject({
        fault: 'unavailable',
        message: expect.stringContaining(`accepts connections that are ${kind},`),
      });
    }
  });

  test.for(['read-write', 'any'])(
    'names another server, which is used if one becomes read-only: %s',
    async (kind, context) => {
      const { database, first, second } = await openWithTwoServers(context, kind);
      const write = () =>
        database.query
          .insertInto('accounts')
          .values({ name: 'Acme', created_at: 0 })
          .execute()
          .then(() => 'written', toDatabaseError);
      await sql`set default_transaction_read_only = on`.execute(database.query);
      expect(await write()).toMatchObject({ code: '25006', message: expect.stringContaining('only accepts reads') });
      expect(await write()).toBe('written');
      expect([first.countAccepted(), second.countAccepted()]).toEqual([1, 1]);
    },
  );

  test('names another server, which is used if a write is not answered', async (context) => {
    const { database, first, second } = await openWithTwoServers(context, 'any');
    const read = () => sql`select 1`.execute(database.query).then(() => 'read', toDatabaseError);
    expect(await read()).toBe('read');
    first.freeze();
    expect(await read()).toMatchObject({ code: 'timeout' });
    expect(await read()).toBe('read');
    expect([first.countAccepted(), second.countAccepted()]).toEqual([1, 1]);
  });

  test('names a server: an error message says whether it does not answer or closes the connection', async (context) => {
    const directory = await createTemporaryFolder(context);
    const silent = await listenInTest(context, createServer());
    const closing = await listenInTest(
      context,
      createServer((socket) => void socket.destroy()),
    );
    const open = (port: number) =>
      startTestApi(context, { database: { directory, url: `postgresql://127.0.0.1:${port}/shop?connect_timeout=1` } });
    await expect(open(silent.port)).rejects.toThrow('The database cannot answer (timeout).');
    await expect(open(closing.port)).rejects.toThrow('The database cannot answer (connection closed).');
  });

  test('is not printed if it is invalid', async (context) => {
    const location = { ...(await sqlite.create(context)), url: 'postgresql://ann:hunter2@db:port/shop' };
    const { code, stderr } = await runCommand(location, ['migrate']);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('A host or its port is invalid.') });
    expect(stderr).not.toMatch(/hunter2|ann/);
  });
});

test.for(['LATIN1', 'SQL_ASCII'])('a database with the encoding %s is rejected', async (encoding, context) => {
  const location = await postgres.create(context);
  const existing = location.url ?? '';
  const url = new URL(existing);
  const name = `${url.pathname.slice(1)}_${encoding}`.toLowerCase();
  await runSql(
    existing,
    `create database ${name} encoding '${encoding}' locale_provider libc locale 'C' template template0`,
  );
  context.onTestFinished(async () => void (await runSql(existing, `drop database ${name} with (force)`)));
  url.pathname = `/${name}`;

  await expect(serve(context, location, url.href)).rejects.toMatchObject({
    fault: 'setting',
    message: expect.stringContaining(`has the encoding ${encoding}, but the API needs UTF8. Create another one`),
  });
  expect(await runSql(url.href, "select * from pg_tables where schemaname = 'public'")).toEqual([]);
});

test('several processes can create the tables at once, also if transactions are serializable by default', async (context) => {
  const location = await postgres.create(context);
  const url = new URL(location.url ?? '');
  await runSql(url.href, `alter database ${url.pathname.slice(1)} set default_transaction_isolation = 'serializable'`);
  const ran = await Promise.all(Array.from({ length: 4 }, async () => migrate(openInTest(context, location))));
  expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
});

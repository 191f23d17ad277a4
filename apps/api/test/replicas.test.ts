import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { createKey, listKeys, revokeKey } from '../src/accounts.ts';
import { loadSecret } from '../src/api-keys/secret.ts';
import { getLocation } from '../src/commands/options.ts';
import { openForRequests } from '../src/database/open.ts';
import { sqlite } from './databases.ts';
import { runSql } from './postgres-server.ts';
import { MAX_LAG_MS, skipTime, startLoggingApi, startReplicatedApi, startStandbyPair } from './replicated-api.ts';
import { runCommand } from './run-command.ts';
import { createCustomer, importAll, openInTest, retrieve } from './running-api.ts';

const CUSTOMER = 'cus_1234ABCD';

describe('with a primary and a standby', () => {
  let server: Awaited<ReturnType<typeof startStandbyPair>>;
  beforeAll(async () => {
    server = await startStandbyPair();
    return () => server?.stop();
  });

  test('reads go to the standby, and to the primary while the standby cannot answer', async (context) => {
    const { api, key, primary, standby, waitFor } = await startReplicatedApi(context, server);
    await waitFor('replica in');
    primary.cut();
    expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(200);
    expect((await retrieve(api.url, key, 'unknown')).status).toBe(404);
    expect((await fetch(`${api.url}/readyz`)).status).toBe(200);

    standby.cut();
    expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(503);
    primary.restore();
    expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(200);
    expect(await waitFor('replica out')).not.toEqual(['lag']);
    standby.restore();
    await waitFor('replica in');
    primary.cut();
    expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(200);
  });

  test('after the maximum lag, the server refuses a key whose revocation the standby does not show', async (context) => {
    const { api, key, keyId, location, waitFor } = await startWithPausedStandby(context);
    await revokeKey(openInTest(context, location), keyId);
    expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(200);

    skipTime(MAX_LAG_MS);
    expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(401);
    await waitFor('replica out');
    await runSql(server?.standbyUrl ?? '', 'select pg_wal_replay_resume()');
    await waitFor('replica in');
    expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(401);
  });

  test('keys and customers that the standby does not show yet are found at once', async (context) => {
    const { api, accountId, location } = await startWithPausedStandby(context);
    const database = openInTest(context, location);
    const secret = await loadSecret(database, location.directory, {});
    const { key } = await createKey(database, secret, { accountId, label: 'new' });
    await importAll(location, accountId, [createCustomer(7)]);
    expect((await retrieve(api.url, key, 'cus_7')).status).toBe(200);
  });

  test('after the maximum lag, the server answers 503 if the primary is down', async (context) => {
    const { api, key, primary, waitFor } = await startReplicatedApi(context, server);
    await waitFor('replica in');
    primary.cut();
    skipTime(MAX_LAG_MS);
    expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(503);
    await waitFor('replica out');
    primary.restore();
    await waitFor('replica in');
    expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(200);
  });

  test('the server uses no replica that does not answer, or that belongs to another primary', async (context) => {
    const { location, key } = await startReplicatedApi(context, server);
    const readUrls = ['postgresql://127.0.0.1:1/none', server?.url ?? ''];
    const { api, waitFor } = await startLoggingApi(context, { database: { ...location, readUrls } });
    skipTime(MAX_LAG_MS);
    await waitFor('replica out', [1, 2]);
    expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(200);
  });

  /** Starts a server that reads from the standby, which receives no more changes. */
  async function startWithPausedStandby(context: TestContext) {
    const replicated = await startReplicatedApi(context, server);
    const [{ id: keyId = '' } = {}] = await listKeys(openInTest(context, replicated.location));
    await replicated.waitFor('replica in');
    const { standbyUrl = '' } = server ?? {};
    context.onTestFinished(async () => void (await runSql(standbyUrl, 'select pg_wal_replay_resume()')));
    await runSql(standbyUrl, 'select pg_wal_replay_pause()');
    return { ...replicated, keyId };
  }
});

test.for([
  ['is not a URL of PostgreSQL', 'http://user:hunter2@127.0.0.1/a'],
  ['names several servers', 'postgresql://user:hunter2@127.0.0.1:1,127.0.0.1:2/a'],
] as const)('DATABASE_READ_URLS is invalid if an entry %s', ([, entry]) => {
  const location = getLocation(
    { data: './data' },
    { DATABASE_URL: 'postgresql://127.0.0.1:1/a', DATABASE_READ_URLS: `postgresql://127.0.0.1:1/a, ${entry}` },
  );
  // The message does not contain the password.
  expect(() => openForRequests(location)).toThrow(/^DATABASE_READ_URLS is invalid(?!.*hunter2)/s);
});

test('DATABASE_READ_URLS may contain empty entries and commas in passwords', () => {
  const [first, second] = ['postgresql://ann:a,b@db1/a', 'postgresql://ann:a,b@db2/a'];
  const read = (urls: string) =>
    getLocation({ data: './data' }, { DATABASE_URL: first, DATABASE_READ_URLS: urls }).readUrls;
  expect(read(`,${first}, ${second} , `)).toEqual([first, second]);
  expect(read(' ')).toEqual([]);
});

test('DATABASE_READ_URLS without DATABASE_URL is wrong usage', async (context) => {
  const env = { DATABASE_READ_URLS: 'postgresql://127.0.0.1:1/a' };
  const { code, stderr } = await runCommand(await sqlite.create(context), ['serve'], { env });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('needs DATABASE_URL') });
});

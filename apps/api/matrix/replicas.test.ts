import { demandingCustomers } from '@firstofficer/contract';
import { expect, test } from 'vitest';
import { listKeys } from '../src/accounts.ts';
import { runSql } from '../test/postgres-server.ts';
import { MAX_LAG_MS, skipTime, startLoggingApi, startReplicatedApi, startStandbyPair } from '../test/replicated-api.ts';
import { runCommand, startServeCommand } from '../test/run-command.ts';
import { expectConforming, importAll, openInTest, retrieve } from '../test/running-api.ts';

const CUSTOMER = 'cus_1234ABCD';

test('after the primary crashed, the server uses the promoted standby for reads and writes', async (context) => {
  const server = await startStandbyPair();
  context.onTestFinished(() => server?.stop());
  const { key, location, url, standbyUrl } = await startReplicatedApi(context, server);
  const { host } = new URL(standbyUrl);
  const bothHosts = url.replace(/@([^/]+)/, `@$1,${host}`);
  const failover = { directory: location.directory, url: bothHosts, readUrls: [standbyUrl] };
  const { api, waitFor } = await startLoggingApi(context, { database: failover });
  await waitFor('replica in');
  await server?.crash('primary');
  expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(200);
  skipTime(MAX_LAG_MS);
  expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(503);

  await runSql(standbyUrl, 'select pg_promote()');
  await waitFor('replica in');
  expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(200);
  const [{ id = '' } = {}] = await listKeys(openInTest(context, failover));
  expect(await runCommand(failover, ['key', 'revoke', id])).toMatchObject({ code: 0 });
  await expect.poll(async () => (await retrieve(api.url, key, CUSTOMER)).status).toBe(401);
});

test('a standby that stops answering delays requests only until the next check', async (context) => {
  const server = await startStandbyPair();
  context.onTestFinished(() => server?.stop());
  const { api, key, primary, standby, waitFor } = await startReplicatedApi(context, server);
  await waitFor('replica in');
  standby.freeze();
  const delayed = retrieve(api.url, key, CUSTOMER);
  await waitFor('replica out');
  expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(200);
  expect((await delayed).status).toBe(200);
  // The standby is not asked.
  primary.cut();
  expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(503);
});

test('a server with workers and a replica passes all contract checks, and loses no request when the replica crashes', async (context) => {
  const server = await startStandbyPair();
  context.onTestFinished(() => server?.stop());
  const { key, accountId, url, standbyUrl, location } = await startReplicatedApi(context, server);
  await importAll(location, accountId, demandingCustomers);
  const replicated = { directory: location.directory, url, readUrls: [standbyUrl] };
  const serve = await startServeCommand(context, replicated, ['--workers', '2', '--max-replica-lag', '2']);
  const countReads = async () => {
    const [row] = await runSql(
      standbyUrl,
      'select sum(idx_tup_fetch) as reads from pg_stat_user_tables where relname = $$customers$$',
    );
    return Number(row?.reads);
  };
  await expect
    .poll(
      async () => {
        await retrieve(serve.url, key, CUSTOMER);
        return countReads();
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0);
  await expectConforming({ url: serve.url, key }, 20_261_127);

  const statuses: number[] = [];
  let isCrashed = false;
  const request = async () => {
    for (let left = 50; left > 0; ) {
      statuses.push((await retrieve(serve.url, key, CUSTOMER)).status);
      if (isCrashed) left -= 1;
    }
  };
  const requests = Promise.all([request(), request(), request()]);
  await server?.crash('standby');
  isCrashed = true;
  await requests;
  expect(new Set(statuses)).toEqual(new Set([200]));
});

import { expect, test } from 'vitest';
import { listKeys } from '../src/accounts.ts';
import { runSql } from '../test/postgres-server.ts';
import { MAX_LAG_MS, skipTime, startLoggingApi, startReplicatedApi, startStandbyPair } from '../test/replicated-api.ts';
import { runCommand } from '../test/run-command.ts';
import { openInTest, retrieve } from '../test/running-api.ts';

const CUSTOMER = 'cus_1234ABCD';

test('after the primary crashed, the server uses the promoted standby for reads and writes', async (context) => {
  const server = await startStandbyPair();
  context.onTestFinished(() => server?.stop());
  const { key, location, url, standbyUrl } = await startReplicatedApi(context, server);
  const { host } = new URL(standbyUrl);
  const bothHosts = `${url.replace(/@([^/]+)/, `@$1,${host}`)}?target_session_attrs=read-write`;
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

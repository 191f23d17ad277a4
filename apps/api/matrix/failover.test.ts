import { expect, test } from 'vitest';
import { listAccounts } from '../src/accounts.ts';
import { withDatabase } from '../src/database/open.ts';
import { seed } from '../src/seed.ts';
import { sqlite } from '../test/databases.ts';
import { runSql } from '../test/postgres-server.ts';
import { startStandbyPair } from '../test/replicated-api.ts';
import { runCommand } from '../test/run-command.ts';
import { retrieve, startTestApi } from '../test/running-api.ts';

test('when the primary fails and its standby is promoted, requests and commands continue on the standby', async (context) => {
  const server = await startStandbyPair();
  if (!server) return context.skip('the PostgreSQL binaries do not run on this machine');
  context.onTestFinished(() => server.stop());
  const standby = new URL(server.standbyUrl ?? '');
  // The standby is the first, so it is asked before the primary.
  const url = server.url.replace('@', `@${standby.host},`).concat('?target_session_attrs=read-write');
  const location = { ...(await sqlite.create(context)), url };
  const { key } = await seed(location, {});
  const api = await startTestApi(context, { database: location });
  const getStatuses = async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => retrieve(api.url, key, 'cus_1234ABCD')));
    return [...new Set(answers.map(({ status }) => status))];
  };
  expect(await getStatuses()).toEqual([200]);

  const [position] = await runSql(server.url, 'select pg_current_wal_lsn()::text as lsn');
  const isReplayed = `select pg_last_wal_replay_lsn() >= '${position?.lsn}' as is_replayed`;
  await expect.poll(() => runSql(standby.href, isReplayed), { timeout: 10_000 }).toEqual([{ is_replayed: true }]);
  await server.crash('primary');
  expect(await getStatuses()).toEqual([503]);
  expect((await runCommand(location, ['account', 'create', 'Acme'])).code).toBe(3);
  await runSql(standby.href, 'select pg_promote()');

  expect(await getStatuses()).toEqual([200]);
  expect(await runCommand(location, ['account', 'create', 'Acme'])).toMatchObject({ code: 0 });
  expect(await withDatabase(location, listAccounts)).toHaveLength(2);
});

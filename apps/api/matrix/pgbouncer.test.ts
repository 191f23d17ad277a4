import { demandingCustomers } from '@firstofficer/contract';
import { sql } from 'kysely';
import { describe, expect, inject, test } from 'vitest';
import { parseKeyId } from '../src/api-keys/format.ts';
import type { Database } from '../src/database/database.ts';
import type { DatabaseLocation } from '../src/database/open.ts';
import { seed } from '../src/seed.ts';
import { type Context, createPostgresKind } from '../test/databases.ts';
import { startPgBouncer } from '../test/pgbouncer.ts';
import { runSql } from '../test/postgres-server.ts';
import { runCommand } from '../test/run-command.ts';
import {
  createCustomer,
  expectConforming,
  importAll,
  openInTest,
  retrieve,
  startTestApi,
} from '../test/running-api.ts';

const postgres = createPostgresKind(inject('postgres'));

describe.each(['', '?pgbouncer=true'])(
  'through PgBouncer in transaction mode, with the parameters "%s"',
  (parameters) => {
    /** Creates a database and returns its location directly and through PgBouncer. */
    async function setUp(context: Context) {
      const direct = await postgres.create(context);
      return {
        direct,
        location: { ...direct, url: `${await startPgBouncer(context, direct.url ?? '')}${parameters}` },
      };
    }

    test('the server passes the contract tests', async (context) => {
      const { location } = await setUp(context);
      const { key, accountId } = await seed(location, {});
      await importAll(location, accountId, demandingCustomers);
      const { url } = await startTestApi(context, { database: location });
      await expectConforming({ url, key }, 20_261_126);
    });

    test('six processes create the tables at once, and again', async (context) => {
      const { location } = await setUp(context);
      const migrateAll = async () => {
        const results = await Promise.all(Array.from({ length: 6 }, () => runCommand(location, ['migrate'])));
        expect(results.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(6).fill({ code: 0, stderr: '' }));
        return results.filter(({ stdout }) => stdout.startsWith('Done:')).length;
      };
      expect(await migrateAll()).toBe(1);
      expect(await migrateAll()).toBe(0);
    });

    test('the commands manage keys, and import many customers, also two imports at once', async (context) => {
      const { location } = await setUp(context);
      const { accountId } = await seed(location, {});
      const run = (args: readonly string[], input = '') => runCommand(location, args, { input });
      const created = await run(['key', 'create', '--account', String(accountId)]);
      const key = created.stdout.trim();
      const { url } = await startTestApi(context, { database: location });
      const ids = Array.from({ length: 20_000 }, (_, index) => index + 1);
      const importWith = (order: readonly number[], current_mrr: number) =>
        run(
          ['import', '-', '--account', String(accountId)],
          order.map((id) => JSON.stringify(createCustomer(id, { current_mrr }))).join('\n'),
        );

      expect(await importWith(ids, 1)).toMatchObject({ code: 0, stdout: 'Imported 20000, rejected 0.\n' });
      const both = await Promise.all([importWith(ids, 2), importWith(ids.toReversed(), 3)]);
      expect(both.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(2).fill({ code: 0, stderr: '' }));
      const values = await Promise.all(
        [1, 10_000, 20_000].map(async (id) => {
          const { current_mrr } = (await (await retrieve(url, key, `cus_${id}`)).json()) as { current_mrr: number };
          return current_mrr;
        }),
      );
      expect([2, 3]).toContain(values[0]);
      expect(new Set(values).size).toBe(1);

      const id = /\S+(?= for account)/.exec(created.stderr)?.[0] ?? '';
      expect((await run(['key', 'revoke', id])).code).toBe(0);
      expect((await retrieve(url, key, 'cus_1')).status).toBe(401);
    });

    test('the commands list, export and delete customers, and rotate the secret', async (context) => {
      const { location } = await setUp(context);
      const { accountId, key } = await seed(location, {});
      const run = async (command: string) => {
        const { code, stdout, stderr } = await runCommand(location, command.split(' '));
        expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
        return stdout;
      };
      const account = `--account ${accountId}`;
      expect((await run(`customer list ${account} --json`)).split('\n')).toHaveLength(5);
      expect(await run(`customer export ${account} --format csv`)).toContain('jane+billing@example.com');
      expect(await run(`customer delete cus_1234ABCD ${account} --yes`)).toContain('deleted customers');
      await run('secret rotate');
      expect(await run('secret status')).toMatch(/^previous +\S+ +1 /m);
      await run(`key update ${parseKeyId(key)} --limit 5 --expires 1d`);
      expect(await run('audit list')).toMatch(/customer delete.*secret rotate.*key update/s);
      const { url } = await startTestApi(context, { database: location });
      const statuses: number[] = [];
      for (let count = 0; count < 6; count += 1) statuses.push((await retrieve(url, key, 'cus_1234ABCD')).status);
      expect(statuses).toEqual([404, 404, 404, 404, 404, 429]);
    });

    test('the user of the database limits the time of statements, so that they cannot use up all connections', async (context) => {
      const { direct, location } = await setUp(context);
      const database = openInTest(context, direct);
      // As docs/postgres.md describes it, but only for the database of this test. It applies to new connections.
      const name = new URL(direct.url ?? '').pathname.slice(1);
      await sql`alter database ${sql.ref(name)} set statement_timeout = '1s'`.execute(database.query);
      // Another test may use the database.
      context.onTestFinished(async () => void (await runSql(direct.url ?? '', `alter database ${name} reset all`)));
      await expectOthersToRun(context, location, database);
    });

    test('without such a limit, the API closes the connections of statements that hang, and other statements run', async (context) => {
      const { direct, location } = await setUp(context);
      await expectOthersToRun(context, location, openInTest(context, direct));
    });
  },
);

/** Lets the statements of several requests wait for a lock, and expects that others run as soon as the requests failed. */
async function expectOthersToRun(context: Context, location: DatabaseLocation, { query }: Database): Promise<void> {
  const { key } = await seed(location, {});
  const { url } = await startTestApi(context, { database: location });
  await query.transaction().execute(async (transaction) => {
    await sql`lock table customers in access exclusive mode`.execute(transaction);
    const answers = await Promise.all(Array.from({ length: 4 }, () => retrieve(url, key, 'cus_1234ABCD')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });
  expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
}

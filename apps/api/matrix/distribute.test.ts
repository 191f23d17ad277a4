import { demandingCustomers } from '@firstofficer/contract';
import type { Compilable } from 'kysely';
import { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { createCustomerFinder } from '../src/customers/find.ts';
import type { Database } from '../src/database/database.ts';
import { recompute } from '../src/stripe/figures/recompute.ts';
import { toRows } from '../src/stripe/objects.ts';
import { createStripeStore } from '../src/stripe/store/store.ts';
import { runSql } from '../test/postgres-server.ts';
import { startProxy } from '../test/proxy.ts';
import { runCommand, startServeCommand } from '../test/run-command.ts';
import {
  createAccountWith,
  createCustomer,
  expectConforming,
  importAll,
  openInTest,
  retrieve,
  startSeededApi,
  startTestApi,
} from '../test/running-api.ts';
import { createCharge, createStripeCustomer, FETCHED } from '../test/stripe/objects.ts';
import {
  createDatabases,
  createDistributedKind,
  distribute,
  type Servers,
  startServers,
} from './distributed-database.ts';

let servers: Servers | undefined;
beforeAll(async () => {
  servers = await startServers();
  return async () => {
    for (const server of [servers?.coordinator, ...(servers?.shards ?? [])]) await server?.stop();
  };
});
const distributed = createDistributedKind(() => servers);

test('the script moves existing customers to the shards, and each account is on one shard', async (context) => {
  const location = await createDatabases(context, servers);
  const customers = [createCustomer(1), createCustomer(2)];
  const accounts = [];
  for (let count = 0; count < 6; count += 1) accounts.push(await createAccountWith(location, customers));
  await distribute(location);

  const onShards = await Promise.all(
    location.shards.map((shard) => runSql(shard, 'select account_id, count(*) from customers group by 1')),
  );
  expect(onShards.flat()).toHaveLength(accounts.length);
  for (const rows of onShards) expect(rows.length).toBeGreaterThan(0);
  const { url } = await startTestApi(context, { database: location });
  for (const { key } of accounts) expect((await retrieve(url, key, 'cus_2')).status).toBe(200);
  // As a later migration does: first on the shards, then on the coordinator.
  for (const database of [...location.shards, location.url]) {
    await runSql(database, 'alter table customers add column later bigint not null default 7');
  }
  expect(await runSql(location.url, 'select distinct later from customers')).toEqual([{ later: '7' }]);
});

test('the server passes all contract checks', async (context) => {
  const api = await startSeededApi(context, distributed);
  await importAll(api.location, api.accountId, demandingCustomers);
  await expectConforming(api, 20_261_126);
});

test('all commands work', async (context) => {
  const location = await distributed.create(context);
  const run = async (args: string, input = '') => {
    const { code, stdout, stderr } = await runCommand(location, args.split(' '), { input });
    expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: expect.not.stringContaining('firstofficer-api:') });
    return stdout.trim();
  };
  const ndjson = (...customers: readonly object[]) => customers.map((one) => JSON.stringify(one)).join('\n');
  expect(await run('migrate')).toBe('Nothing to do.');
  const account = await run('account create Acme');
  expect(await run('account list')).toContain('Acme');
  const key = await run(`key create --account ${account} --label ci`);
  const id = /^(\S+) .*ci$/m.exec(await run('key list'))?.[1] ?? '';
  const first = ndjson(...Array.from({ length: 1_200 }, (_, index) => createCustomer(index + 1)));
  expect(await run(`import - --account ${account}`, first)).toBe('Imported 1200, rejected 0.');
  const second = ndjson(
    createCustomer(1, { stripe_id: 'cus_2' }),
    createCustomer(2, { stripe_id: 'cus_1' }),
    createCustomer(3_000),
  );
  expect(await run(`import - --account ${account}`, second)).toBe('Imported 3, rejected 0.');

  const { url } = await startServeCommand(context, location);
  expect(await (await retrieve(url, key, 'cus_1')).json()).toMatchObject({ id: 2 });
  expect(await (await retrieve(url, key, 'cus_2')).json()).toMatchObject({ id: 1 });
  expect(await (await retrieve(url, key, '1200@customers.example')).json()).toMatchObject({ id: 1_200 });
  expect(await (await retrieve(url, await run('seed'), 'cus_1234ABCD')).status).toBe(200);
  expect((await run(`customer list --account ${account} --after 1199 --json`)).split('\n')).toHaveLength(2);
  expect(await run(`customer show cus_2 --account ${account}`)).toContain('1@customers.example');
  const exported = await run(`customer export --account ${account}`);
  expect(exported.split('\n')).toHaveLength(1_201);
  expect(await run(`import - --account ${account}`, exported)).toBe('Imported 1201, rejected 0.');
  await run(`customer delete 2@customers.example --account ${account} --yes`);
  expect((await retrieve(url, key, 'cus_1')).status).toBe(404);
  await run(`import - --account ${account} --prune`, ndjson(createCustomer(5)));
  expect(await run(`customer list --account ${account} --json`)).toContain('"id":5,');
  expect(await run(`key revoke ${id}`)).toBe('Revoked.');
  expect((await retrieve(url, key, 'cus_1')).status).toBe(401);
  expect(await run('audit list')).toContain('key revoke');
});

test('customers from Stripe are added, changed and deleted on the shards', async (context) => {
  const location = await distributed.create(context);
  const { accountId, key } = await createAccountWith(location, [createCustomer(7, { stripe_id: 'cus_1' })]);
  await createAccountWith(location, [createCustomer(9, { stripe_id: 'cus_1' })]);
  const database = openInTest(context, location);
  const scope = { accountId, livemode: true };
  const write = async (charge: object) => {
    const objects = [createStripeCustomer('cus_1'), createStripeCustomer('cus_2'), charge];
    await createStripeStore(database).writePage(
      scope,
      objects.flatMap((object) => toRows(object, FETCHED)),
    );
    expect(await recompute(database, { scope, now: FETCHED, limit: 9 })).toMatchObject({ failed: 0 });
  };
  await write(createCharge('in_1', 'cus_2'));
  await write(createCharge('in_2', 'cus_2'));
  const { url } = await startTestApi(context, { database: location });
  expect(await (await retrieve(url, key, 'cus_1')).json()).toMatchObject({ id: 7, total_contract_value: 0 });
  expect(await (await retrieve(url, key, 'cus_2')).json()).toMatchObject({ id: 8, total_contract_value: 20_000 });
  await runCommand(location, ['customer', 'delete', 'cus_2', '--account', String(accountId), '--yes']);
  expect((await retrieve(url, key, 'cus_2')).status).toBe(404);
  await write(createCharge('in_3', 'cus_2'));
  expect((await retrieve(url, key, 'cus_2')).status).toBe(404);
});

test('imports of the same account run one after another', async (context) => {
  const location = await distributed.create(context);
  const { accountId, key } = await createAccountWith(location, []);
  const createLines = (mrr: number) =>
    Array.from({ length: 200 }, (_, index) => JSON.stringify(createCustomer(index + 1, { current_mrr: mrr })));
  const results = await Promise.all(
    [1, 2, 3].map((mrr) => {
      const lines = mrr === 2 ? createLines(mrr).reverse() : createLines(mrr);
      return runCommand(location, ['import', '-', '--account', String(accountId)], { input: lines.join('\n') });
    }),
  );
  expect(results.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(3).fill({ code: 0, stderr: '' }));
  const { url } = await startTestApi(context, { database: location });
  const values = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const customer = (await (await retrieve(url, key, `cus_${index + 1}`)).json()) as { current_mrr: number };
      return customer.current_mrr;
    }),
  );
  expect(new Set(values).size).toBe(1);
});

describe('a request', () => {
  test.for(['force_custom_plan', 'force_generic_plan'])(
    'reads only one customer from a shard (%s)',
    async (mode, context) => {
      const location = await distributed.create(context);
      const { accountId } = await createAccountWith(location, [createCustomer(1)]);
      const { text, names } = compileQuery(openInTest(context, location));
      const client = new Client({ connectionString: location.url });
      await client.connect();
      context.onTestFinished(() => client.end());
      const values = { account: accountId, identifier: "'1@customers.example'", number: 1 };
      await client.query(`set plan_cache_mode = ${mode}`);
      await client.query(`prepare find as ${text}`);
      const parameters = names.map((name) => (typeof name === 'number' ? name : values[name as keyof typeof values]));
      const { rows } = await client.query(`explain (verbose) execute find (${parameters.join(', ')})`);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');

      const remote = plan.match(/Remote SQL: .*/g) ?? [];
      expect(remote).toHaveLength(5);
      for (const statement of remote) expect(statement).toMatch(/account_id = .* AND .*(id|md5\(\w+\)) = /);
      expect(plan).not.toContain('Filter:');
    },
  );

  test('takes 8 round trips to a shard by Stripe ID, 11 by FirstOfficer ID, and 14 by email address', async (context) => {
    const location = await createDatabases(context, servers);
    const proxies = await Promise.all(location.shards.map((shard) => startProxy(context, new URL(shard))));
    await distribute({ ...location, shards: proxies.map(({ url }) => url) });
    const { key } = await createAccountWith(location, [createCustomer(1)]);
    const { url } = await startTestApi(context, { database: location });
    const count = () => proxies.reduce((sum, proxy) => sum + proxy.countRoundTrips(), 0);
    const roundTrips: Record<string, number> = {};
    // The first request also connects to the shard.
    for (const identifier of ['cus_1', 'cus_1', '1', '1@customers.example', 'unknown']) {
      const before = count();
      await retrieve(url, key, identifier);
      roundTrips[identifier] = count() - before;
    }
    expect(roundTrips).toEqual({ cus_1: 8, '1': 11, '1@customers.example': 14, unknown: 14 });
  });

  /** Returns the SQL that finds a customer, and the names of its parameters. */
  function compileQuery(database: Database) {
    const compiled: ReturnType<Compilable['compile']>[] = [];
    createCustomerFinder({
      ...database,
      prepare(query) {
        compiled.push(query.compile());
        return () => [];
      },
    });
    const { sql: text = '', parameters = [] } = compiled[0] ?? {};
    return { text, names: parameters.map((one) => (typeof one === 'number' ? one : (one as { name: string }).name)) };
  }
});

test('while a shard is down, only requests for its accounts are answered by 503', async (context) => {
  const own = await startServers();
  context.onTestFinished(async () => {
    for (const server of [own?.coordinator, ...(own?.shards ?? [])]) await server?.stop();
  });
  const location = await createDistributedKind(() => own).create(context);
  const keys: string[] = [];
  for (let count = 0; count < 6; count += 1) {
    keys.push((await createAccountWith(location, [createCustomer(1)])).key);
  }
  const { url } = await startTestApi(context, { database: location });
  const requestAll = () => Promise.all(keys.map(async (key) => (await retrieve(url, key, 'cus_1')).status));
  expect(new Set(await requestAll())).toEqual(new Set([200]));
  await own?.shards[0]?.stop();
  expect(new Set(await requestAll())).toEqual(new Set([200, 503]));
});

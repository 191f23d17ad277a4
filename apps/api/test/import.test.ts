import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import { createAccount, createKey, revokeKey } from '../src/accounts.ts';
import { loadSecret } from '../src/api-keys/secret.ts';
import { type DatabaseLocation, withDatabase } from '../src/database/open.ts';
import type { ImportOptions } from '../src/import/import-customers.ts';
import { type Context, databases } from './databases.ts';
import { createCustomer, importSome, retrieve, startSeededApi } from './running-api.ts';

describe.each(databases)('an import into $name', (kind) => {
  const invalid: readonly (readonly [string, unknown, string])[] = [
    ['a number with a fraction', createCustomer(9, { current_mrr: 2.5 }), 'current_mrr must be integer'],
    [
      'an amount beyond 2^53−1',
      createCustomer(9, { total_contract_value: 2 ** 53 }),
      'total_contract_value must be <=',
    ],
    ['a missing property', createCustomer(9, { currency: undefined }), 'currency is missing'],
    ['an unknown property', createCustomer(9, { Currency: 'usd' }), 'has an unknown property "Currency"'],
    ['a currency in upper case', createCustomer(9, { currency: 'USD' }), 'currency must match pattern'],
    [
      'an identifier that is too long for a request',
      createCustomer(9, { extra_id: 'x'.repeat(1025) }),
      'extra_id must NOT have more',
    ],
    ['an identifier with NUL', createCustomer(9, { email: 'a\0b' }), 'email must be valid Unicode without NUL'],
    ['an unpaired surrogate', createCustomer(9, { extra_id: '\ud800' }), 'extra_id must be valid Unicode without NUL'],
    [
      'a customer without subscriptions that has MRR',
      createCustomer(9, { current_subscription_count: 0 }),
      'current_mrr must be 0',
    ],
    ['the ID of an earlier line', createCustomer(1, { stripe_id: 'cus_other' }), 'is the same as on an earlier line'],
    [
      'the Stripe ID of an earlier line',
      createCustomer(9, { stripe_id: 'cus_1' }),
      'is the same as on an earlier line',
    ],
    [
      'the Stripe ID of another customer',
      createCustomer(9, { stripe_id: 'cus_1234ABCD' }),
      'belongs to another customer',
    ],
    ['a value that is not an object', [], 'is not a JSON object'],
  ];

  test('rejects invalid customers with their line and property, and either imports nothing or skips them', async (context) => {
    const { url, key, location, accountId } = await startSeededApi(context, kind);
    const importWith = (source: unknown, onError: 'stop' | 'skip') =>
      importSome(location, [createCustomer(1), source, createCustomer(3)], { accountId, onError });
    for (const [name, source, reason] of invalid) {
      const stopped = await importWith(source, 'stop');
      expect(stopped, name).toEqual({ imported: 0, rejected: [expect.stringMatching(/^2: /)] });
      expect(stopped.rejected[0], name).toContain(reason);
      expect((await retrieve(url, key, 'cus_3')).status, name).toBe(404);
    }
    for (const [name, source] of invalid) {
      const skipped = await importWith(source, 'skip');
      expect(skipped, name).toMatchObject({ imported: 2, rejected: [expect.stringMatching(/^2: /)] });
    }
    expect((await retrieve(url, key, 'cus_3')).status).toBe(200);
  });

  /** Imports customers into a new account. Returns its ID. */
  async function importInto(location: DatabaseLocation, account: string, customers: readonly unknown[]) {
    const accountId = await withDatabase(location, (database) => createAccount(database, account));
    await importSome(location, customers, { accountId, onError: 'stop' });
    return accountId;
  }

  async function setUp(context: Context, customers: readonly unknown[]) {
    const location = await kind.create(context);
    const accountId = await importInto(location, 'Acme', customers);
    const importCustomers = (list: readonly unknown[], options: Partial<ImportOptions> = {}) =>
      importSome(location, list, { accountId, onError: 'stop', ...options });
    const readAll = () =>
      withDatabase(location, ({ query }) =>
        query
          .selectFrom('customers')
          .select(['id', 'stripe_id', 'email', 'extra_id'])
          .where('account_id', '=', accountId)
          .orderBy('id')
          .execute(),
      );
    const readStripeIds = async () => (await readAll()).map(({ stripe_id }) => stripe_id);
    return { location, accountId, importCustomers, readAll, readStripeIds };
  }
  const withStripeIds = (...ids: readonly string[]) =>
    ids.map((stripe_id, index) => createCustomer(index + 1, { stripe_id }));

  test.for<[string, string[]]>([
    ['exchanged', ['b', 'a', 'c', 'd']],
    ['moved in a circle', ['b', 'c', 'd', 'a']],
    ['moved in a chain', ['b', 'c', 'd', 'new']],
    ['moved in a chain against the order of the lines', ['new', 'a', 'b', 'c']],
  ])('Stripe IDs can be %s', async ([, moved], context) => {
    const { importCustomers, readStripeIds } = await setUp(context, withStripeIds('a', 'b', 'c', 'd'));
    expect(await importCustomers(withStripeIds(...moved))).toEqual({ imported: 4, rejected: [] });
    expect(await readStripeIds()).toEqual(moved);
  });

  test('a line whose Stripe ID belongs to a customer that keeps it is rejected, and all lines that depend on it', async (context) => {
    const { importCustomers, readStripeIds } = await setUp(context, withStripeIds('a', 'b', 'c', 'd', 'e'));
    // The second line takes the Stripe ID of customer 5. Then customer 2 keeps b, and customer 1 keeps a.
    const moved = withStripeIds('b', 'e', 'd', 'c');
    const reason = 'stripe_id belongs to another customer of the account';
    expect(await importCustomers(moved)).toEqual({ imported: 0, rejected: [`2: ${reason}`] });
    expect(await readStripeIds()).toEqual(['a', 'b', 'c', 'd', 'e']);

    const skipped = await importCustomers(moved, { onError: 'skip' });
    expect(skipped).toEqual({ imported: 2, rejected: [`2: ${reason}`, `1: ${reason}`] });
    expect(await readStripeIds()).toEqual(['a', 'b', 'd', 'c', 'e']);
  });

  test('properties that a line omits keep their values, and null removes them', async (context) => {
    const { importCustomers, readAll } = await setUp(
      context,
      [1, 2, 3].map((id) => createCustomer(id, { extra_id: 'x' })),
    );
    const { email: _, ...withoutEmail } = createCustomer(1, { extra_id: null });
    const { extra_id: __, ...withoutExtraId } = createCustomer(2, { stripe_id: 'cus_new', email: null });
    const { email: ___, ...added } = createCustomer(4);
    const { imported } = await importCustomers([withoutEmail, withoutExtraId, added]);

    expect(imported).toBe(3);
    expect(await readAll()).toEqual([
      { id: 1, stripe_id: 'cus_1', email: '1@customers.example', extra_id: null },
      { id: 2, stripe_id: 'cus_new', email: null, extra_id: 'x' },
      { id: 3, stripe_id: 'cus_3', email: '3@customers.example', extra_id: 'x' },
      { id: 4, stripe_id: 'cus_4', email: null, extra_id: null },
    ]);
  });

  test('customers that the records do not contain are deleted with `prune`, and their Stripe IDs are free', async (context) => {
    const { importCustomers, readStripeIds, location } = await setUp(context, withStripeIds('a', 'b', 'c'));
    await importInto(location, 'Other', [createCustomer(9)]);
    const pruned = await importCustomers([createCustomer(1, { stripe_id: 'c' }), createCustomer(5)], { prune: true });

    expect(pruned).toEqual({ imported: 2, rejected: [] });
    expect(await readStripeIds()).toEqual(['c', 'cus_5']);
    const { rows } = await withDatabase(location, ({ query }) =>
      sql`select id from customers where id = 9`.execute(query),
    );
    expect(rows).toHaveLength(1);
  });

  test('`prune` deletes nothing if a line is invalid, or if there are no records', async (context) => {
    const { importCustomers, readStripeIds } = await setUp(context, withStripeIds('a', 'b'));
    const invalid = await importCustomers([createCustomer(1), []], { prune: true, onError: 'skip' });
    expect(invalid).toEqual({ imported: 0, rejected: ['2: is not a JSON object'] });
    await expect(importCustomers([], { prune: true })).rejects.toThrow('Check the file, or pass --allow-empty');
    expect(await readStripeIds()).toEqual(['a', 'b']);

    await importCustomers([], { prune: true, allowEmpty: true });
    expect(await readStripeIds()).toEqual([]);
  });

  test('more customers than the threshold for loops are exchanged, added, pruned and completed', async (context) => {
    const { importCustomers, readAll } = await setUp(context, []);
    const ids = Array.from({ length: 1_200 }, (_, index) => index + 1);
    await importCustomers(ids.map((id) => createCustomer(id)));
    const moved = ids.map((id) => {
      const { email: _, ...customer } = createCustomer(id + 100, { stripe_id: `cus_${((id + 150) % 1_200) + 101}` });
      return customer;
    });
    expect(await importCustomers(moved, { prune: true })).toEqual({ imported: 1_200, rejected: [] });
    const expected = moved.map(({ id, stripe_id, extra_id }) => {
      return { id, stripe_id, extra_id, email: Number(id) > 1_200 ? null : `${id}@customers.example` };
    });
    expect(await readAll()).toEqual(expected);
  });

  test('a process that changes the customers for too long is named as the reason', async (context) => {
    const { location, accountId, importCustomers } = await setUp(context, []);
    await withLockedAccount(location, accountId, async () => {
      const importing = importCustomers([createCustomer(1)], { waitMs: 10 });
      await expect(importing).rejects.toMatchObject({
        fault: 'locked',
        message: expect.stringContaining('Run the import again when it has finished.'),
      });
    });
    expect(await importCustomers([createCustomer(1)])).toEqual({ imported: 1, rejected: [] });
  });
});

test('on PostgreSQL, an import does not wait for one into another account, and keys can be created and revoked', async (context) => {
  const postgres = databases.find(({ name }) => name === 'PostgreSQL') ?? expect.fail();
  const location = await postgres.create(context);
  await withDatabase(location, async (database) => {
    const [first, second] = [await createAccount(database, 'Acme'), await createAccount(database, 'Other')];
    await withLockedAccount(location, first, async () => {
      const options = { accountId: second, onError: 'stop', waitMs: 1 } as const;
      expect(await importSome(location, [createCustomer(1)], options)).toEqual({ imported: 1, rejected: [] });
      const { id } = await createKey(database, await loadSecret(database, location.directory, {}), {
        accountId: first,
        label: 'test',
      });
      await revokeKey(database, id);
    });
  });
});

/** Holds the lock of an import of an account while the action runs. */
async function withLockedAccount({ url, directory }: DatabaseLocation, accountId: number, action: () => Promise<void>) {
  if (url === undefined) {
    const sqlite = new Sqlite(join(directory, 'customers.db'));
    sqlite.exec('begin immediate');
    await action().finally(() => sqlite.close());
    return;
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('begin');
  await client.query('select id from accounts where id = $1 for no key update', [accountId]);
  await action().finally(() => client.end());
}

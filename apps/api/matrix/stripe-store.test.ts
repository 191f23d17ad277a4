import { readdir, readFile } from 'node:fs/promises';
import { computeSnapshot, createCustomerData, readObject } from '@firstofficer/metrics';
import { describe, expect, test } from 'vitest';
import { createAccount, updateAccountSettings } from '../src/accounts.ts';
import { eraseCustomers } from '../src/customers/erase.ts';
import { checkErasure, isErased } from '../src/customers/erasure-receipt.ts';
import { listCustomers } from '../src/customers/records.ts';
import type { Database } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import { recompute } from '../src/stripe/figures/recompute.ts';
import { toDeletedRow, toRows } from '../src/stripe/objects.ts';
import { readStatus } from '../src/stripe/store/status.ts';
import { createStripeStore, MAX_HINT_ATTEMPTS } from '../src/stripe/store/store.ts';
import { type Context, type DatabaseKind, databases } from '../test/databases.ts';
import { createCustomer, importSome, openInTest } from '../test/running-api.ts';
import {
  createCharge,
  createInvoice,
  createPayment,
  createPrice,
  createRefund,
  createStripeCustomer,
  FEBRUARY,
  FETCHED,
  JANUARY,
} from '../test/stripe/objects.ts';

const secretText = 'a secret of 32 characters or more';

async function setUp(context: Context, kind: DatabaseKind, livemode = true) {
  const location = await kind.create(context);
  const database = openInTest(context, location);
  await migrate(database);
  const accountId = await createAccount(database, 'Acme');
  const scope = { accountId, livemode };
  const store = createStripeStore(database);
  return {
    location,
    database,
    accountId,
    scope,
    store,
    /** Stores objects as if one page contained them. */
    write: (objects: readonly unknown[], fetched = FETCHED) =>
      store.writePage(
        scope,
        objects.flatMap((object) => toRows(object, fetched)),
      ),
    compute: (now = FETCHED) => recompute(database, { scope, now, limit: 1_000 }),
    list: () => listCustomers(database.query, { accountId, after: 0, limit: 100 }),
    readWaiting: () => listWaiting(database, accountId),
  };
}

/** Returns the customers that must be computed. */
async function listWaiting({ query }: Database, accountId: number): Promise<string[]> {
  const rows = await query
    .selectFrom('stripe_customers')
    .select('stripe_id')
    .where('account_id', '=', accountId)
    .where('dirty', '>', 0)
    .orderBy('stripe_id')
    .execute();
  return rows.map(({ stripe_id }) => stripe_id);
}

const countObjects = async ({ query }: Database) =>
  (await query.selectFrom('stripe_objects').select('id').execute()).length;

describe.each(databases)('objects of Stripe, on $name', (kind) => {
  test('become customers with figures, IDs in the order of creation, and the first payment first', async (context) => {
    const { write, compute, list } = await setUp(context, kind);
    // In an order in which everything arrives before what it belongs to.
    await write([createRefund('in_1'), createCharge('in_1', 'cus_b'), createInvoice('in_1', 'cus_b'), createPrice()]);
    await write([
      createStripeCustomer('cus_a', { created: JANUARY + 1, email: 'a@example.com' }),
      createStripeCustomer('cus_b'),
      createStripeCustomer('cus_c', { created: JANUARY + 1 }),
    ]);
    expect(await compute()).toEqual({ computed: 3, failed: 0 });
    const zero = { total_contract_value: 0, current_mrr: 0, current_subscription_count: 0 };
    expect(await list()).toMatchObject([
      { id: 1, stripe_id: 'cus_b', total_contract_value: 9_000, current_mrr: 9_000, current_subscription_count: 1 },
      { id: 2, stripe_id: 'cus_a', ...zero, email: 'a@example.com', currency: 'usd' },
      { id: 3, stripe_id: 'cus_c', ...zero, email: null },
    ]);
  });

  test('that are equal or older change nothing, in any order', async (context) => {
    const { write, compute, list, readWaiting, database } = await setUp(context, kind);
    const objects = [
      createPrice(),
      createStripeCustomer('cus_1'),
      createInvoice('in_1', 'cus_1'),
      createCharge('in_1', 'cus_1'),
    ];
    expect(await write(objects)).toEqual({ changed: 5, ignored: 0 });
    await compute();
    expect(await write([...objects, ...objects].toReversed(), FETCHED + 1)).toEqual({ changed: 0, ignored: 0 });
    const newer = createCharge('in_1', 'cus_1', { amount: 7, amount_captured: 7 });
    expect(await write([newer, createStripeCustomer('cus_1')], FETCHED + 10)).toEqual({ changed: 1, ignored: 0 });
    expect(await readWaiting()).toEqual(['cus_1']);
    expect(await write(objects, FETCHED + 9)).toEqual({ changed: 0, ignored: 0 });
    await compute();
    expect(await list()).toMatchObject([{ id: 1, total_contract_value: 7 }]);
    expect(await countObjects(database)).toBe(5);
  });

  test('find their customer through what they follow, whichever arrives first', async (context) => {
    const { write, compute, list, database } = await setUp(context, kind);
    const objects = [
      createRefund('in_1', { customer: null }),
      createCharge('in_1', null),
      createInvoice('in_1', 'cus_1'),
      createPrice(),
      createStripeCustomer('cus_1'),
    ];
    const figures: unknown[] = [];
    for (let start = 0; start < objects.length; start++) {
      for (const object of [...objects.slice(start), ...objects.slice(0, start)]) await write([object]);
      await compute();
      figures.push(...(await list()).map(({ total_contract_value }) => total_contract_value));
      await database.query.deleteFrom('stripe_objects').execute();
    }
    expect(figures).toEqual(objects.map(() => 9_000));
    // A charge that belongs to nobody is kept, because its invoice may arrive later.
    expect(await write([createCharge('in_2', null)])).toEqual({ changed: 1, ignored: 0 });
    await write([createInvoice('in_2', 'cus_1')]);
    await write([createPayment('in_3'), createInvoice('in_3', 'cus_1', { payments: undefined })]);
    const rows = await database.query.selectFrom('stripe_objects').select(['id', 'customer']).execute();
    expect(rows.filter(({ customer }) => customer !== 'cus_1')).toEqual([]);
  });

  test('are computed again when time passes, at the end of a period and of its grace', async (context) => {
    const { write, compute, list } = await setUp(context, kind);
    await write([createPrice(), createStripeCustomer('cus_1'), createInvoice('in_1', 'cus_1')]);
    await compute();
    expect(await compute(FEBRUARY * 1_000 - 1)).toEqual({ computed: 0, failed: 0 });
    const dayMs = 86_400_000;
    expect(await compute(FEBRUARY * 1_000)).toEqual({ computed: 1, failed: 0 });
    expect(await list()).toMatchObject([{ current_mrr: 10_000, current_subscription_count: 1 }]);
    expect(await compute(FEBRUARY * 1_000 + dayMs - 1)).toMatchObject({ computed: 0 });
    expect(await compute(FEBRUARY * 1_000 + dayMs)).toEqual({ computed: 1, failed: 0 });
    expect(await list()).toMatchObject([{ current_mrr: 0, current_subscription_count: 0 }]);
  });

  test('leave out members with personal data, and objects of test clocks', async (context) => {
    const { write, compute, list, database, scope, store } = await setUp(context, kind, false);
    const clock = { test_clock: 'clock_1' };
    await write([
      createCharge('in_1', 'cus_clock'),
      createCharge('in_2', 'cus_1', { billing_details: { name: 'Jane' } }),
    ]);
    await write([
      createStripeCustomer('cus_clock', clock),
      createStripeCustomer('cus_1', { name: 'Jane', phone: '1' }),
    ]);
    expect(await write([createInvoice('in_1', 'cus_clock', clock), createCharge('in_3', 'cus_clock')])).toEqual({
      changed: 0,
      ignored: 1,
    });
    await compute();
    expect(await list()).toMatchObject([{ stripe_id: 'cus_1', total_contract_value: 10_000 }]);
    const rows = await database.query.selectFrom('stripe_objects').select(['id', 'data']).execute();
    expect(rows.map(({ id }) => id).toSorted()).toEqual(['ch_in_2', 'cus_1', 'cus_clock']);
    expect(JSON.stringify(rows)).not.toMatch(/Jane|phone/);
    expect(await store.addCustomerHints(scope)).toBe(0);
  });

  test('that Stripe deleted keep the customer, without email and extra ID, and keep prices', async (context) => {
    const { write, compute, list, store, scope, database, accountId } = await setUp(context, kind);
    await updateAccountSettings(database, accountId, { extra_id_key: 'user' });
    const customer = createStripeCustomer('cus_1', { email: 'jane@example.com', metadata: { user: 'u1' } });
    await write([createPrice(), customer, createInvoice('in_1', 'cus_1'), createInvoice('in_2', 'cus_1')]);
    await compute();
    expect(await list()).toMatchObject([{ extra_id: 'u1', email: 'jane@example.com', current_mrr: 20_000 }]);
    await write([{ id: 'cus_1', object: 'customer', deleted: true }], FETCHED + 1);
    const deleted = ['price price_month', 'invoice in_2'].map((text) => text.split(' '));
    await store.writePage(
      scope,
      deleted.map(([type = '', id = '']) => toDeletedRow({ type, id }, FETCHED + 1)),
    );
    await compute();
    expect(await list()).toMatchObject([{ id: 1, extra_id: null, email: null, current_mrr: 10_000 }]);
    // A customer that Stripe deleted and that never paid does not appear.
    await write([{ id: 'cus_2', object: 'customer', deleted: true }]);
    expect(await compute()).toMatchObject({ failed: 0 });
    expect(await list()).toHaveLength(1);
  });

  test('give extra IDs from the key of the account, and email addresses as Stripe has them', async (context) => {
    const { write, compute, list, database, accountId, readWaiting } = await setUp(context, kind);
    const metadata = { user: 'user 8812', team: '' };
    await write([
      createStripeCustomer('cus_1', { metadata, email: ' Jane@Example.com ' }),
      createStripeCustomer('cus_2', { email: '' }),
    ]);
    await compute();
    expect(await list()).toMatchObject([{ extra_id: null, email: ' Jane@Example.com ' }, { email: null }]);
    for (const [key, id] of [
      ['user', 'user 8812'],
      ['team', null],
      ['constructor', null],
      ['user', 'user 8812'],
      [null, null],
    ] as const) {
      await updateAccountSettings(database, accountId, { extra_id_key: key });
      expect(await readWaiting()).toEqual(['cus_1', 'cus_2']);
      await compute();
      expect(await list()).toMatchObject([{ extra_id: id }, { extra_id: null }]);
    }
    await updateAccountSettings(database, accountId, { extra_id_key: null });
    expect(await readWaiting()).toEqual([]);
  });

  test('are stored whatever characters they contain', async (context) => {
    const { write, compute, list, database, accountId } = await setUp(context, kind);
    await updateAccountSettings(database, accountId, { extra_id_key: 'user' });
    const text = 'a\0b\ud800c"\\u0000\u{1f600}';
    await write([
      createPrice(),
      createCharge('in_1', 'cus_1', { [text]: text }),
      createStripeCustomer('cus_1', { email: text, metadata: { user: text, [text]: text } }),
      createInvoice('in_1', 'cus_1', { [text]: text, currency: undefined }),
    ]);
    const unstorable = ['', 'in\0', 'in\ud800', 'x'.repeat(3_000)].map((id) => createInvoice(id, 'cus_1'));
    expect(
      await write([...unstorable, createInvoice('in_2', 'cus\0'), createInvoice('in_3', '\u{1f600}'.repeat(1_024))]),
    ).toEqual({ changed: 2, ignored: 0 });
    expect(await compute()).toMatchObject({ computed: 0, failed: 1 });
    const { data } = await database.query
      .selectFrom('stripe_objects')
      .select('data')
      .where('type', '=', 'charge')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(data ?? '')).toMatchObject({ [text]: text });
    await write([createInvoice('in_1', 'cus_1')], FETCHED + 1);
    await compute();
    expect(await list()).toMatchObject([{ extra_id: null, email: null }]);
  });

  test('that name a price that Stripe has deleted are computed with that of their subscription', async (context) => {
    const { write, compute, list } = await setUp(context, kind);
    const items = { object: 'list', data: [{ id: 'si_1', object: 'subscription_item', price: createPrice() }] };
    const subscription = { id: 'sub_1', object: 'subscription', customer: 'cus_1', livemode: true, items };
    const deleted = { id: 'price_month', object: 'price', deleted: true };
    await write([createStripeCustomer('cus_1'), createInvoice('in_1', 'cus_1'), subscription, deleted]);
    expect(await compute()).toEqual({ computed: 1, failed: 0 });
    expect(await list()).toMatchObject([{ current_mrr: 10_000 }]);
  });

  test('that cannot be computed are reported, and computed when a missing price arrives', async (context) => {
    const { write, compute, list, store, scope, database, accountId } = await setUp(context, kind);
    const customer = createStripeCustomer('cus_1', { email: 'jane@example.com' });
    await write([customer, createInvoice('in_1', 'cus_1'), createStripeCustomer('cus_2')]);
    expect(await store.claimHints(scope, 'price', 9)).toMatchObject([{ id: 'price_month', version: 1, attempts: 0 }]);
    expect(await compute()).toEqual({ computed: 1, failed: 1 });
    await store.writeSync(scope, { api_version: '2026-10-28.endive', state: 'following', events_through: JANUARY });
    expect(await readStatus(database, accountId)).toMatchObject({
      isLive: true,
      eventsThrough: JANUARY * 1_000,
      customers: 2,
      waitingCustomers: 0,
      failedCustomers: 1,
      failures: [{ stripeId: 'cus_1', error: expect.stringContaining('price_month') }],
      hints: 1,
      failedHints: 0,
    });
    await write([createPrice()]);
    expect(await compute()).toEqual({ computed: 1, failed: 0 });
    // A customer that can no longer be computed keeps its figures, but not the email address that it does not have any more.
    await write([createInvoice('in_1', 'cus_1', { currency: undefined }), createStripeCustomer('cus_1')], FETCHED + 1);
    expect(await compute()).toEqual({ computed: 0, failed: 1 });
    expect(await list()).toMatchObject([
      { stripe_id: 'cus_2' },
      { stripe_id: 'cus_1', email: null, current_mrr: 10_000 },
    ]);
    expect((await list()).map(({ stripe_id }) => stripe_id)).toEqual(['cus_2', 'cus_1']);
  });

  test('that are prices make all customers be computed again if their amounts change, and only then', async (context) => {
    const { write, compute, readWaiting, database } = await setUp(context, kind);
    await write([createPrice(), createStripeCustomer('cus_1'), createInvoice('in_1', 'cus_1')]);
    await compute();
    await write([createPrice('price_month', { nickname: 'Pro', active: false })], FETCHED + 1);
    await write([createPrice('price_other')]);
    expect(await readWaiting()).toEqual([]);
    await write([createPrice('price_month', { unit_amount: 5 })], FETCHED + 1);
    expect(await readWaiting()).toEqual(['cus_1']);
    // Long objects are written one after another.
    const long = 'x'.repeat(1_500_000);
    const invoices = ['in_2', 'in_3', 'in_4'].map((id) => createInvoice(id, 'cus_1', { number: long }));
    expect(await write(invoices)).toEqual({ changed: 6, ignored: 0 });
    expect(await countObjects(database)).toBe(11);
  });

  test('get hints, which stay until they are finished in their last version', async (context) => {
    const { store, scope, write } = await setUp(context, kind);
    const other = { ...scope, livemode: false };
    await store.addHints(scope, [
      { type: 'invoice', id: 'in_1' },
      { type: 'invoice', id: 'in_2' },
      { type: 'invoice', id: 'in_1' },
    ]);
    const claimed = await store.claimHints(scope, 'invoice', 9);
    expect(claimed.map(({ id, version }) => [id, version]).toSorted()).toEqual([
      ['in_1', 1],
      ['in_2', 1],
    ]);
    expect(await store.claimHints(other, 'invoice', 9)).toEqual([]);
    await store.addHints(scope, [{ type: 'invoice', id: 'in_1' }]);
    await store.finishHints(scope, claimed);
    const [left] = await store.claimHints(scope, 'invoice', 9);
    expect(left).toMatchObject({ id: 'in_1', version: 2 });
    for (let attempt = 0; attempt < MAX_HINT_ATTEMPTS; attempt++) await store.failHints(scope, left ? [left] : []);
    expect(await store.claimHints(scope, 'invoice', 9)).toEqual([]);
    await store.addHints(scope, [{ type: 'invoice', id: 'in_1' }]);
    expect(await store.claimHints(scope, 'invoice', 9)).toMatchObject([{ version: 3, attempts: 0 }]);

    await write([createInvoice('in_3', 'cus_1')]);
    expect(await store.addCustomerHints(scope)).toBe(1);
    expect(await store.addCustomerHints(scope)).toBe(1);
    expect(await store.claimHints(scope, 'customer', 9)).toMatchObject([{ id: 'cus_1', version: 1 }]);
  });

  test('are stored together with the progress of their ranges', async (context) => {
    const { store, scope } = await setUp(context, kind);
    const range = {
      type: 'invoice',
      lower: 0,
      upper: FEBRUARY,
      cursor: null,
      done: false,
    };
    const rows = toRows(createInvoice('in_1', 'cus_1'), FETCHED);
    await store.writePage(scope, rows, [range]);
    const ranges = [
      { ...range, lower: JANUARY, cursor: 'in_1' },
      { ...range, upper: JANUARY, done: true },
    ];
    await store.writePage(scope, [], ranges);
    expect(await store.readRanges(scope)).toEqual(ranges.toReversed());
    const invalid = { ...range, lower: Number.NaN };
    await expect(store.writePage(scope, toRows(createInvoice('in_2', 'cus_1'), FETCHED), [invalid])).rejects.toThrow();
    expect(await store.listIds(scope, 'invoice', { from: JANUARY, to: JANUARY + 1 })).toEqual(['in_1']);
    expect(await store.findNewest(scope)).toBeUndefined();
    await store.writePage(
      scope,
      toRows({ object: 'charge', id: 'ch_1', customer: 'cus_1', created: JANUARY }, FETCHED),
    );
    expect(await store.findNewest(scope)).toEqual({ type: 'charge', id: 'ch_1' });
    await store.clearRanges(scope);
    expect(await store.readRanges(scope)).toEqual([]);
  });
});

describe.each(databases)('customers from Stripe, on $name', (kind) => {
  test('keep the IDs of an import, and imports are refused after the first sync', async (context) => {
    const { location, accountId, store, scope, write, compute, list } = await setUp(context, kind);
    const imported = [
      createCustomer(7, { stripe_id: 'cus_1' }),
      createCustomer(2 ** 53 - 1, { stripe_id: 'cus_2' }),
      createCustomer(9, { stripe_id: 'cus_3' }),
    ];
    const options = { accountId, onError: 'stop' } as const;
    await importSome(location, imported, options);
    await importSome(location, imported.slice(0, 2), { ...options, prune: true });
    await store.writeSync(scope, { api_version: '2026-10-28.endive', state: 'backfilling' });
    await store.writeSync(scope, { api_version: '2026-10-28.endive', state: 'following' });
    await write(['cus_0', 'cus_1', 'cus_2', 'cus_4'].map((id) => createStripeCustomer(id)));
    await compute();
    expect((await list()).map(({ id, stripe_id }) => [stripe_id, id])).toEqual([
      ['cus_1', 7],
      ['cus_0', 10],
      ['cus_4', 11],
      ['cus_2', 2 ** 53 - 1],
    ]);
    await expect(importSome(location, imported, options)).rejects.toThrow('is synced with Stripe');
    expect(await store.readSync(accountId)).toMatchObject({ state: 'following', livemode: 1, backfilled_at: null });
  });

  test('that are deleted do not come back, and their ID is not used again', async (context) => {
    const { location, accountId, database, store, scope, write, compute, list } = await setUp(context, kind);
    const objects = (id: string) => [
      createStripeCustomer(id, { email: `${id}@example.com` }),
      createInvoice(`in_${id}`, id, { customer_email: `${id}@example.com` }),
      createCharge(`in_${id}`, id),
      createRefund(`in_${id}`),
    ];
    await write([createPrice(), ...objects('cus_jane'), ...objects('cus_other')]);
    await compute();
    await store.addHints(scope, [
      { type: 'customer', id: 'cus_jane' },
      { type: 'invoice', id: 'in_cus_jane' },
    ]);
    for (const identifier of ['cus_other@example.com', 'cus_jane']) {
      const erased = await eraseCustomers(database, { accountId, identifier, all: false, secretText });
      const receipt = await checkErasure(location, { accountId, secretText }, erased);
      expect(receipt).toMatchObject({ customers: 1, remains: { customers: [], tables: {} } });
      expect(isErased(receipt)).toBe(true);
    }
    expect(await database.query.selectFrom('stripe_objects').select('id').execute()).toEqual([{ id: 'price_month' }]);
    await store.addHints(scope, [
      { type: 'customer', id: 'cus_jane' },
      { type: 'invoice', id: 'in_cus_jane' },
    ]);
    expect(await store.claimHints(scope, 'customer', 9)).toEqual([]);
    expect(await store.claimHints(scope, 'invoice', 9)).toEqual([]);

    // A new charge of the customer, and then objects that do not name the customer.
    const later = createCharge('in_later', 'cus_jane');
    expect(await write([...objects('cus_jane'), later], FETCHED + 9)).toEqual({ changed: 0, ignored: 6 });
    expect(await write([createRefund('in_later'), createRefund('in_cus_jane')], FETCHED + 9)).toMatchObject({
      changed: 0,
    });
    await write([createStripeCustomer('cus_new')]);
    await compute();
    expect((await list()).map(({ id, stripe_id }) => [stripe_id, id])).toEqual([['cus_new', 3]]);
  });

  test('can be deleted before they have figures', async (context) => {
    const { accountId, database, write, compute, list } = await setUp(context, kind);
    await write([createPrice(), createStripeCustomer('cus_1'), createInvoice('in_1', 'cus_1')]);
    const erasure = { accountId, identifier: 'cus_1', all: false, secretText };
    expect(await eraseCustomers(database, erasure)).toEqual({ customers: 1, identifiers: ['cus_1'] });
    expect(await eraseCustomers(database, erasure)).toEqual({ customers: 0, identifiers: [] });
    await compute();
    expect(await list()).toEqual([]);
  });

  test('are searched for in the stored objects, also in JSON', async (context) => {
    const { location, accountId, database, write, compute } = await setUp(context, kind);
    const email = '"jane \\ doe"@example.com';
    await write([
      createStripeCustomer('cus_1', { email }),
      createStripeCustomer('cus_2', { metadata: { invitedBy: email } }),
      createStripeCustomer('cus_11', { email: 'mary-jane@example.com', metadata: { note: `not ${email}` } }),
      createInvoice('in_1', 'cus_11', { description: `of ${email}` }),
    ]);
    await compute();
    const erased = await eraseCustomers(database, { accountId, identifier: 'cus_1', all: false, secretText });
    const receipt = await checkErasure(location, { accountId, secretText }, erased);
    expect(receipt.remains.tables).toEqual({ stripe_objects: 1 });
    // The same person can be a customer of another account.
    const other = await createAccount(database, 'Other');
    expect((await checkErasure(location, { accountId: other, secretText }, erased)).remains.tables).toEqual({});
  });

  test('are not changed by a computation that read older objects, or that ends after their deletion', async (context) => {
    const { location, accountId, database, write, list, scope, compute, readWaiting } = await setUp(context, kind);
    await write([createPrice(), ...['cus_1', 'cus_2', 'cus_3'].map((id) => createStripeCustomer(id))]);
    const other = openInTest(context, location);
    const charge = toRows(createCharge('in_1', 'cus_1'), FETCHED);
    const changes: Readonly<Record<string, () => Promise<unknown>>> = {
      cus_1: () => createStripeStore(other).writePage(scope, charge),
      cus_2: () => eraseCustomers(other, { accountId, identifier: 'cus_2', all: false, secretText }),
    };
    // Each change happens after the objects of its customer were read.
    const changing = afterRead(database, async ({ type, id }) => {
      if (type === 'customer') await changes[String(id)]?.();
    });
    expect(await recompute(changing, { scope, now: FETCHED, limit: 9 })).toEqual({ computed: 3, failed: 0 });
    expect(await readWaiting()).toEqual(['cus_1']);
    expect(await list()).toMatchObject([{ stripe_id: 'cus_3' }]);
    await compute();
    expect(await list()).toMatchObject([{ stripe_id: 'cus_3' }, { stripe_id: 'cus_1', total_contract_value: 10_000 }]);
  });

  test('are computed with the settings that were changed while they were computed', async (context) => {
    const { location, accountId, database, write, list, scope, compute, readWaiting } = await setUp(context, kind);
    await write([createStripeCustomer('cus_1', { metadata: { user: 'u1' } })]);
    const other = openInTest(context, location);
    // Whatever is read first, the settings change just after it.
    for (const column of ['extra_id_key', 'dirty', 'data']) {
      const key = column === 'dirty' ? 'none' : 'user';
      await write([createCharge(column, 'cus_1')]);
      let isChanged = false;
      const changing = afterRead(database, async (row) => {
        if (!Object.hasOwn(row, column) || isChanged) return;
        isChanged = true;
        await updateAccountSettings(other, accountId, { extra_id_key: key });
      });
      await recompute(changing, { scope, now: FETCHED, limit: 9 });
      expect(await readWaiting(), column).toEqual(['cus_1']);
      await compute();
      expect(await list(), column).toMatchObject([{ extra_id: key === 'user' ? 'u1' : null }]);
    }
  });

  test('are computed again if they changed as often as they were computed by another process', async (context) => {
    const { location, database, write, list, scope, compute, store } = await setUp(context, kind);
    await write([createStripeCustomer('cus_1'), createCharge('in_1', 'cus_1')]);
    const other = openInTest(context, location);
    const changing = afterRead(database, async ({ type, id }) => {
      if (type !== 'customer' || id !== 'cus_1') return;
      await recompute(other, { scope, now: FETCHED, limit: 9 });
      await createStripeStore(other).writePage(scope, toRows(createCharge('in_2', 'cus_1'), FETCHED));
    });
    await recompute(changing, { scope, now: FETCHED, limit: 9 });
    await compute();
    expect(await list()).toMatchObject([{ total_contract_value: 20_000 }]);
    expect(await store.claimHints(scope, 'price', 9)).toEqual([]);
  });
});

const FIXTURES = new URL('../../../packages/metrics/test/fixtures/', import.meta.url);
const WEEK = 7 * 86_400;

/** Returns the recorded objects, with the balance transactions in the objects that name them, as the sync requests them. */
async function loadFixtures(): Promise<Readonly<Record<string, unknown>>[]> {
  const files = (await readdir(FIXTURES)).filter((file) => file.endsWith('.ndjson'));
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, FIXTURES), 'utf8')));
  const objects = texts.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line));
  const movements = new Map(
    objects.filter(({ object }) => object === 'balance_transaction').map((one) => [one.id, one]),
  );
  const expand = (id: unknown) => movements.get(id) ?? id;
  return objects
    .filter(({ object }) => object !== 'balance_transaction')
    .map(({ balance_transaction: movement, failure_balance_transaction: failure, ...object }) => ({
      ...object,
      balance_transaction: expand(movement),
      failure_balance_transaction: expand(failure),
    }));
}

test.for(databases)(
  'stored objects give the same figures as the objects themselves, at any time, on $name',
  async (kind, context) => {
    const { scope, database, list, store } = await setUp(context, kind, false);
    const objects = await loadFixtures();
    // Each object in a page of its own, in an order in which most objects arrive before those that they belong to.
    for (const object of objects.toSorted((a, b) => String(b.object).localeCompare(String(a.object))))
      await store.writePage(scope, toRows(object, FETCHED));
    const data = [...createCustomerData(objects.map((object) => readObject(object))).values()];
    expect(data.length).toBeGreaterThan(10);
    // Only the times at which figures change make the customers be computed again.
    for (let at = JANUARY - WEEK; at < JANUARY + 60 * WEEK; at += WEEK) {
      await recompute(database, { scope, now: at * 1_000, limit: 1_000 });
      const customers = await list();
      const figures = customers.map(({ id: _, extra_id, email, ...values }) => values);
      const expected = data.map((one) => computeSnapshot(one, at, { defaultCurrency: 'usd' }));
      const order = (a: { stripe_id: string }, b: { stripe_id: string }) => (a.stripe_id < b.stripe_id ? -1 : 1);
      expect(figures.toSorted(order), String(at)).toEqual(expected.toSorted(order));
    }
  },
);

/** Returns a database that calls a function for each row that it reads, before it returns the rows. */
function afterRead(database: Database, onRow: (row: Readonly<Record<string, unknown>>) => Promise<void>): Database {
  const query = database.query.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      for (const row of result.rows) await onRow(row);
      return result;
    },
  });
  return { ...database, query };
}

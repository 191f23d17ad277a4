import { createServer } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { listenInTest } from '@firstofficer/common/testing';
import { describe, expect, test, vi } from 'vitest';
import { STRIPE_VERSION } from '../../src/stripe/client/client.ts';
import { parseKey } from '../../src/stripe/client/keys.ts';
import { createReadClock } from '../../src/stripe/client/read-clock.ts';
import { readStatus } from '../../src/stripe/store/status.ts';
import { createStripeStore } from '../../src/stripe/store/store.ts';
import { acquireLease } from '../../src/stripe/sync/lease.ts';
import { databases } from '../databases.ts';
import { createCharge, createObjects, createPaidInvoice, createPrice, DRAFT, NOW } from './account-objects.ts';
import { createSyncedAccount, expectFigures, expectSynced, readAll, startStripe, TEST_KEY } from './synced-data.ts';

const DAY_S = 86_400;
const base = { livemode: false, created: NOW - 40 * DAY_S };

const LIVE = [
  { id: 'cus_live', object: 'customer', created: base.created, livemode: true },
  ...createPaidInvoice('live', { livemode: true, created: base.created, customer: 'cus_live', lines: 1 }),
];

describe.each(databases)('on $name', (kind) => {
  test('a first sync stores all objects with one request for each page', async (context) => {
    const objects = createObjects({ customers: 130, months: 2 });
    const stripe = await startStripe(context, objects);
    const { sync, database, messages } = await createSyncedAccount(context, kind, stripe);
    expect(await sync()).toMatchObject({ isComplete: true, objects: 786, customers: 130 });
    const stored = await readAll(database);
    expect(stored.objects.map(({ id }) => id).toSorted()).toEqual(objects.map(({ id }) => id).toSorted());
    expect(stored).toMatchObject({
      hints: [],
      ranges: [],
      syncs: [{ state: 'synced', owner: null, failure: null, events_through: NOW }],
    });
    expect(stored.customers.map(({ id, stripe_id }) => [id, stripe_id])).toEqual(
      stored.customers.map((_, index) => [index + 1, `cus_${index + 1}`]),
    );
    await expectFigures(stripe, database);
    expect(stored.customers[0]).toMatchObject({
      current_mrr: 8,
      current_subscription_count: 1,
      total_contract_value: 2_000,
    });
    expect(stripe.requests.every(({ version }) => version === STRIPE_VERSION)).toBe(true);
    // Customers 2, subscriptions 2, prices 1 and 1, invoices 3, charges 3, other lists 1 each, lines after the tenth 1.
    const pages = stripe.requests.filter(({ path, params }) => params.limit === '100' && path !== '/v1/events');
    expect(pages).toHaveLength(16);
    expect(JSON.stringify(messages)).not.toMatch(/cus_|customers\.example|1234567890/);

    stripe.clearRequests();
    expect(await sync()).toMatchObject({ isComplete: true, objects: 0, customers: 0 });
    expect(stripe.requests.filter(({ params }) => params.limit === '100')).toHaveLength(1);
  });

  test('it stores all lines and what no list contains, and leaves out test clocks and the other mode', async (context) => {
    const long = { ...base, customer: 'cus_1' };
    const clock = { livemode: false, created: base.created, test_clock: 'clock_1' };
    const stripe = await startStripe(
      context,
      [
        ...createObjects({ customers: 3, months: 1 }),
        ...createPaidInvoice('11', { ...long, lines: 11 }),
        ...createPaidInvoice('250', { ...long, lines: 250, price: 'price_inline' }),
        createPrice('price_inline', base),
        { id: 'custom id/ü', object: 'customer', ...base, email: null },
        ...createPaidInvoice('custom', { ...base, customer: 'custom id/ü', lines: 1 }),
        { id: 'cus_gone', object: 'customer', ...base, email: 'gone@customers.example' },
        ...createPaidInvoice('gone', { ...base, customer: 'cus_gone', lines: 1 }),
        { id: 'cus_clock', object: 'customer', ...clock },
        createCharge('ch_clock', { ...base, customer: 'cus_clock', amount: 1, payment_intent: 'pi_clock' }),
        ...LIVE,
      ],
      { unlisted: ['price_inline'], mixesModes: true },
    );
    stripe.delete('cus_gone', { event: false });
    for (const object of LIVE) stripe.put(object);
    const { sync, database } = await createSyncedAccount(context, kind, stripe);
    await sync();
    const { objects, customers } = await readAll(database);
    const countLines = (id: string) =>
      JSON.parse(objects.find((object) => object.id === id)?.data ?? '').lines.data.length;
    expect([countLines('in_11'), countLines('in_250'), countLines('cn_2')]).toEqual([11, 250, 12]);
    const ids = objects.map(({ id }) => id);
    expect(ids).toContain('price_inline');
    expect(ids.filter((id) => /live|ch_clock/.test(id))).toEqual([]);
    expect(customers.map(({ stripe_id }) => stripe_id)).toEqual(['cus_gone', 'custom id/ü', 'cus_1', 'cus_2', 'cus_3']);
    expect(customers[0]).toMatchObject({ email: null });
    expect(customers.find(({ stripe_id }) => stripe_id === 'cus_1')?.total_contract_value).toBe(262_000);
  });

  test('finds what events do not say', async (context) => {
    const stripe = await startStripe(context, [...createObjects({ customers: 3, months: 1 }), DRAFT]);
    const { sync, database } = await createSyncedAccount(context, kind, stripe);
    await sync();
    const change = (amount: number) => {
      stripe.put(
        { ...stripe.get('ch_1_0'), id: 'ch_1_0', object: 'charge', amount_captured: amount },
        { event: false },
      );
    };
    const readFirst = async () => (await readAll(database)).customers[0]?.total_contract_value;
    const readDrafts = async () => (await readAll(database)).objects.filter(({ id }) => id === 'in_draft');
    const reset = (columns: object) => database.query.updateTable('stripe_syncs').set(columns).execute();
    change(100);
    stripe.delete('in_draft', { event: false });
    await sync({ reconcile: true });
    expect(await readFirst()).toBe(100);
    expect(await readDrafts()).toEqual([]);

    // A day later.
    change(200);
    await reset({ reconciled_at: 0, backfilled_at: 1 });
    await sync();
    expect(await readFirst()).toBe(200);

    // The events have expired.
    change(300);
    stripe.advance(31 * DAY_S);
    await sync();
    expect(await readFirst()).toBe(300);

    // Another version of the API has other members.
    change(400);
    await reset({ api_version: '2020-08-27' });
    await sync();
    await expectSynced(context, { stripe, database });
  });

  test('fetches an object that Stripe refused too often again when it reconciles', async (context) => {
    const stripe = await startStripe(context, createObjects({ customers: 2, months: 1 }));
    const { sync, database, account } = await createSyncedAccount(context, kind, stripe);
    await sync();
    stripe.put({ ...stripe.get('ch_1_0'), id: 'ch_1_0', object: 'charge', amount: 1, amount_captured: 1 });
    // The second sync reads the event again, which gives the object new attempts.
    stripe.fail({ status: 400 }, { path: '/v1/charges/ch_1_0', times: 9 });
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      await sync();
      stripe.advance(3_600);
    }
    expect(await readStatus(database, account)).toMatchObject({ hints: 0, failedHints: 1 });
    await sync({ reconcile: true });
    expect(await readStatus(database, account)).toMatchObject({ hints: 0, failedHints: 0 });
  });

  test('keeps its lease if renewing it takes long, as during a long transaction', async (context) => {
    const stripe = await startStripe(context, createObjects({ customers: 1, months: 1 }));
    const { sync, database, account } = await createSyncedAccount(context, kind, stripe);
    await sync();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    context.onTestFinished(() => void vi.useRealTimers());
    const lease = await acquireLease(database, { account, clock: createReadClock() });
    await database.query.connection().execute(async () => vi.advanceTimersByTime(45_000));
    // Waits for all requests to renew the lease.
    await database.query.selectFrom('stripe_syncs').select('owner').execute();
    await setImmediate();
    expect(lease.signal.aborted).toBe(false);
    // The database does not answer.
    const refuse = vi.spyOn(database.query, 'updateTable').mockImplementation(() => expect.fail());
    for (let time = 0; time < 45_000; time += 15_000) {
      vi.advanceTimersByTime(15_000);
      await database.query.selectFrom('stripe_syncs').select('owner').execute();
      await setImmediate();
    }
    expect(refuse).toHaveBeenCalled();
    expect(lease.signal.aborted).toBe(false);
    refuse.mockRestore();
    await lease.release();
  });

  test('ends all requests if one of them fails', async (context) => {
    const stripe = await startStripe(context, createObjects({ customers: 3, months: 1 }));
    const closed = Promise.withResolvers<void>();
    const { url } = await listenInTest(
      context,
      createServer(async ({ url: path = '', headers: { authorization = '' } }, response) => {
        if (path.startsWith('/v1/customers/cus_2')) response.once('close', closed.resolve);
        else if (path.startsWith('/v1/customers/cus_3')) response.writeHead(401).end('{"error":{}}');
        else response.end(await (await fetch(stripe.url + path, { headers: { authorization } })).text());
      }),
    );
    const { sync, database, account } = await createSyncedAccount(context, kind, { url });
    await sync();
    const hints = ['cus_2', 'cus_3'].map((id) => ({ type: 'customer', id }));
    await createStripeStore(database).addHints({ accountId: account, livemode: false }, hints);
    await expect(sync()).rejects.toThrow('Stripe does not accept the key');
    await closed.promise;
  });

  test('refuses a key that cannot be used', async (context) => {
    const objects = createObjects({ customers: 1, months: 1 });
    const missing = ['rak_charge_read', 'rak_event_read'];
    const stripe = await startStripe(context, objects, {
      keys: { [TEST_KEY]: {}, rk_test_limited: { missing }, rk_live_1: {} },
    });
    const other = await startStripe(context, createObjects({ customers: 2, months: 1 }).slice(-5));
    const { sync, database } = await createSyncedAccount(context, kind, stripe);
    const error = await sync({ key: parseKey('rk_test_limited') }).catch((reason: Error) => reason.message);
    expect(error).toContain('lacks 2 permissions');
    expect(error).toContain('Charges and Refunds (for /v1/charges, /v1/refunds)');
    expect(error).toContain('Events (for /v1/events)');
    await expect(sync({ key: parseKey('rk_test_revoked') })).rejects.toThrow(
      'Stripe does not accept the key (status 401',
    );
    // Customers can still be imported.
    expect((await readAll(database)).syncs).toEqual([]);
    await sync();
    await expect(sync({ key: parseKey('rk_live_1') })).rejects.toThrow('Account 1 was synced with test data of Stripe');
    await expect(sync({ url: other.url })).rejects.toThrow('The key is not of the Stripe account');
    await expect(sync({ account: 2 })).rejects.toThrow('Account 2 does not exist');
  });
});

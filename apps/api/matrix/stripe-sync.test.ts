import { createServer } from 'node:http';
import { hostname } from 'node:os';
import { listenInTest } from '@firstofficer/common/testing';
import type { Fault, StripeObject } from '@firstofficer/stripe-server';
import { describe, expect, test, vi } from 'vitest';
import { readStatus } from '../src/stripe/store/status.ts';
import { createStripeStore } from '../src/stripe/store/store.ts';
import { databases } from '../test/databases.ts';
import {
  createCharge,
  createObjects,
  createPaidInvoice,
  createRefund,
  DRAFT,
  NOW,
} from '../test/stripe/account-objects.ts';
import { createSyncedAccount, expectFigures, expectSynced, readAll, startStripe } from '../test/stripe/synced-data.ts';

const DAY_S = 86_400;
const base = { livemode: false, created: NOW - 40 * DAY_S };

const FAULTS: readonly Fault[] = [
  { status: 429, reason: 'endpoint-rate' },
  { status: 429, reason: 'global-rate', retryAfter: 0 },
  { status: 500 },
  { cut: 'before' },
  { cut: 'body' },
  { stall: true },
  { body: '<html>' },
  { repeat: true },
];

describe.each(databases)('on $name', (kind) => {
  test('faults and changes between pages lose nothing', async (context) => {
    const stripe = await startStripe(context, createObjects({ customers: 120, months: 1 }));
    const { sync, database } = await createSyncedAccount(context, kind, stripe);
    for (const [index, fault] of FAULTS.entries()) {
      const path = ['/v1/customers', '/v1/invoices', '/v1/charges', '/v1/events'][index % 4] ?? '';
      stripe.fail(fault, { path, after: 1 });
    }
    const changes = [
      () => stripe.put(rename('cus_1')),
      () => stripe.put({ ...rename('cus_2'), id: 'cus_new', created: NOW - 60 }),
      () => stripe.delete('in_draft'),
      () => stripe.delete('in_draft2'),
      () => stripe.put(createRefund('re_1', { livemode: false, created: NOW, charge: 'ch_1_0', amount: 1 })),
    ];
    const rename = (id: string) => ({ ...stripe.get(id), id, object: 'customer', email: 'new@customers.example' });
    for (const id of ['in_draft', 'in_draft2']) stripe.put({ ...DRAFT, id, created: NOW - 10 }, { event: false });
    const [long = DRAFT] = createPaidInvoice('long', {
      livemode: false,
      created: NOW - 5,
      customer: 'cus_1',
      lines: 11,
    });
    stripe.put({ ...long, status: 'draft' }, { event: false });
    stripe.onRequest(({ path, params }) => {
      if (path === '/v1/invoices/in_long/lines') stripe.delete('in_long');
      if (params.starting_after !== undefined || path === '/v1/charges') changes.shift()?.();
    });
    await sync({ client: { timeoutMs: 300 } });
    expect(changes).toEqual([]);
    await expectSynced(context, { stripe, database });
    await expectFigures(stripe, database);
  });

  test('follows changes: late, duplicated and unordered events', async (context) => {
    const stripe = await startStripe(context, createObjects({ customers: 3, months: 1 }));
    const { sync, database, messages } = await createSyncedAccount(context, kind, stripe);
    const stop = new AbortController();
    const polls = createCounter();
    stripe.onRequest(({ path, params }) => path === '/v1/events' && params.limit === '100' && polls.increase());
    const following = sync({ follow: true, pollMs: 20, signal: stop.signal });
    await polls.reach(2);
    const customer = { ...stripe.get('cus_1'), id: 'cus_1', object: 'customer' };
    const update = (email: string) => {
      stripe.advance(60);
      stripe.put({ ...customer, email });
    };
    update('first@customers.example');
    update('second@customers.example');
    // Stripe lists this event only now, and its object is older than the present one.
    stripe.addEvent({
      type: 'customer.updated',
      object: { ...customer, email: 'older@customers.example' },
      created: stripe.now - 400,
    });
    stripe.addEvent({ type: 'customer.updated', object: { ...customer, email: 'older@customers.example' } });
    stripe.put(
      createCharge('ch_new', {
        livemode: false,
        created: stripe.now,
        customer: 'cus_2',
        amount: 700,
        payment_intent: 'pi_new',
      }),
    );
    await polls.reach(polls.count + 3);
    stripe.clearRequests();
    await polls.reach(polls.count + 2);
    // Overlapping polls list the same events, but do not fetch the objects again.
    expect(stripe.requests.filter(({ path }) => path !== '/v1/events')).toEqual([]);
    stripe.fail({ status: 500 }, { path: '/v1/events', times: 8 });
    await polls.reach(polls.count + 11);
    expect(messages.join('\n')).toContain('failed, the sync tries again');
    stop.abort();
    expect(await following).toMatchObject({ isComplete: true });
    await expectSynced(context, { stripe, database });
  });

  test('fetches exactly the stored objects that are not listed any more', async (context) => {
    // More objects of the same second than a page has.
    const drafts = Array.from({ length: 330 }, (_, index) => {
      return { ...DRAFT, id: `in_${index}`, created: base.created + Math.floor(index / 150) };
    });
    const stripe = await startStripe(context, [...createObjects({ customers: 3, months: 1 }), ...drafts]);
    const { sync, database } = await createSyncedAccount(context, kind, stripe);
    await sync();
    const deleted = drafts.map(({ id }) => id).filter((_, index) => index % 11 === 5);
    for (const id of deleted) stripe.delete(id, { event: false });
    stripe.clearRequests();
    await sync({ reconcile: true });
    const fetched = stripe.requests.map(({ path }) => path).filter((path) => /^\/v1\/invoices\//.test(path));
    expect(fetched.toSorted()).toEqual(deleted.map((id) => `/v1/invoices/${id}`).toSorted());
    await expectSynced(context, { stripe, database });
  });

  test('goes on after it was stopped or Stripe did not answer', async (context) => {
    const stripe = await startStripe(context, createObjects({ customers: 210, months: 1 }));
    const { sync, database, account } = await createSyncedAccount(context, kind, stripe);
    const stop = new AbortController();
    stripe.onRequest(({ params }) => 'starting_after' in params && stop.abort());
    expect(await sync({ signal: stop.signal })).toMatchObject({ isComplete: false });
    stripe.onRequest(undefined);

    stripe.fail({ status: 500 }, { path: '/v1/invoices', after: 1, times: 8 });
    await expect(sync()).rejects.toThrow(
      'Stripe did not answer /v1/invoices, although the request was sent 8 times (status 500',
    );
    expect(await readStatus(database, account)).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('status 500'),
    });
    expect((await readAll(database)).customers).toEqual([]);

    stripe.clearRequests();
    await sync();
    // The pages that were stored are not requested again.
    expect(
      stripe.requests.filter(({ path, params }) => path === '/v1/customers' && params.limit === '100').length,
    ).toBeLessThan(4);
    await expectSynced(context, { stripe, database });
  });

  test('corrects what was read and computed while the clock of the machine was 40 days ahead', async (context) => {
    const now = Math.floor(Date.now() / 1_000);
    const objects = createObjects({ customers: 2, months: 1 }).map((object) =>
      object.object === 'invoice' ? endPeriods(object, now + 20 * DAY_S) : object,
    );
    const stripe = await startStripe(context, objects);
    const { sync, database } = await createSyncedAccount(context, kind, stripe);
    vi.useFakeTimers({ toFake: ['Date'], now: (now + 40 * DAY_S) * 1_000 });
    context.onTestFinished(() => void vi.useRealTimers());
    await sync();
    vi.useRealTimers();
    stripe.put({ ...stripe.get('ch_1_0'), id: 'ch_1_0', object: 'charge', amount: 1, amount_captured: 1 });
    await sync();
    expect((await readAll(database)).customers).toMatchObject([
      { total_contract_value: 1, current_subscription_count: 1 },
      { current_subscription_count: 1 },
    ]);
    await expectFigures(stripe, database);
  });

  test('goes on by itself if it follows changes, and Stripe or a proxy fails at the start or later', async (context) => {
    const stripe = await startStripe(context, createObjects({ customers: 2, months: 1 }));
    const gate = { status: 200 };
    const { url } = await listenInTest(
      context,
      createServer(async ({ url: path, headers: { authorization = '' } }, response) => {
        if (gate.status !== 200) {
          response.writeHead(gate.status, { 'Content-Type': 'text/html' }).end('<html>');
          return;
        }
        const answer = await fetch(stripe.url + path, { headers: { Authorization: authorization } });
        response.writeHead(answer.status, { Date: answer.headers.get('Date') ?? '' }).end(await answer.text());
      }),
    );
    const { sync, database, messages, account } = await createSyncedAccount(context, kind, { url });
    const stop = new AbortController();
    // The first request checks the key, the second one begins the backfill.
    const starts = createCounter();
    stripe.onRequest(({ path }) => {
      if (path === '/v1/events') starts.increase();
      if (starts.count === 2) gate.status = 403;
    });
    const following = sync({ follow: true, pollMs: 20, signal: stop.signal });
    const waitFor = (pattern: RegExp) =>
      vi.waitFor(() => expect(messages.splice(0).join('\n')).toMatch(pattern), { timeout: 10_000, interval: 20 });
    await waitFor(/status 403.*the sync tries again/);
    stripe.onRequest(undefined);
    gate.status = 200;
    await waitFor(/figures computed/);

    // More often than a hint is fetched in vain.
    stripe.put({ ...stripe.get('ch_1_0'), id: 'ch_1_0', object: 'charge', amount: 1, amount_captured: 1 });
    await createStripeStore(database).addHints({ accountId: account, livemode: false }, [
      { type: 'charge', id: 'ch_1_0' },
    ]);
    gate.status = 404;
    for (let count = 0; count < 9; count += 1) await waitFor(/status 404.*the sync tries again/);
    gate.status = 200;
    await waitFor(/figures computed/);
    stop.abort();
    expect(await following).toMatchObject({ isComplete: true });
    await expectFigures(stripe, database);
  });

  test('one process syncs an account', async (context) => {
    const stripe = await startStripe(context, createObjects({ customers: 1, months: 1 }));
    const { sync, database } = await createSyncedAccount(context, kind, stripe);
    const stop = new AbortController();
    const polls = createCounter();
    stripe.onRequest(({ path, params }) => path === '/v1/events' && params.limit === '100' && polls.increase());
    const following = sync({ follow: true, pollMs: 20, leaseMs: 1_500, signal: stop.signal });
    await polls.reach(2);
    await expect(sync()).rejects.toThrow(/^Another process already syncs account 1 \(process \d+ on /);
    const takeOver = (owner: string) => database.query.updateTable('stripe_syncs').set({ owner }).execute();
    await takeOver('another-host:1:x');
    await expect(following).rejects.toThrow('This process could not renew its lease of account 1, so it stops.');
    // The process of this machine has ended.
    await takeOver(`${hostname()}:999999999:x`);
    await database.query
      .updateTable('stripe_syncs')
      .set({ owner_until: Date.now() + 600_000 })
      .execute();
    expect(await sync()).toMatchObject({ isComplete: true });
  });
});

/** Returns an invoice whose lines end at a time, in seconds since 1970. */
function endPeriods(invoice: StripeObject, end: number): StripeObject {
  const setEnd = (name: string, value: unknown) => (name === 'period' ? { ...Object(value), end } : value);
  return JSON.parse(JSON.stringify(invoice, setEnd));
}

/** Counts, and waits for a count. */
function createCounter() {
  let count = 0;
  let notify = () => {};
  return {
    get count() {
      return count;
    },
    increase: () => {
      count += 1;
      notify();
    },
    async reach(goal: number) {
      while (count < goal) await new Promise<void>((resolve) => (notify = resolve));
    },
  };
}

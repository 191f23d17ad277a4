import {
  createStripeServer,
  type StripeObject,
  type StripeServer,
  type StripeServerOptions,
} from '@firstofficer/stripe-server';
import Stripe from 'stripe';
import { expect, onTestFinished, test } from 'vitest';
import { createStripeClient, STRIPE_VERSION, type StripeClientOptions } from '../../src/stripe/client/client.ts';
import { createLimiter } from '../../src/stripe/client/limiter.ts';
import { findMissingPermissions, formatMissingPermissions } from '../../src/stripe/client/permissions.ts';
import { LISTS, readEventHint, readEvents, readObjectById, readPage } from '../../src/stripe/client/resources.ts';

const NOW = 1_790_000_000;
const KEY = 'rk_test_51SecretPartOfTheKey';

async function start(objects: readonly StripeObject[], options: StripeServerOptions = {}): Promise<StripeServer> {
  const server = await createStripeServer(objects, { now: NOW, ...options });
  onTestFinished(() => server.close());
  return server;
}

function createClient({ url }: { url: string }, options: Partial<StripeClientOptions> = {}) {
  const limiter = createLimiter({ perSecond: 10_000, perEndpoint: 10_000, concurrency: 8 });
  return createStripeClient({ key: KEY, url, limiter, backOffMs: 1, ...options });
}

function createInvoice(id: string, created: number, lines = 1): StripeObject {
  const data = Array.from({ length: lines }, (_, index) => ({
    id: `il_${id}_${index}`,
    object: 'line_item',
    amount: 100,
  }));
  return {
    id,
    object: 'invoice',
    created,
    livemode: false,
    customer: 'cus_0',
    lines: { object: 'list', data, has_more: false, url: `/v1/invoices/${id}/lines` },
  };
}

function getData(list: unknown): StripeObject[] {
  return (list as { data: StripeObject[] }).data;
}

function getList(name: string) {
  const list = LISTS.find((candidate) => candidate.name === name);
  if (!list) throw new Error(`there is no list ${name}`);
  return list;
}

test('the version of the API is that of the package stripe', () => {
  expect(STRIPE_VERSION).toBe(Stripe.API_VERSION);
});

test('each request asks for the pinned version', async () => {
  const server = await start([]);
  const client = createClient(server);
  const { body, now } = await client.get('/v1/customers', { limit: 1 });
  expect(body.object).toBe('list');
  expect(now).toBe(NOW);
  expect(client.requests).toBe(1);
  expect(client.livemode).toBe(false);
  expect(createClient(server, { key: 'rk_live_key' }).livemode).toBe(true);
  expect(server.requests).toMatchObject([{ version: STRIPE_VERSION, key: KEY, params: { limit: '1' } }]);
});

test('pages of a range follow each other, with all lines and payments', async () => {
  const payments = Array.from({ length: 12 }, (_, index) => ({
    id: `inpay_${index}`,
    object: 'invoice_payment',
    created: NOW + index,
    invoice: 'in_5',
    status: 'paid',
  }));
  const invoices = Array.from({ length: 250 }, (_, index) =>
    createInvoice(`in_${index}`, NOW + index, index === 5 ? 101 : 2),
  );
  const server = await start([...invoices, ...payments]);
  const client = createClient(server);
  const objects = [];
  let after: string | undefined;
  do {
    const selection = { from: NOW, to: NOW + 249, after };
    const page = await readPage(client, getList('invoice'), { selection });
    objects.push(...page.objects);
    after = page.next;
  } while (after !== undefined);
  expect(objects.map(({ id }) => id)).toEqual(
    invoices
      .slice(0, 249)
      .map(({ id }) => id)
      .reverse(),
  );
  const invoice = objects.find(({ id }) => id === 'in_5');
  expect(invoice?.lines).toEqual(invoices[5]?.lines);
  expect(invoice?.payments).toMatchObject({ has_more: false });
  expect(new Set(getData(invoice?.payments).map(({ id }) => id)).size).toBe(12);
  // 3 pages of invoices, 2 of lines and 1 of payments.
  expect(server.requests.map(({ path }) => path).sort()).toEqual([
    '/v1/invoice_payments',
    '/v1/invoices',
    '/v1/invoices',
    '/v1/invoices',
    '/v1/invoices/in_5/lines',
    '/v1/invoices/in_5/lines',
  ]);
});

test('all lists are accepted, with ended subscriptions, inactive prices and their further currencies', async () => {
  const currency_options = { eur: { unit_amount: 900 } };
  const server = await start([
    { id: 'sub_1', object: 'subscription', created: NOW, livemode: false, status: 'canceled' },
    { id: 'price_1', object: 'price', created: NOW, livemode: false, active: false },
    { id: 'price_2', object: 'price', created: NOW, livemode: false, active: true, currency_options },
    { id: 'ch_1', object: 'charge', created: NOW, balance_transaction: { id: 'txn_1', object: 'balance_transaction' } },
  ]);
  const client = createClient(server);
  const pages = await Promise.all(LISTS.map((list) => readPage(client, list, { selection: {} })));
  const objects = pages.flatMap((page) => page.objects);
  expect(objects.map(({ id }) => id).sort()).toEqual(['ch_1', 'price_1', 'price_2', 'sub_1']);
  expect(objects.find(({ id }) => id === 'price_2')).toMatchObject({ currency_options });
  expect(objects.find(({ id }) => id === 'ch_1')?.balance_transaction).toMatchObject({ id: 'txn_1' });
});

test('an object is read by its ID, and undefined if it was deleted or never existed', async () => {
  const customer = { id: 'cus_ä/1', object: 'customer', created: NOW, livemode: false };
  const server = await start([customer, createInvoice('in_1', NOW, 30)]);
  const client = createClient(server);
  expect((await readObjectById(client, { type: 'customer', id: 'cus_ä/1' })).object).toEqual(customer);
  const { object } = await readObjectById(client, { type: 'invoice', id: 'in_1' });
  expect(getData(object?.lines)).toHaveLength(30);
  server.delete('cus_ä/1');
  server.delete('in_1');
  expect((await readObjectById(client, { type: 'customer', id: 'cus_ä/1' })).object).toBeUndefined();
  expect((await readObjectById(client, { type: 'invoice', id: 'in_1' })).object).toBeUndefined();
  expect((await readObjectById(client, { type: 'refund', id: 're_1' })).object).toBeUndefined();
});

test('events give the object to read', async () => {
  const server = await start([]);
  server.put(createInvoice('in_1', NOW));
  server.put({ id: 'inpay_1', object: 'invoice_payment', invoice: 'in_2', status: 'paid' });
  server.put({ id: 'dp_1', object: 'dispute', charge: 'ch_1' });
  server.addEvent({ type: 'plan.updated', object: { id: 'price_1', object: 'plan' } });
  server.addEvent({ type: 'payment_intent.created', object: { id: 'pi_1', object: 'payment_intent' } });
  const { objects, next } = await readEvents(createClient(server), { selection: { from: NOW - 600 } });
  expect(objects.map(readEventHint)).toEqual([
    undefined,
    { type: 'price', id: 'price_1' },
    { type: 'dispute', id: 'dp_1' },
    { type: 'invoice', id: 'in_2' },
    { type: 'invoice', id: 'in_1' },
  ]);
  expect(next).toBeUndefined();
  for (const value of [undefined, null, 'text', {}, { data: null }, { data: { object: { object: 'invoice' } } }]) {
    expect(readEventHint(value)).toBeUndefined();
  }
  // No database can store these IDs, or find them again.
  for (const id of ['', 'cus_\0', 'cus_\ud800', 'x'.repeat(2_000), 1]) {
    expect(readEventHint({ data: { object: { object: 'customer', id } } })).toBeUndefined();
  }
});

test('all missing permissions are found together, by their names in the dashboard', async () => {
  const missing = ['rak_invoice_read', 'rak_charge_read', 'rak_balance_read', 'rak_plan_read'];
  const server = await start([], { keys: { [KEY]: { missing } } });
  const permissions = await findMissingPermissions(createClient(server));
  expect(permissions).toEqual([
    { name: 'Balance', paths: ['/v1/balance_transactions'] },
    { name: 'Charges and Refunds', paths: ['/v1/charges', '/v1/refunds'] },
    { name: 'Invoices', paths: ['/v1/invoices', '/v1/invoiceitems'] },
    { name: 'Prices', paths: ['/v1/prices'] },
  ]);
  const message = formatMissingPermissions(permissions);
  expect(message).toContain('lacks 4 permissions');
  expect(message).not.toContain('Secret');
});

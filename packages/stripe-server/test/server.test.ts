import { expect, onTestFinished, test } from 'vitest';
import { createStripeServer, type StripeObject, type StripeServer, type StripeServerOptions } from '../src/index.ts';

const NOW = 1_790_000_000;
const DAY = 86_400;

async function start(objects: readonly StripeObject[], options: StripeServerOptions = {}): Promise<StripeServer> {
  const server = await createStripeServer(objects, { now: NOW, ...options });
  onTestFinished(() => server.close());
  return server;
}

/** Sends a request. The tests read members of many types, so the body has no type. */
async function get({ url }: StripeServer, path: string, key = 'rk_test_key') {
  const response = await fetch(url + path, { headers: { Authorization: `Bearer ${key}` } });
  // biome-ignore lint/suspicious/noExplicitAny: see above
  const body: any = await response.json();
  return { status: response.status, headers: response.headers, body };
}

async function getIds(server: StripeServer, path: string): Promise<string[]> {
  const { body } = await get(server, path);
  return body.data.map(({ id }: StripeObject) => id);
}

function createCustomers(count: number): StripeObject[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `cus_${index}`,
    object: 'customer',
    // Two customers in each second.
    created: NOW - 100 + Math.floor(index / 2),
    livemode: false,
  }));
}

function createInvoice(lines: number): StripeObject {
  const data = Array.from({ length: lines }, (_, index) => ({ id: `il_${index}`, object: 'line_item', amount: 100 }));
  return {
    id: 'in_1',
    object: 'invoice',
    created: NOW,
    livemode: false,
    customer: 'cus_0',
    lines: { object: 'list', data, has_more: false, url: '/v1/invoices/in_1/lines' },
  };
}

test('a list is ordered from the newest object to the oldest', async () => {
  const server = await start(createCustomers(5));
  const { body, headers } = await get(server, '/v1/customers');
  expect(body).toMatchObject({ object: 'list', has_more: false, url: '/v1/customers' });
  expect(body.data.map(({ id }: StripeObject) => id)).toEqual(['cus_4', 'cus_3', 'cus_2', 'cus_1', 'cus_0']);
  expect(Date.parse(headers.get('Date') ?? '')).toBe(NOW * 1_000);
});

test('a page has 10 objects, or as many as the limit, but at most 100', async () => {
  const server = await start(createCustomers(150));
  expect((await get(server, '/v1/customers')).body.data).toHaveLength(10);
  expect((await get(server, '/v1/customers?limit=0')).body.data).toHaveLength(1);
  const { body } = await get(server, '/v1/customers?limit=101');
  expect(body.data).toHaveLength(100);
  expect(body.has_more).toBe(true);
});

test('cursors select the pages in both directions, also after a deletion', async () => {
  const server = await start(createCustomers(6));
  expect(await getIds(server, '/v1/customers?limit=2&starting_after=cus_4')).toEqual(['cus_3', 'cus_2']);
  const { body } = await get(server, '/v1/customers?limit=2&ending_before=cus_1');
  expect(body.data.map(({ id }: StripeObject) => id)).toEqual(['cus_3', 'cus_2']);
  expect(body.has_more).toBe(true);
  server.delete('cus_4');
  expect(await getIds(server, '/v1/customers?limit=2&starting_after=cus_4')).toEqual(['cus_3', 'cus_2']);
  expect(await getIds(server, '/v1/customers?limit=2')).toEqual(['cus_5', 'cus_3']);
  expect((await get(server, '/v1/customers/cus_4')).body).toEqual({ id: 'cus_4', object: 'customer', deleted: true });
});

test('created selects a range of seconds', async () => {
  const server = await start(createCustomers(8));
  const at = NOW - 100;
  expect(await getIds(server, `/v1/customers?created[gte]=${at + 1}&created[lt]=${at + 3}`)).toEqual([
    'cus_5',
    'cus_4',
    'cus_3',
    'cus_2',
  ]);
  expect(await getIds(server, `/v1/customers?created[gt]=${at + 1}&created[lte]=${at + 2}`)).toEqual([
    'cus_5',
    'cus_4',
  ]);
  expect(await getIds(server, `/v1/customers?created=${at}`)).toEqual(['cus_1', 'cus_0']);
  expect(await getIds(server, `/v1/customers?created[gte]=${at}&created[lt]=${at + 2}&starting_after=cus_2`)).toEqual([
    'cus_1',
    'cus_0',
  ]);
});

test.for([
  ['/v1/customers?wat=x', 400, 'Received unknown parameter: wat'],
  ['/v1/customers?created[after]=1', 400, 'Received unknown parameter: created[after]'],
  ['/v1/customers?limit=abc', 400, 'Invalid integer: abc'],
  ['/v1/customers?starting_after=cus_x', 400, "No such customer: 'cus_x'"],
  ['/v1/customers?starting_after=cus_1&ending_before=cus_0', 400, 'Received both starting_after and ending_before'],
  ['/v1/customers?expand[]=payments', 400, "may want to try expanding 'data.payments'"],
  ['/v1/customers?expand[]=data.payments', 400, 'This property cannot be expanded (payments)'],
  ['/v1/customers?expand[]=data.a.b.c.d', 400, 'more than 4 levels'],
  ['/v1/customers/cus_x', 404, "No such customer: 'cus_x'"],
  ['/v1/invoices/cus_1', 404, "No such invoice: 'cus_1'"],
  ['/v1/customers/cus_1?limit=3', 400, 'Received unknown parameter: limit'],
  ['/v1/wat', 404, 'Unrecognized request URL'],
] as const)('%s is refused', async ([path, status, message]) => {
  const server = await start(createCustomers(2));
  const response = await get(server, path);
  expect(response.body.error).toMatchObject({
    type: 'invalid_request_error',
    message: expect.stringContaining(message),
  });
  expect(response.status).toBe(status);
});

test('an invoice contains ten lines, and the others have a list of their own', async () => {
  const server = await start([createInvoice(23)]);
  const { body } = await get(server, '/v1/invoices');
  expect(body.data[0].lines).toMatchObject({ has_more: true, url: '/v1/invoices/in_1/lines' });
  expect(body.data[0].lines.data).toHaveLength(10);
  const rest = await getIds(server, '/v1/invoices/in_1/lines?limit=100&starting_after=il_9');
  expect(rest).toHaveLength(13);
  expect(rest[0]).toBe('il_10');
});

test('members are expanded only if the request asks for it', async () => {
  const payment = { id: 'inpay_1', object: 'invoice_payment', created: NOW, invoice: 'in_1', status: 'paid' };
  const transaction = { id: 'txn_1', object: 'balance_transaction', created: NOW, amount: 500 };
  const charge = { id: 'ch_1', object: 'charge', created: NOW, livemode: false, balance_transaction: transaction };
  const server = await start([createInvoice(1), payment, charge]);
  expect((await get(server, '/v1/invoices/in_1')).body.payments).toBeUndefined();
  expect((await get(server, '/v1/invoices/in_1?expand[]=payments')).body.payments.data).toEqual([payment]);
  expect((await get(server, '/v1/charges')).body.data[0].balance_transaction).toBe('txn_1');
  const { body } = await get(server, '/v1/charges?expand[]=data.balance_transaction');
  expect(body.data[0].balance_transaction).toEqual(transaction);
  expect((await get(server, '/v1/balance_transactions/txn_1')).body).toEqual(transaction);
  server.put({ ...transaction, amount: 600 });
  const changed = await get(server, '/v1/charges?expand[]=data.balance_transaction');
  expect(changed.body.data[0].balance_transaction.amount).toBe(600);
});

test('the amounts of a price in further currencies are hidden unless they are expanded', async () => {
  const currency_options = { eur: { unit_amount: 900 } };
  const server = await start([{ id: 'price_1', object: 'price', created: NOW, livemode: false, currency_options }]);
  expect((await get(server, '/v1/prices/price_1')).body.currency_options).toBeUndefined();
  expect((await get(server, '/v1/prices?expand[]=data.currency_options')).body.data[0]).toMatchObject({
    currency_options,
  });
});

test('lists leave out what Stripe leaves out', async () => {
  const server = await start(
    [
      { id: 'cus_clock', object: 'customer', created: NOW, livemode: false, test_clock: 'clock_1' },
      { id: 'cus_live', object: 'customer', created: NOW, livemode: true },
      { id: 'sub_active', object: 'subscription', created: NOW, livemode: false, status: 'active' },
      { id: 'sub_ended', object: 'subscription', created: NOW, livemode: false, status: 'canceled' },
      { id: 'price_old', object: 'price', created: NOW, livemode: false, active: false },
      { id: 'price_new', object: 'price', created: NOW, livemode: false, active: true },
      { id: 'price_inline', object: 'price', created: NOW, livemode: false, active: true },
    ],
    { unlisted: ['price_inline'] },
  );
  expect(await getIds(server, '/v1/customers')).toEqual([]);
  expect(await getIds(server, '/v1/customers?test_clock=clock_1')).toEqual(['cus_clock']);
  expect((await get(server, '/v1/customers/cus_clock')).status).toBe(200);
  expect((await get(server, '/v1/customers/cus_live')).status).toBe(404);
  expect((await get(server, '/v1/customers/cus_live', 'rk_live_key')).status).toBe(200);
  expect(await getIds(server, '/v1/subscriptions')).toEqual(['sub_active']);
  expect(await getIds(server, '/v1/subscriptions?status=all')).toEqual(['sub_ended', 'sub_active']);
  expect(await getIds(server, '/v1/prices')).toEqual(['price_new']);
  expect(await getIds(server, '/v1/prices?active=false')).toEqual(['price_old']);
  expect((await get(server, '/v1/prices/price_inline')).status).toBe(200);
});

test('changes have events, which expire after 30 days', async () => {
  const server = await start(createCustomers(1));
  server.put(createInvoice(12));
  server.put({ ...createInvoice(12), status: 'paid' });
  server.delete('cus_0');
  server.addEvent({
    id: 'evt_late',
    type: 'charge.updated',
    object: { id: 'ch_1', object: 'charge' },
    created: NOW - 60,
  });
  const { body } = await get(server, '/v1/events');
  expect(body.data.map(({ type }: { type: string }) => type)).toEqual([
    'customer.deleted',
    'invoice.paid',
    'invoice.created',
    'charge.updated',
  ]);
  // As in Stripe, an event contains ten lines, and has the version of the account.
  expect(body.data[1]).toMatchObject({ api_version: '2020-08-27', data: { object: { id: 'in_1', status: 'paid' } } });
  expect(body.data[1].data.object.lines.data).toHaveLength(10);
  expect(await getIds(server, '/v1/events?types[]=invoice.paid&types[]=charge.updated')).toEqual(['evt_2', 'evt_late']);
  server.advance(30 * DAY - 30);
  expect(await getIds(server, '/v1/events')).not.toContain('evt_late');
  expect((await get(server, '/v1/events/evt_late')).status).toBe(404);
  expect((await get(server, '/v1/events?ending_before=evt_late')).status).toBe(400);
  server.advance(60);
  expect(await getIds(server, '/v1/events')).toEqual([]);
});

test('a key needs the permission for what it lists and expands', async () => {
  const keys = { rk_test_some: { missing: ['rak_invoice_read', 'rak_balance_read'] } };
  const server = await start(createCustomers(1), { keys });
  const { status, body } = await get(server, '/v1/invoices', 'rk_test_some');
  expect(status).toBe(403);
  expect(body.error.message).toContain(
    "Having the 'rak_invoice_read' permission would allow this request to continue.",
  );
  expect((await get(server, '/v1/charges', 'rk_test_some')).status).toBe(200);
  expect((await get(server, '/v1/charges?expand[]=data.balance_transaction', 'rk_test_some')).status).toBe(403);
  expect((await get(server, '/v1/customers', 'rk_test_other')).status).toBe(401);
  expect(server.requests.map(({ status }) => status)).toEqual([403, 200, 403, 401]);
});

test('requests are recorded with their parameters', async () => {
  const server = await start([]);
  await get(server, '/v1/invoices?limit=3&created[gte]=5&expand[]=data.payments&expand[]=data.customer');
  expect(server.requests).toEqual([
    {
      path: '/v1/invoices',
      params: { limit: '3', 'created[gte]': '5', 'expand[]': 'data.payments,data.customer' },
      key: 'rk_test_key',
      version: undefined,
      status: 200,
    },
  ]);
});

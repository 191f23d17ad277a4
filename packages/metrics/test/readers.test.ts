import { expect, test } from 'vitest';
import {
  computeFigures,
  createCustomerData,
  MissingMemberError,
  readObject,
  UnknownObjectError,
} from '../src/index.ts';
import { MinimalAccount } from './minimal-account.ts';
import { toSeconds } from './time.ts';

const LINE = {
  id: 'il_1',
  amount: 1000,
  parent: { subscription_item_details: { subscription: 'sub_1', subscription_item: 'si_1' } },
  period: { start: 1, end: 2 },
  pricing: { price_details: { price: 'price_1' } },
};

/** Returns the lines of an invoice whose line has other members. */
function lineWith(members: object): object {
  return { lines: { data: [{ ...LINE, ...members }] } };
}

const OBJECTS = {
  price: { object: 'price', id: 'price_1', recurring: { interval: 'month' } },
  invoice: {
    object: 'invoice',
    id: 'in_1',
    customer: 'cus_1',
    currency: 'usd',
    status_transitions: { paid_at: 1 },
    lines: { data: [LINE] },
  },
  charge: { object: 'charge', id: 'ch_1', amount: 1, created: 1, currency: 'usd', status: 'succeeded' },
  refund: { object: 'refund', id: 're_1', charge: 'ch_1', amount: 1, created: 1 },
  credit_note: { object: 'credit_note', id: 'cn_1', invoice: 'in_1', created: 1, amount: 1 },
  dispute: {
    object: 'dispute',
    id: 'du_1',
    charge: 'ch_1',
    amount: 1,
    currency: 'usd',
    balance_transactions: [{ amount: -1, created: 1, currency: 'usd' }],
  },
  invoice_payment: { object: 'invoice_payment', id: 'inpay_1', invoice: 'in_1', payment: { payment_intent: 'pi_1' } },
  balance_transaction: { object: 'balance_transaction', id: 'txn_1', created: 1 },
  subscription: { object: 'subscription', id: 'sub_1', customer: 'cus_1' },
  customer: { object: 'customer', id: 'cus_1' },
};

function readError(value: unknown): unknown {
  try {
    readObject(value);
  } catch (error) {
    return error;
  }
  return undefined;
}

test.each(Object.entries(OBJECTS))('%s: the members that the rules need suffice', (type, object) => {
  expect(readObject(object)).toMatchObject({ type, id: object.id });
});

/** Every member of an object with its path, also inside lists. */
function listPaths(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([key, child]) => {
    const childPath = Array.isArray(value) ? `${path}[${key}]` : `${path}${path === '' ? '' : '.'}${key}`;
    return [
      ...(Array.isArray(value) ? [] : [childPath]),
      ...(typeof child === 'object' && child !== null ? listPaths(child, childPath) : []),
    ];
  });
}

function remove(value: object, path: string): object {
  const [first = '', ...rest] = path.split(/\.|(?=\[)/);
  const key = first.replace(/[[\]]/g, '');
  const entries = Object.entries(value).flatMap(([name, child]) => {
    if (name !== key) return [[name, child]];
    return rest.length === 0 ? [] : [[name, remove(child, rest.join('.').replaceAll('.[', '['))]];
  });
  return Array.isArray(value) ? entries.map(([, child]) => child) : Object.fromEntries(entries);
}

const NOT_NEEDED = new Map([
  ['invoice', ['lines.data[0].parent.subscription_item_details.subscription']],
  ['balance_transaction', []],
  ['subscription', ['customer']],
  ['customer', []],
  ['dispute', ['amount', 'currency', 'balance_transactions[0].currency']],
]);

test.each(
  Object.entries(OBJECTS).flatMap(([type, object]) =>
    listPaths(object)
      .filter((path) => path !== 'object' && !NOT_NEEDED.get(type)?.includes(path))
      .map((path) => [type, path, object] as const),
  ),
)('%s without %s is refused', (type, path, object) => {
  const error = readError(remove(object, path));
  expect(error).toBeInstanceOf(MissingMemberError);
  const { object: reported, id, member } = error as MissingMemberError;
  expect({ reported, id }).toEqual({ reported: type, id: path === 'id' ? undefined : object.id });
  // The member inside the missing one is reported, if the rules need only that.
  expect([path, member]).toSatisfy(([missing, found]) => isInside(missing, found) || isInside(found, missing));
});

/** Returns whether a path leads to a place, or to a place inside it. */
function isInside(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}

test.each([
  ['lines.data is not complete', { lines: { data: [LINE], has_more: true } }, 'lines.data is not complete'],
  ['lines.data is no list', { lines: {} }, 'lines.data is missing'],
  ['amount is a fraction', { lines: { data: [{ ...LINE, amount: 1.5 }] } }, 'lines.data[0].amount is not an integer'],
  ['amount is text', { lines: { data: [{ ...LINE, amount: '1' }] } }, 'lines.data[0].amount is not an integer'],
  ['quantity is text', { lines: { data: [{ ...LINE, quantity_decimal: 'x' }] } }, 'quantity_decimal is not a decimal'],
  [
    'paid without paid_at',
    { status: 'paid', status_transitions: { paid_at: null } },
    'status_transitions.paid_at is missing',
  ],
  [
    'quantity has 5,000 digits',
    { lines: { data: [{ ...LINE, quantity: '1'.repeat(5000) }] } },
    'quantity is not a decimal',
  ],
  [
    'period ends after the year 9999',
    { lines: { data: [{ ...LINE, period: { start: 1, end: 2 ** 53 - 1 } }] } },
    'end is not a time',
  ],
  [
    'period ends at the end of the year 9999',
    lineWith({ period: { start: 1, end: 253_402_300_800 } }),
    'end is not a time',
  ],
  ['period starts far in the past', lineWith({ period: { start: -253_402_300_800, end: 1 } }), 'start is not a time'],
  ['line is a number', { lines: { data: [1] } }, 'lines.data[0] is not an object'],
  ['line is an ID', { lines: ['il_1'] }, 'lines[0] is not an object'],
  ['customer is an object without ID', { customer: {} }, 'customer.id is missing'],
  ['customer is an object with an empty ID', { customer: { id: '' } }, 'customer.id is missing'],
  ['customer is a number', { customer: 1 }, 'customer is not text'],
  ['customer is empty', { customer: '' }, 'customer is not text'],
  ['paid without lines', { lines: null }, 'lines is missing'],
  ['line without parent', lineWith({ parent: undefined }), 'lines.data[0].parent is missing'],
  ['parent without type', lineWith({ parent: {} }), 'parent.subscription_item_details is missing'],
  [
    'parent without the details of its type',
    lineWith({ parent: { type: 'invoice_item_details', subscription_item_details: null } }),
    'parent.invoice_item_details is missing',
  ],
  ['payment without ID', { payments: { data: [{ payment: { charge: 'ch_1' } }] } }, 'payments.data[0].id is missing'],
  [
    'payment of nothing',
    { payments: { data: [{ id: 'inpay_1', payment: {} }] } },
    'payments.data[0].payment.payment_intent is missing',
  ],
  ['currency is in upper case', { currency: 'USD' }, 'currency is not a currency such as "usd"'],
  ['currency is a name that every object has', { currency: 'toString' }, 'currency is not a currency such as "usd"'],
  ['sent without a due date', { collection_method: 'send_invoice', created: 1 }, 'due_date is missing'],
  ['sent without a creation time', { collection_method: 'send_invoice', due_date: 1 }, 'created is missing'],
])('invoice: %s', (_, members, message) => {
  expect(readError({ ...OBJECTS.invoice, ...members })).toMatchObject({
    name: 'MissingMemberError',
    object: 'invoice',
    id: 'in_1',
  });
  expect(String(readError({ ...OBJECTS.invoice, ...members }))).toContain(message);
});

test.each([
  ['interval_count', { recurring: { interval: 'month', interval_count: 0 } }],
  ['interval_count', { recurring: { interval: 'year', interval_count: 1e12 } }],
  ['divide_by', { transform_quantity: { divide_by: 0, round: 'up' } }],
])('price: %s that no price can have: %j', (member, members) => {
  expect(String(readError({ ...OBJECTS.price, ...members }))).toContain(`${member} is not`);
});

test('price: the interval must be known', () => {
  expect(readError({ ...OBJECTS.price, recurring: { interval: 'hour' } })).toMatchObject({
    member: 'recurring.interval',
    message: expect.stringContaining('recurring.interval is not day, week, month or year.'),
  });
});

test.each([
  ['before its end', { period: { start: 1, end: 253_402_300_799 } }, { end: 253_402_300_799 }],
  ['without a parent', { parent: null }, { subscription: undefined, item: undefined, price: '' }],
  ['whose parent has a type of the future', { parent: { type: 'x' } }, { subscription: undefined, start: 0, end: 0 }],
])('a line %s is accepted', (_, members, expected) => {
  expect(readObject({ ...OBJECTS.invoice, ...lineWith(members) })).toMatchObject({ lines: [expected] });
});

test('an object without ID is named as such', () => {
  expect(String(readError({ object: 'charge' }))).toContain('charge without ID: id is missing.');
  expect(readError({ object: 'payout', id: 'po_1' })).toMatchObject({ name: 'UnknownObjectError' });
});

test('a refund of no charge moves no money', () => {
  const account = new MinimalAccount();
  account.charge(3000, { paid: '2026-01-01' });
  const none = { charge: null, payment_intent: null, customer: 'cus_1', currency: 'usd' };
  account.add({ object: 'refund', id: 're_1', amount: 1000, created: toSeconds('2026-01-02'), ...none });
  expect(account.at('2026-01-05')).toBe('0/0/3000');
});

test.each([
  ['null: the line belongs to none', null, '0/0/2000'],
  ['an ID', 'sub_1', '4000/1/2000'],
])('the subscription of a proration of an invoice item is %s', (_, subscription, expected) => {
  const account = new MinimalAccount();
  account.invoice([{ start: '2026-01-16T12:00', end: '2026-02-01', amount: 2000, unit: 4000, isProration: true }]);
  const invoice_item_details = { invoice_item: 'ii_1', proration: true, subscription };
  for (const line of account.listLines()) line.parent = { type: 'invoice_item_details', invoice_item_details };
  expect(account.at('2026-01-20')).toBe(expected);
});

test('the subscription of a proration of an invoice item is needed', () => {
  const line = { ...LINE, parent: { invoice_item_details: { proration: true } } };
  expect(readError({ ...OBJECTS.invoice, lines: { data: [line] } })).toMatchObject({
    member: 'lines.data[0].parent.invoice_item_details.subscription',
  });
});

test('an error names the object, its ID and the member, and what to do', () => {
  const { created: _, ...charge } = OBJECTS.charge;
  expect(readError(charge)).toMatchObject({
    message: "charge ch_1: created is missing. Pass the charge as Stripe's API returns it.",
  });
});

test('the lines of an unpaid invoice may be incomplete', () => {
  const lines = { data: [{ id: 'il_1' }], has_more: true };
  expect(readObject({ ...OBJECTS.invoice, status: 'open', status_transitions: {}, lines })).toMatchObject({
    lines: [],
  });
});

test.each([undefined, null, 1, 'customer', [], {}, { object: 1 }, { object: 'payout', id: 'po_1' }])(
  '%j is refused',
  (value) => {
    expect(readError(value)).toBeInstanceOf(UnknownObjectError);
  },
);

test('a price that the data does not contain is refused, unless its invoice is paid later', () => {
  const data = createCustomerData([readObject({ ...OBJECTS.invoice, status_transitions: { paid_at: 5 } })]).get(
    'cus_1',
  );
  expect(data).toBeDefined();
  if (data === undefined) return;
  expect(computeError(() => computeFigures(data, 4))).toBeUndefined();
  expect(computeError(() => computeFigures(data, 5))).toMatchObject({
    object: 'invoice',
    id: 'in_1',
    member: 'lines.data[0].pricing.price_details.price',
  });
});

test('objects belong to the customer of their charge or invoice', () => {
  const account = new MinimalAccount();
  const { id, charge } = account.invoice([{ start: '2026-01-01', end: '2026-02-01', amount: 3000 }]);
  account.objects.forEach((object) => {
    if (object.object === 'charge') object.customer = null;
  });
  account.refund(charge, 1000, { at: '2026-01-02' });
  account.dispute(charge, 500, [['2026-01-03', -500]]);
  account.creditNote(id, 300, { at: '2026-01-04', members: { customer: null, out_of_band_amount: 300 } });
  account.charge(7000, { paid: '2026-01-01', customer: null });
  expect(account.at('2026-01-05')).toBe('1200/1/1200');
});

test('a figure that a number cannot hold is refused', () => {
  const account = new MinimalAccount();
  for (let count = 0; count < 2; count++) account.charge(Number.MAX_SAFE_INTEGER, { paid: '2026-01-01' });
  expect(computeError(() => computeFigures(account.data(), toSeconds('2026-01-01')))).toBeInstanceOf(RangeError);
});

function computeError(compute: () => unknown): unknown {
  try {
    compute();
  } catch (error) {
    return error;
  }
  return undefined;
}

import { expect, test } from 'vitest';
import { type CustomerData, createCustomerData, readObject } from '../src/index.ts';

const INVOICE = {
  object: 'invoice',
  id: 'in_1',
  customer: 'cus_1',
  currency: 'usd',
  status: 'open',
  status_transitions: { paid_at: null },
  lines: { data: [] },
};
const CHARGE = { object: 'charge', id: 'ch_1', amount: 1, created: 1, currency: 'usd', status: 'succeeded' };
const REFUND = { object: 'refund', id: 're_1', charge: null, payment_intent: null, amount: 1, created: 1 };
const DISPUTE = { object: 'dispute', id: 'du_1', balance_transactions: [] };
const NOTE = { object: 'credit_note', id: 'cn_1', invoice: 'in_1', created: 1, amount: 1 };

function group(...objects: object[]): ReadonlyMap<string, CustomerData> {
  return createCustomerData(objects.map(readObject));
}

/** Returns the IDs of what belongs to each customer. */
function listIds(...objects: object[]): Record<string, string[]> {
  return Object.fromEntries(
    [...group(...objects)].map(([customer, { invoices, payments, charges, refunds, creditNotes, disputes }]) => [
      customer,
      [invoices, payments, charges, refunds, creditNotes, disputes].flatMap((facts) => facts.map(({ id }) => id)),
    ]),
  );
}

test('a customer without anything has empty lists', () => {
  expect(group({ object: 'customer', id: 'cus_1', currency: 'usd' }).get('cus_1')).toEqual({
    id: 'cus_1',
    currency: 'usd',
    invoices: [],
    payments: [],
    charges: [],
    refunds: [],
    creditNotes: [],
    disputes: [],
    prices: new Map(),
    balanceTransactions: new Map(),
  });
});

test('a customer is known from a subscription alone', () => {
  expect(listIds({ object: 'subscription', id: 'sub_1', customer: 'cus_1' })).toEqual({ cus_1: [] });
});

test('the payments and prices that an invoice contains belong to its customer', () => {
  const payment = { object: 'invoice_payment', id: 'inpay_1', payment: { charge: 'ch_1' } };
  const line = {
    id: 'il_1',
    amount: 1,
    parent: { subscription_item_details: { subscription: 'sub_1', subscription_item: 'si_1' } },
    period: { start: 1, end: 2 },
    pricing: { price_details: { price: { id: 'price_1', recurring: { interval: 'month' } } } },
  };
  const invoice = { ...INVOICE, status: 'paid', status_transitions: { paid_at: 1 }, payments: { data: [payment] } };
  const data = group({ ...invoice, lines: { data: [line] } }).get('cus_1');

  expect(data?.payments).toMatchObject([{ id: 'inpay_1', invoice: 'in_1', charge: 'ch_1' }]);
  expect([...(data?.prices ?? [])]).toMatchObject([['price_1', { interval: 'month' }]]);
});

test.each([
  ['charge', { charge: 'ch_1' }],
  ['PaymentIntent', { payment_intent: 'pi_1' }],
])('a refund and a dispute belong to the customer whose invoice their %s paid', (_, paid) => {
  const payment = { object: 'invoice_payment', id: 'inpay_1', invoice: 'in_1', payment: paid };

  expect(listIds({ ...DISPUTE, ...paid }, { ...REFUND, ...paid }, payment, INVOICE)).toEqual({
    cus_1: ['in_1', 'inpay_1', 're_1', 'du_1'],
  });
});

test.each([
  ['charge', { charge: 'ch_1' }],
  ['PaymentIntent', { payment_intent: 'pi_1' }],
])('a refund and a dispute belong to the customer of their %s', (_, paid) => {
  const charge = { ...CHARGE, customer: 'cus_1', payment_intent: 'pi_1' };

  expect(listIds({ ...DISPUTE, ...paid }, { ...REFUND, ...paid, customer: 'cus_2' }, charge)).toEqual({
    cus_1: ['ch_1', 're_1', 'du_1'],
  });
});

test('the charge of a PaymentIntent that paid an invoice belongs to the customer of the invoice', () => {
  const payment = { object: 'invoice_payment', id: 'inpay_1', invoice: 'in_1', payment: { payment_intent: 'pi_1' } };

  expect(listIds({ ...CHARGE, customer: null, payment_intent: 'pi_1' }, payment, INVOICE)).toEqual({
    cus_1: ['in_1', 'inpay_1', 'ch_1'],
  });
});

test('a refund of an unknown charge and a credit note of an unknown invoice belong to their own customer', () => {
  expect(listIds({ ...REFUND, customer: 'cus_1' }, { ...NOTE, customer: 'cus_2' })).toEqual({
    cus_1: ['re_1'],
    cus_2: ['cn_1'],
  });
});

test('a credit note belongs to the customer of its invoice', () => {
  expect(listIds({ ...NOTE, customer: 'cus_2' }, INVOICE)).toEqual({ cus_1: ['in_1', 'cn_1'] });
});

test('what belongs to no customer is left out, and connects nothing', () => {
  const payment = { object: 'invoice_payment', id: 'inpay_1', invoice: 'in_unknown', payment: { charge: 'ch_1' } };
  const objects = [
    { ...INVOICE, id: 'in_2', customer: null },
    { object: 'invoice_payment', id: 'inpay_2', invoice: 'in_2', payment: { payment_intent: 'pi_1' } },
    payment,
    { ...CHARGE, customer: null, payment_intent: 'pi_1' },
    { ...REFUND, charge: 'ch_1' },
    { ...DISPUTE, charge: 'ch_1', payment_intent: 'pi_1' },
    { ...NOTE, customer: null },
    { object: 'subscription', id: 'sub_1', customer: null },
  ];

  expect(listIds(...objects)).toEqual({});
});

test('of two facts with the same type and ID, the last one counts', () => {
  const [first, last] = [INVOICE, { ...INVOICE, currency: 'eur' }];

  expect(
    group(first, last)
      .get('cus_1')
      ?.invoices.map(({ currency }) => currency),
  ).toEqual(['eur']);
});

import { expect, test } from 'vitest';
import { readObject } from '../src/index.ts';

test('the facts of an account', () => {
  expect(readObject({ object: 'account', id: 'acct_1', default_currency: 'usd' })).toEqual({
    type: 'account',
    id: 'acct_1',
    defaultCurrency: 'usd',
  });
});

test('the facts of an invoice, with its lines, payments and prices', () => {
  const price = {
    id: 'price_1',
    currency: 'usd',
    recurring: { interval: 'month', interval_count: 3, usage_type: 'metered' },
    unit_amount: 500,
    transform_quantity: { divide_by: 10, round: 'up' },
    currency_options: { eur: { unit_amount: 450 }, jpy: { unit_amount: null } },
  };
  const credited_items = { invoice: 'in_0', invoice_line_items: ['il_0', {}] };
  const subscription_item_details = {
    subscription: 'sub_1',
    subscription_item: 'si_1',
    proration: true,
    proration_details: { credited_items },
  };
  const subscriptionLine = {
    id: 'il_1',
    amount: 1000,
    quantity_decimal: '2.5',
    quantity: 3,
    parent: { type: 'subscription_item_details', subscription_item_details },
    period: { start: 10, end: 20 },
    pricing: { price_details: { price }, unit_amount_decimal: '400' },
    discount_amounts: [{ amount: 30 }, { amount: 4 }],
    taxes: [
      { amount: 7, tax_behavior: 'exclusive' },
      { amount: 5, tax_behavior: 'inclusive' },
    ],
  };
  const invoice_item_details = { invoice_item: 'ii_1', proration: false, subscription: 'sub_2' };
  const itemLine = {
    id: 'il_2',
    amount: 50,
    parent: { type: 'invoice_item_details', invoice_item_details },
    pricing: { price_details: { price: { id: 'price_2', type: 'one_time' } } },
    pretax_credit_amounts: [
      { type: 'discount', amount: 2 },
      { type: 'credit_balance_transaction', amount: 1 },
    ],
  };
  const invoice = {
    object: 'invoice',
    id: 'in_1',
    customer: { id: 'cus_1' },
    currency: 'usd',
    status: 'paid',
    status_transitions: { paid_at: 100 },
    collection_method: 'send_invoice',
    created: 40,
    due_date: 90,
    amount_paid_off_stripe: 60,
    shipping_cost: { amount_total: 70 },
    amount_shipping: 80,
    lines: { data: [subscriptionLine, itemLine], has_more: false },
    payments: {
      data: [
        'inpay_0',
        {
          id: 'inpay_1',
          created: 95,
          payment: { payment_intent: 'pi_1' },
          status_transitions: { paid_at: 96 },
          amount_paid: 900,
        },
        { id: 'inpay_2', payment: { payment_record: 'pr_1' }, status_transitions: { paid_at: 97 }, amount_paid: 100 },
      ],
    },
  };

  expect(readObject(invoice)).toEqual({
    type: 'invoice',
    id: 'in_1',
    customer: 'cus_1',
    currency: 'usd',
    paidAt: 100,
    terms: 50,
    paidOffStripe: 60,
    shipping: 70,
    lines: [
      {
        id: 'il_1',
        amount: 1000,
        discounts: 34,
        taxes: 7,
        quantity: '2.5',
        subscription: 'sub_1',
        item: 'si_1',
        isProration: true,
        credits: ['il_0'],
        price: 'price_1',
        start: 10,
        end: 20,
        unitAmount: '400',
      },
      {
        id: 'il_2',
        amount: 50,
        discounts: 2,
        taxes: 0,
        quantity: 1,
        subscription: undefined,
        item: undefined,
        isProration: false,
        credits: [],
        price: '',
        start: 0,
        end: 0,
        unitAmount: undefined,
      },
    ],
    payments: [
      {
        type: 'invoice_payment',
        id: 'inpay_1',
        invoice: 'in_1',
        created: 95,
        paidAt: 96,
        amountPaid: 900,
        charge: undefined,
        paymentIntent: 'pi_1',
        isPaymentRecord: false,
      },
      {
        type: 'invoice_payment',
        id: 'inpay_2',
        invoice: 'in_1',
        created: undefined,
        paidAt: 97,
        amountPaid: 100,
        charge: undefined,
        paymentIntent: undefined,
        isPaymentRecord: true,
      },
    ],
    // The price of a line that belongs to no subscription is not needed.
    prices: [
      {
        type: 'price',
        id: 'price_1',
        interval: 'month',
        intervalCount: 3,
        isMetered: true,
        unitAmount: 500,
        unitAmounts: { usd: 500, eur: 450 },
        packages: { size: 10, isRoundedUp: true },
      },
    ],
  });
});

test.each([
  ['amount_shipping counts without shipping_cost', { amount_shipping: 80 }, { shipping: 80 }],
  ['without both, there is no shipping', {}, { shipping: 0 }],
  [
    'an invoice without subscription has no terms',
    { collection_method: 'send_invoice', due_date: 9, created: 1 },
    { terms: 0 },
  ],
])('invoice: %s', (_, members, expected) => {
  const invoice = { object: 'invoice', id: 'in_1', customer: null, currency: 'usd', lines: { data: [] } };

  expect(readObject({ ...invoice, status_transitions: { paid_at: 1 }, ...members })).toMatchObject(expected);
});

const LINE = {
  id: 'il_1',
  amount: 1,
  parent: { subscription_item_details: { subscription: 'sub_1', subscription_item: 'si_1' } },
  period: { start: 1, end: 2 },
  pricing: { price_details: { price: 'price_1' } },
};

test.each([
  [
    'has none if it is charged automatically',
    { collection_method: 'charge_automatically', due_date: 90, created: 40 },
    0,
  ],
  ['has none if its due date is null', { collection_method: 'send_invoice', due_date: null, created: 40 }, 0],
  ['has them if its collection method is unknown, but its due date is not', { due_date: 90, created: 40 }, 50],
  ['has none if both are unknown', {}, 0],
])('the terms of an invoice: it %s', (_, members, terms) => {
  const invoice = { object: 'invoice', id: 'in_1', customer: null, currency: 'usd', lines: { data: [LINE] } };

  expect(readObject({ ...invoice, status_transitions: { paid_at: 1 }, ...members })).toMatchObject({ terms });
});

test('the lines of an unpaid invoice have no prices', () => {
  const line = { ...LINE, pricing: { price_details: { price: { id: 'price_1', recurring: { interval: 'month' } } } } };
  const invoice = { object: 'invoice', id: 'in_1', customer: null, currency: 'usd', status: 'open' };

  expect(readObject({ ...invoice, lines: { data: [line] } })).toMatchObject({
    lines: [{ id: 'il_1', price: 'price_1' }],
    prices: [],
    payments: [],
  });
});

const CHARGE = { object: 'charge', id: 'ch_1', amount: 10, created: 1, currency: 'usd' };

test.each([
  ['its status decides', { status: 'failed', paid: true }, { hasSucceeded: false }],
  ['without a status, paid decides', { paid: false, captured: true }, { hasSucceeded: false }],
  ['without a status, paid charges succeeded', { paid: true }, { hasSucceeded: true }],
  ['what has captured has succeeded', { captured: true }, { hasSucceeded: true, amountCaptured: 10 }],
  ['what has a captured amount has succeeded', { amount_captured: 4 }, { hasSucceeded: true, amountCaptured: 4 }],
  [
    'what is not captured captures nothing',
    { status: 'succeeded', captured: false, amount_captured: 10 },
    { amountCaptured: 0 },
  ],
  [
    'a later failure follows a success',
    { status: 'failed', failure_balance_transaction: 'txn_1' },
    { hasSucceeded: true },
  ],
])('charge: %s', (_, members, expected) => {
  expect(readObject({ ...CHARGE, ...members })).toMatchObject(expected);
});

test('the facts of a refund', () => {
  const refund = {
    object: 'refund',
    id: 're_1',
    charge: 'ch_1',
    payment_intent: { id: 'pi_1' },
    customer: 'cus_1',
    currency: 'usd',
    created: 1,
    amount: 2,
    status: 'failed',
    reason: 'expired_uncaptured_charge',
    balance_transaction: 'txn_1',
    failure_balance_transaction: { id: 'txn_2', created: 3, amount: 2, currency: 'usd' },
  };

  expect(readObject(refund)).toEqual({
    type: 'refund',
    id: 're_1',
    customer: 'cus_1',
    currency: 'usd',
    created: 1,
    amount: 2,
    charge: 'ch_1',
    paymentIntent: 'pi_1',
    isCanceled: false,
    isFailed: true,
    isExpiredAuthorization: true,
    hasBalanceTransaction: true,
    failureBalanceTransaction: { type: 'balance_transaction', id: 'txn_2', created: 3, amount: 2, currency: 'usd' },
  });
});

test('the facts of a credit note', () => {
  const note = {
    object: 'credit_note',
    id: 'cn_1',
    customer: 'cus_1',
    invoice: 'in_1',
    currency: 'usd',
    created: 1,
    voided_at: 2,
    out_of_band_amount: 3,
    amount: 100,
    lines: {
      data: [
        {
          invoice_line_item: 'il_1',
          amount: 90,
          discount_amount: 5,
          taxes: [{ amount: 2, tax_behavior: 'exclusive' }],
        },
      ],
    },
    refunds: [{ refund: 're_1', amount_refunded: 40 }, { amount_refunded: 7 }],
  };

  expect(readObject(note)).toEqual({
    type: 'credit_note',
    id: 'cn_1',
    customer: 'cus_1',
    invoice: 'in_1',
    currency: 'usd',
    created: 1,
    voidedAt: 2,
    outOfBand: 3,
    lines: [{ invoiceLine: 'il_1', net: 87 }],
    refunds: [{ refund: 're_1', amount: 40 }],
  });
  expect(readObject({ ...note, lines: { data: [] }, shipping_cost: { amount_total: 15 } })).toMatchObject({
    lines: [{ invoiceLine: undefined, net: 85 }],
  });
});

test('the facts of a dispute', () => {
  const transaction = { id: 'txn_2', created: 3, amount: -5, currency: 'usd' };
  const dispute = { object: 'dispute', id: 'du_1', charge: 'ch_1', payment_intent: 'pi_1', currency: 'usd', amount: 5 };

  expect(readObject({ ...dispute, balance_transactions: ['txn_1', transaction] })).toEqual({
    type: 'dispute',
    id: 'du_1',
    charge: 'ch_1',
    paymentIntent: 'pi_1',
    currency: 'usd',
    amount: 5,
    balanceTransactions: ['txn_1', { type: 'balance_transaction', ...transaction }],
  });
});

test('the facts of an InvoicePayment', () => {
  const payment = {
    object: 'invoice_payment',
    id: 'inpay_1',
    invoice: 'in_1',
    created: 1,
    status_transitions: { paid_at: null },
    payment: { charge: 'ch_1', payment_intent: 'pi_1' },
  };

  expect(readObject(payment)).toEqual({
    type: 'invoice_payment',
    id: 'inpay_1',
    invoice: 'in_1',
    created: 1,
    paidAt: undefined,
    amountPaid: 0,
    charge: 'ch_1',
    paymentIntent: 'pi_1',
    isPaymentRecord: false,
  });
  const recorded = { ...payment, payment: { payment_record: 'pr_1' } };
  expect(readObject(recorded)).toMatchObject({ isPaymentRecord: true, amountPaid: 0 });
  expect(() => readObject({ ...recorded, status_transitions: { paid_at: 2 } })).toThrow('amount_paid is missing');
});

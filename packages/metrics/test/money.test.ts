import { expect, test } from 'vitest';
import { explain } from '../src/index.ts';
import { MinimalAccount } from './minimal-account.ts';
import { toSeconds } from './time.ts';

const JANUARY = { start: '2026-01-01', end: '2026-02-01' };

test('a credit note without a currency has the currency of its invoice', () => {
  const account = new MinimalAccount();
  const { id } = account.invoice([{ ...JANUARY, amount: 3000 }]);
  account.creditNote(id, 100, { at: '2026-01-04', members: { currency: null, out_of_band_amount: 100 } });

  expect(account.at('2026-01-05')).toMatch(/\/2900$/);
});

test('a refund of an unknown charge counts in its own currency', () => {
  const account = new MinimalAccount();
  account.charge(3000, { paid: '2026-01-01' });
  account.refund('ch_unknown', 500, { at: '2026-01-02', members: { customer: 'cus_1' } });

  expect(account.at('2026-01-05')).toBe('0/0/2500');
});

test('a refund without a currency has the currency of its charge', () => {
  const account = new MinimalAccount();
  const charge = account.charge(3000, { paid: '2026-01-01', currency: 'eur' });
  account.refund(charge, 500, { at: '2026-01-02', members: { currency: null } });

  expect(account.at('2026-01-05', 'eur')).toBe('0/0/2500');
});

test('a refund without any currency is refused', () => {
  const account = new MinimalAccount();
  const id = account.refund('ch_unknown', 500, { at: '2026-01-02', members: { currency: null, customer: 'cus_1' } });

  expect(() => account.at('2026-01-05')).toThrow(expect.objectContaining({ object: 'refund', id, member: 'currency' }));
});

test('a credit note without any currency is refused', () => {
  const account = new MinimalAccount();
  const id = account.creditNote('in_unknown', 100, {
    at: '2026-01-04',
    members: { currency: null, out_of_band_amount: 100 },
  });

  expect(() => account.at('2026-01-05')).toThrow(
    expect.objectContaining({ object: 'credit_note', id, member: 'currency' }),
  );
});

test('a dispute without a currency has the currency of its charge, and is refused without it', () => {
  const account = new MinimalAccount();
  const charge = account.charge(3000, { paid: '2026-01-01', currency: 'eur' });
  const id = account.dispute(charge, 100, [['2026-01-02', -100]]);
  for (const object of account.objects) if (object.object === 'dispute') object.currency = null;
  for (const { balance_transactions } of account.listDisputes()) {
    for (const transaction of balance_transactions) transaction.currency = null;
  }
  expect(account.at('2026-01-05', 'eur')).toBe('0/0/2900');

  const invoice = { object: 'invoice', id: 'in_1', customer: 'cus_1', currency: 'eur', status: 'open', lines: null };
  account.add(invoice);
  account.add({ object: 'invoice_payment', id: 'inpay_1', invoice: 'in_1', payment: { charge } });
  account.objects.splice(
    account.objects.findIndex((object) => object.id === charge),
    1,
  );
  expect(() => account.at('2026-01-05', 'eur')).toThrow(
    expect.objectContaining({ object: 'dispute', id, member: 'currency' }),
  );
});

test.each([[[-100, 100]], [[100, -100]]])(
  'what a dispute moves at the same time is sorted by the amount: %j',
  (amounts) => {
    const account = new MinimalAccount();
    const charge = account.charge(3000, { paid: '2026-01-01' });
    account.dispute(
      charge,
      100,
      amounts.map((amount) => ['2026-01-02', amount] as const),
    );
    const [usd] = explain(account.data(), toSeconds('2026-01-05')).currencies;

    expect(usd?.payments.map(({ amount }) => amount)).toEqual([3000, -100, 100]);
  },
);

test('a balance transaction that the data does not contain is refused', () => {
  const account = new MinimalAccount();
  const charge = account.charge(3000, { paid: '2026-01-01' });
  account.add({ object: 'dispute', id: 'du_1', charge, amount: 1, currency: 'usd', balance_transactions: ['txn_1'] });

  expect(() => account.at('2026-01-05')).toThrow(
    'dispute du_1: balance_transactions[0] refers to a balance transaction that the data does not contain. Add it.',
  );
});

test('each movement of money has its rule, its object, its time and its reason', () => {
  const account = new MinimalAccount();
  const [created, later] = ['2026-01-02', '2026-01-03'].map(toSeconds);
  const { id: invoice } = account.invoice([{ ...JANUARY, amount: 900 }], { charged: 0, offStripe: 900 });
  account.payment(invoice, 300, { at: '2026-01-02', payment: { type: 'payment_record', payment_record: 'pr_1' } });
  const plain = account.charge(10, { paid: '2026-01-02' });
  const transaction = account.balanceTransaction(20, later ?? 0);
  const settled = account.charge(20, { paid: '2026-01-02', members: { balance_transaction: transaction } });
  const failed = account.charge(30, { paid: '2026-01-02', members: { failure_balance_transaction: transaction } });
  const refund = account.refund(plain, 5, {
    at: '2026-01-02',
    status: 'failed',
    members: { failure_balance_transaction: transaction },
  });
  const note = account.creditNote(invoice, 7, { at: '2026-01-03', members: { out_of_band_amount: 7 } });
  const payment = account.objects.find(({ object }) => object === 'invoice_payment')?.id;
  const movements = explain(account.data(), toSeconds('2026-01-05')).currencies.flatMap(({ payments }) => payments);
  const rule = 'contract-value';

  expect(movements.map(({ currency: _, ...movement }) => movement)).toEqual(
    expect.arrayContaining([
      { rule, type: 'invoice', id: invoice, at: toSeconds('2026-01-01'), amount: 600, reason: 'paid outside Stripe' },
      {
        rule,
        type: 'invoice_payment',
        id: payment,
        at: created,
        amount: 300,
        reason: 'recorded payment outside Stripe',
      },
      { rule, type: 'charge', id: plain, at: created, amount: 10, reason: 'captured; time: created of the charge' },
      {
        rule,
        type: 'charge',
        id: settled,
        at: later,
        amount: 20,
        reason: 'captured; time: created of the balance transaction',
      },
      { rule, type: 'charge', id: failed, at: later, amount: -30, reason: 'the payment failed afterwards' },
      { rule, type: 'refund', id: refund, at: created, amount: -5, reason: 'refunded' },
      { rule, type: 'refund', id: refund, at: later, amount: 5, reason: 'the refund failed' },
      { rule, type: 'credit_note', id: note, at: later, amount: -7, reason: 'given back outside Stripe' },
    ]),
  );
  expect(movements).toHaveLength(9);
});

import { expect, test } from 'vitest';
import { type CurrencyExplanation, explain, type LineExplanation } from '../src/index.ts';
import { MinimalAccount } from './minimal-account.ts';
import { toSeconds } from './time.ts';

const JANUARY = { start: '2026-01-01', end: '2026-02-01' };
const YEAR = { start: '2026-01-01', end: '2027-01-01', interval: 'year' } as const;
const MIDDLE = { start: '2026-01-16T12:00', end: '2026-02-01' };

function explainCurrency(account: MinimalAccount, at: string): CurrencyExplanation {
  const [first] = explain(account.data(), toSeconds(at)).currencies;
  if (first === undefined) throw new Error('There is nothing to explain.');
  return first;
}

function summarize(lines: readonly LineExplanation[]): Record<string, string> {
  return Object.fromEntries(lines.map(({ line, rule, reason }) => [line, `${rule}: ${reason}`]));
}

test('each line has the rule and the reason why it counts or not', () => {
  const account = new MinimalAccount();
  account.invoice([
    { ...JANUARY, amount: 3000, id: 'il_january' },
    { ...JANUARY, amount: 500, item: 'si_2', isMetered: true, id: 'il_metered' },
    { amount: 9900, item: null, subscription: null, id: 'il_fee' },
  ]);
  account.invoice([{ start: '2026-02-01', end: '2026-03-01', amount: 3000, id: 'il_february' }]);
  account.invoice([{ start: '2026-04-01', end: '2026-05-01', amount: 3000, id: 'il_advance' }], { paid: '2026-01-01' });
  account.invoice([{ start: '2026-03-01', end: '2026-04-01', amount: 3000, id: 'il_unpaid' }], { paid: undefined });
  account.invoice([{ start: '2026-03-01', end: '2026-04-01', amount: 3000, id: 'il_later' }]);
  account.invoice([{ ...YEAR, amount: 0, item: 'si_3', id: 'il_trial' }]);
  const refunded = account.invoice([
    { ...YEAR, amount: 12000, item: 'si_4', subscription: 'sub_4', id: 'il_refunded' },
  ]);
  const refund = account.refund(refunded.charge, 12000, { at: '2026-02-01' });
  account.invoice([{ ...MIDDLE, amount: 100, item: 'si_5', isProration: true, id: 'il_late' }], { paid: '2026-02-02' });
  account.invoice([{ ...JANUARY, amount: 100, item: 'si_6', subscription: 'sub_6', id: 'il_expired' }]);
  account.invoice([{ ...JANUARY, amount: 100, item: 'si_7', id: 'il_dropped' }]);

  expect(summarize(explainCurrency(account, '2026-02-10').lines)).toEqual({
    il_february: 'in-force: paid, and in its period',
    il_january: 'billing-period: the item has a newer billing period',
    il_metered: 'mrr-lines: metered price',
    il_fee: 'mrr-lines: the line does not belong to a subscription',
    il_advance: 'in-force: the period has not begun',
    il_unpaid: 'mrr-lines: the invoice is not paid',
    il_later: 'mrr-lines: the invoice is not paid',
    il_trial: 'line-end: the net is 0, as in a trial or with a discount of 100 %',
    il_refunded: `line-end: ended by ${refund}`,
    il_late: 'in-force: paid after the end of its period',
    il_expired: 'grace: the period and its grace are over',
    il_dropped: 'grace: the period and its grace are over',
  });
  expect(summarize(explainCurrency(account, '2026-03-01T12:00').lines).il_later).toBe(
    'in-force: paid, and in its period',
  );
  expect(summarize(explainCurrency(account, '2026-02-01T12:00').lines)).toMatchObject({
    il_expired: 'grace: in the grace after its period, until 2026-02-02T00:00:00Z',
    il_dropped: 'grace: the subscription was renewed without this item',
  });
});

test('the rate of a line is explained from its net, its reductions, the factor and the ratio', () => {
  const account = new MinimalAccount();
  account.invoice([{ ...JANUARY, amount: 3000, unit: 3000, id: 'il_old' }]);
  const { id, charge } = account.invoice([
    { ...MIDDLE, amount: -1500, unit: 3000, isProration: true, id: 'il_credit' },
    { ...MIDDLE, amount: 2000, unit: 4000, isProration: true, discount: 100, tax: 50, id: 'il_debit' },
  ]);
  const refund = account.refund(charge, 45, { at: '2026-01-20' });
  const { lines, subscriptions, mrr, reductions, figures } = explainCurrency(account, '2026-01-25');

  expect(lines.find(({ line }) => line === 'il_debit')).toMatchObject({
    invoice: id,
    subscription: 'sub_1',
    item: 'si_1',
    isProration: true,
    paidAt: toSeconds('2026-01-16T12:00'),
    period: { start: toSeconds('2026-01-16T12:00'), end: toSeconds('2026-02-01') },
    isInForce: true,
    amount: 2000,
    discounts: 100,
    taxes: 50,
    net: 1950,
    rate: { ratioFrom: 'list price' },
  });
  const rate = lines.find(({ line }) => line === 'il_debit')?.rate;
  // 45 × 1950 ÷ (1950 − 1500) = 195, so the rate is (1950 − 195) × 4000 ÷ 2000.
  expect(rate?.reductions.map(({ share, ...reduction }) => ({ ...reduction, share: String(share) }))).toEqual([
    { rule: 'refunds', type: 'refund', id: refund, at: toSeconds('2026-01-20'), share: '195' },
  ]);
  expect([rate?.effectiveNet, rate?.factor, rate?.ratio, rate?.rate].map(String)).toEqual(['1755', '1', '2', '3510']);
  expect(reductions).toMatchObject([{ type: 'refund', id: refund, invoice: id, target: 'all lines, by their net' }]);
  // 3000 − (1500 − 150) × 2 + 3510
  expect(subscriptions.map(({ subscription, rate }) => [subscription, String(rate)])).toEqual([['sub_1', '3810']]);
  expect([String(mrr), figures.current_mrr]).toEqual(['3810', 3810]);
});

test('the money is listed with the place of its time, and what never counts with the reason', () => {
  const account = new MinimalAccount();
  const { id, charge } = account.invoice([{ ...JANUARY, amount: 3000 }], { offStripe: 1000 });
  const unknown = account.charge(700, { paid: '2026-01-02', members: { balance_transaction: 'txn_unknown' } });
  const failed = account.charge(600, { paid: '2026-01-02', members: { status: 'failed' } });
  const released = account.charge(500, { paid: '2026-01-02', members: { captured: false } });
  const refund = account.refund(charge, 400, { at: '2026-01-03' });
  const canceled = account.refund(charge, 300, { at: '2026-01-03', status: 'canceled' });
  const late = account.refund(charge, 200, { at: '2026-01-03', status: 'failed' });
  const dispute = account.dispute(charge, 100, [
    ['2026-01-04', -100],
    ['2026-01-05', 100],
  ]);
  const { payments, uncounted, figures } = explainCurrency(account, '2026-01-31');
  const summaries = payments.map(({ type, id, amount, reason }) => `${type} ${id} ${amount}: ${reason}`);

  expect(summaries.sort()).toEqual(
    [
      `charge ${charge} 2000: captured; time: paid_at of the InvoicePayment`,
      `invoice ${id} 1000: paid outside Stripe`,
      `charge ${unknown} 700: captured; time: created of the charge, because its balance transaction is unknown`,
      `refund ${refund} -400: refunded`,
      `dispute ${dispute} -100: withdrawn by a dispute`,
      `dispute ${dispute} 100: given back after a dispute`,
    ].sort(),
  );
  expect(figures.total_contract_value).toBe(3300);
  expect(Object.fromEntries(uncounted.map((payment) => [payment.id, payment.reason]))).toEqual({
    [failed]: 'the charge did not succeed',
    [released]: 'nothing was captured',
    [canceled]: 'the refund was canceled',
    [late]: 'the refund failed, and the data does not say when',
  });
});

test('reductions that reduce only some lines say so', () => {
  const account = new MinimalAccount();
  const { id, charge, lines } = account.invoice([
    { ...JANUARY, amount: 3000 },
    { amount: 900, item: null, subscription: null },
  ]);
  account.refund(charge, 900, { at: '2026-01-03' });
  const line = { invoice_line_item: lines[0], amount: 100 };
  account.creditNote(id, 100, { at: '2026-01-04', lines: [line] });
  expect(explainCurrency(account, '2026-01-05').reductions.map(({ target }) => target)).toEqual([
    'the lines that are not MRR lines',
    `line ${lines[0]}`,
  ]);
});

test('the currency shown is explained', () => {
  const account = new MinimalAccount();
  const shown = (at: string) => explain(account.data(), toSeconds(at)).shown;
  account.add({ object: 'customer', id: 'cus_1' });
  expect(shown('2026-01-01')).toBeUndefined();
  account.add({ object: 'customer', id: 'cus_1', currency: 'jpy' });
  expect(shown('2026-01-01')).toEqual({ currency: 'jpy', from: 'customer' });
  account.charge(100, { paid: '2026-01-05', currency: 'gbp' });
  account.charge(100, { paid: '2026-01-04', currency: 'chf' });
  expect(shown('2026-01-05')).toEqual({ currency: 'gbp', from: 'last charge' });
  account.invoice([{ ...JANUARY, amount: 0 }], { currency: 'eur' });
  account.invoice([{ ...YEAR, start: '2025-12-31', amount: 0, item: 'si_2' }], { currency: 'usd', paid: '2026-01-01' });
  expect(shown('2026-01-06')).toEqual({ currency: 'eur', from: 'last paid subscription line' });
});

test('each currency has its own parts, which are sorted whatever the order of the objects', () => {
  const account = new MinimalAccount();
  const december = { start: '2025-12-01', end: '2026-01-01' };
  const euros = account.invoice([{ ...JANUARY, amount: 700, subscription: 'sub_4', item: 'si_4', id: 'il_euro' }], {
    currency: 'eur',
  });
  account.invoice([{ ...december, amount: 100, item: 'si_5', id: 'il_late' }], { paid: '2025-12-05' });
  account.invoice([{ ...december, amount: 100, item: 'si_6', id: 'il_early' }]);
  const first = account.invoice([
    { ...JANUARY, amount: 200, subscription: 'sub_2', item: 'si_2', id: 'il_y' },
    { ...JANUARY, amount: 300, id: 'il_x' },
  ]);
  const second = account.invoice([{ ...JANUARY, amount: 400, item: 'si_3', id: 'il_w' }]);
  account.invoice([{ ...JANUARY, amount: 500, id: 'il_unpaid' }], { paid: undefined });
  const refunds = [
    account.refund(first.charge, 10, { at: '2026-01-05' }),
    account.refund(second.charge, 20, { at: '2026-01-05' }),
    account.refund(second.charge, 30, { at: '2026-01-04' }),
  ];
  const euroRefund = account.refund(euros.charge, 40, { at: '2026-01-03', currency: 'eur' });
  const failed = { status: 'failed' };
  const uncounted = [
    account.charge(1, { paid: '2026-01-09', members: failed }),
    account.charge(2, { paid: '2026-01-10', members: failed }),
    account.charge(3, { paid: '2026-01-10', members: failed }),
    account.refund(first.charge, 4, { at: '2026-01-08', status: 'canceled', members: { currency: null } }),
  ];
  const euroCharge = account.charge(5, { paid: '2026-01-02', currency: 'eur', members: failed });
  account.charge(6, { paid: '2026-01-11', members: failed });
  account.refund('ch_unknown', 7, {
    at: '2026-01-08',
    status: 'canceled',
    members: { currency: null, customer: 'cus_1' },
  });

  const at = toSeconds('2026-01-10');
  const { currencies } = explain(account.data(), at);
  const [eur, usd] = currencies;

  expect(currencies.map(({ currency }) => currency)).toEqual(['eur', 'usd']);
  expect(usd?.lines.map(({ line }) => line)).toEqual(['il_x', 'il_y', 'il_w', 'il_unpaid', 'il_early', 'il_late']);
  expect(usd?.subscriptions.map(({ subscription }) => subscription)).toEqual(['sub_1', 'sub_2']);
  expect(usd?.reductions.map(({ id }) => id)).toEqual([refunds[2], refunds[0], refunds[1]]);
  expect(usd?.payments.map(({ amount }) => amount)).toEqual([100, 100, 500, 400, -30, -10, -20]);
  expect(usd?.uncounted.map(({ id }) => id)).toEqual([uncounted[3], uncounted[0], uncounted[1], uncounted[2]]);
  expect(usd?.uncounted.map(({ rule, type, amount }) => [rule, type, amount])).toEqual([
    ['refunds', 'refund', 4],
    ['contract-value', 'charge', 1],
    ['contract-value', 'charge', 2],
    ['contract-value', 'charge', 3],
  ]);
  expect(eur?.lines.map(({ line }) => line)).toEqual(['il_euro']);
  expect(eur?.reductions.map(({ id }) => id)).toEqual([euroRefund]);
  expect(eur?.payments.map(({ amount }) => amount)).toEqual([700, -40]);
  expect(eur?.uncounted.map(({ id }) => id)).toEqual([euroCharge]);
  account.objects.reverse();
  expect(explain(account.data(), at).currencies).toEqual(currencies);
});

test('the reasons change at the second when a period begins, ends, and when its grace ends', () => {
  const account = new MinimalAccount();
  account.invoice([{ ...JANUARY, amount: 3000, id: 'il_1' }], { paid: '2025-12-20' });
  account.invoice([{ ...JANUARY, amount: 100, item: 'si_2', id: 'il_2' }], { paid: '2025-12-20' });
  account.invoice([{ start: '2026-02-01', end: '2026-03-01', amount: 100, id: 'il_3' }]);
  const reasonAt = (at: number) => summarize(explain(account.data(), at).currencies.flatMap(({ lines }) => lines));

  expect(reasonAt(toSeconds('2026-01-01') - 1).il_1).toBe('in-force: the period has not begun');
  expect(reasonAt(toSeconds('2026-01-01')).il_1).toBe('in-force: paid, and in its period');
  expect(reasonAt(toSeconds('2026-02-01') - 1).il_2).toBe('in-force: paid, and in its period');
  expect(reasonAt(toSeconds('2026-02-01')).il_2).toBe('grace: the subscription was renewed without this item');
  expect(reasonAt(toSeconds('2026-02-02') - 1).il_2).toBe('grace: the subscription was renewed without this item');
  expect(reasonAt(toSeconds('2026-02-02')).il_2).toBe('grace: the period and its grace are over');
  expect(reasonAt(toSeconds('2026-03-01')).il_3).toContain('grace: in the grace after its period, until 2026-03-02');
});

test('a line without a price has none in its explanation, and no period without a subscription', () => {
  const account = new MinimalAccount();
  account.invoice([
    { ...JANUARY, amount: 3000, id: 'il_1' },
    { amount: 900, item: null, subscription: null, id: 'il_2' },
  ]);
  const lines = new Map(explainCurrency(account, '2026-01-05').lines.map((line) => [line.line, line]));

  expect(lines.get('il_1')).toMatchObject({ price: expect.stringContaining('price_'), period: expect.anything() });
  expect(lines.get('il_2')).toMatchObject({ price: undefined, period: undefined, isInForce: false });
});

test('a line ended by several reductions names each once', () => {
  const account = new MinimalAccount();
  const { charge } = account.invoice([{ ...YEAR, amount: 12000, id: 'il_1' }]);
  const refunds = [
    account.refund(charge, 5000, { at: '2026-02-01' }),
    account.refund(charge, 7000, { at: '2026-02-02' }),
  ];

  expect(summarize(explainCurrency(account, '2026-02-10').lines).il_1).toBe(`line-end: ended by ${refunds.join(', ')}`);
});

test('a charge that failed later, at an unknown time, does not count', () => {
  const account = new MinimalAccount();
  account.charge(700, { paid: '2026-01-02', members: { failure_balance_transaction: 'txn_unknown' } });

  expect(explainCurrency(account, '2026-01-05').uncounted).toMatchObject([
    { reason: 'the charge failed, and the data does not say when' },
  ]);
});

test('a reduction is listed only with the lines that it reduces', () => {
  const account = new MinimalAccount();
  const { id, lines } = account.invoice([
    { ...JANUARY, amount: 3000 },
    { ...JANUARY, amount: 900, item: 'si_2' },
  ]);
  account.creditNote(id, 100, { at: '2026-01-04', lines: [{ invoice_line_item: lines[0], amount: 100 }] });
  const explained = explainCurrency(account, '2026-01-05').lines;

  expect(explained.map(({ line, rate }) => [line, rate?.reductions.length])).toEqual([
    [lines[0], 1],
    [lines[1], 0],
  ]);
});

test('if the nets of an invoice add up to 0 or less, a refund reduces the lines above 0', () => {
  const account = new MinimalAccount();
  const { charge } = account.invoice(
    [
      { ...MIDDLE, amount: -1500, unit: 3000, isProration: true },
      { ...MIDDLE, amount: 1500, unit: 3000, item: 'si_2', isProration: true },
    ],
    { charged: 500 },
  );
  account.refund(charge, 100, { at: '2026-01-20' });

  expect(explainCurrency(account, '2026-01-21').reductions).toMatchObject([{ target: 'all lines with a net above 0' }]);
});

test('a line whose price is not recurring says so', () => {
  const account = new MinimalAccount();
  account.invoice([{ ...JANUARY, amount: 3000, id: 'il_1' }]);
  for (const object of account.objects) {
    if (object.object === 'price') Object.assign(object, { type: 'one_time', recurring: null });
  }

  expect(summarize(explainCurrency(account, '2026-01-05').lines).il_1).toBe('mrr-lines: the price is not recurring');
});

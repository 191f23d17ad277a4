import { expect, test } from 'vitest';
import { MinimalAccount } from './minimal-account.ts';
import { toSeconds } from './time.ts';

const JANUARY = { start: '2026-01-01', end: '2026-02-01' };
const FEBRUARY = { start: '2026-02-01', end: '2026-03-01' };
const YEAR = { start: '2026-01-01', end: '2027-01-01', interval: 'year' } as const;
const MIDDLE = { start: '2026-01-16T12:00', end: '2026-02-01' };

type Case = [
  name: string,
  build: (account: MinimalAccount) => void,
  expected: Record<string, string>,
  currency?: string,
];

const PUBLISHED: Case[] = [
  [
    'monthly',
    (a) => a.invoice([{ ...JANUARY, amount: 10000 }]),
    { '2025-12-31': '0/0/0', '2026-01-15': '10000/1/10000', '2026-02-03': '0/0/10000' },
  ],
  ['annual', (a) => a.invoice([{ ...YEAR, amount: 120000 }]), { '2026-02-01': '10000/1/120000' }],
  [
    'trial, then a coupon of 50 % once',
    (a) => {
      a.invoice([{ start: '2026-01-01', end: '2026-01-15', amount: 0 }]);
      a.invoice([{ start: '2026-01-15', end: '2026-02-15', amount: 5000, discount: 2500 }]);
      a.invoice([{ start: '2026-02-15', end: '2026-03-15', amount: 5000 }]);
    },
    { '2026-01-10': '0/0/0', '2026-01-20': '2500/1/2500', '2026-02-20': '5000/1/7500' },
  ],
  [
    '5 seats, then 3 by a credit invoice',
    (a) => {
      a.invoice([{ ...JANUARY, amount: 5000, unit: 1000, quantity: 5 }]);
      a.invoice([
        { ...MIDDLE, amount: -2500, unit: 1000, quantity: 5, isProration: true },
        { ...MIDDLE, amount: 1500, unit: 1000, quantity: 3, isProration: true },
      ]);
    },
    { '2026-01-10': '5000/1/5000', '2026-01-20': '3000/1/5000', '2026-02-01T05:00': '3000/1/5000' },
  ],
  [
    'upgrade in mid-period, then a refund',
    (a) => {
      a.invoice([{ ...JANUARY, amount: 3000, unit: 3000 }]);
      const { charge } = a.invoice([
        { ...MIDDLE, amount: -1500, unit: 3000, isProration: true },
        { ...MIDDLE, amount: 2000, unit: 4000, isProration: true },
      ]);
      a.refund(charge, 100, { at: '2026-01-25' });
    },
    { '2026-01-20': '4000/1/3500', '2026-01-26': '3800/1/3400' },
  ],
  [
    'net-30 payer',
    (a) =>
      a.invoice([{ ...JANUARY, amount: 5000 }], {
        paid: '2026-01-20',
        sent: { created: '2026-01-01', due: '2026-01-31' },
      }),
    { '2026-01-10': '0/0/0', '2026-02-20': '5000/1/5000', '2026-03-04': '0/0/5000' },
  ],
  [
    'goodwill refund in the last month',
    (a) => a.refund(a.invoice([{ ...YEAR, amount: 120000 }]).charge, 500, { at: '2026-12-15' }),
    { '2026-12-20': '9958/1/119500' },
  ],
  [
    'annual refunded in full',
    (a) => a.refund(a.invoice([{ ...YEAR, amount: 120000 }]).charge, 120000, { at: '2026-03-01' }),
    { '2026-02-20': '10000/1/120000', '2026-03-01': '0/0/0' },
  ],
  [
    'half of a half-year refunded half-way',
    (a) =>
      a.refund(a.invoice([{ start: '2026-01-01', end: '2026-07-01', count: 6, amount: 60000 }]).charge, 30000, {
        at: '2026-04-01T12:00',
      }),
    { '2026-04-01': '10000/1/60000', '2026-04-02': '0/0/30000' },
  ],
  [
    'dispute lost and won',
    (a) =>
      a.dispute(a.invoice([{ ...YEAR, amount: 120000 }]).charge, 120000, [
        ['2026-01-20', -120000],
        ['2026-02-10', 120000],
      ]),
    { '2026-01-19': '10000/1/120000', '2026-01-20': '0/0/0', '2026-02-10': '10000/1/120000' },
  ],
  [
    'first stub',
    (a) => a.invoice([{ start: '2026-01-20', end: '2026-02-01', amount: 3871, unit: 10000, isProration: true }]),
    { '2026-01-25': '10000/1/3871' },
  ],
  [
    'set-up fee refunded',
    (a) => {
      const { charge } = a.invoice([
        { ...JANUARY, amount: 5000 },
        { amount: 9900, item: null, subscription: null },
      ]);
      a.refund(charge, 9900, { at: '2026-01-10' });
    },
    { '2026-01-15': '5000/1/5000' },
  ],
  [
    'authorised on the 5th, captured on the 9th',
    (a) => {
      const balance_transaction = {
        object: 'balance_transaction',
        id: 'txn_1',
        created: toSeconds('2026-01-09'),
      };
      a.charge(7000, { paid: '2026-01-05', members: { balance_transaction } });
    },
    { '2026-01-08': '0/0/0', '2026-01-09': '0/0/7000' },
  ],
  ['paid from balance', (a) => a.invoice([{ ...JANUARY, amount: 5000 }], { charged: 0 }), { '2026-01-15': '5000/1/0' }],
  [
    'licensed and metered',
    (a) =>
      a.invoice([
        { ...JANUARY, amount: 5000 },
        { ...JANUARY, amount: 2345, item: 'si_2', isMetered: true },
      ]),
    { '2026-01-15': '5000/1/7345' },
  ],
  [
    'three years prepaid',
    (a) => a.invoice([{ start: '2026-01-01', end: '2029-01-01', interval: 'year', count: 3, amount: 360000 }]),
    { '2028-12-15': '10000/1/360000' },
  ],
  [
    'weekly',
    (a) => a.invoice([{ start: '2026-01-01', end: '2026-01-08', interval: 'week', amount: 700 }]),
    { '2026-01-02': '3033/1/700' },
  ],
  [
    'two subscriptions overlapping',
    (a) => {
      a.invoice([{ ...JANUARY, amount: 1000 }]);
      a.invoice([{ start: '2026-01-20', end: '2026-02-20', amount: 2000, item: 'si_2', subscription: 'sub_2' }]);
    },
    { '2026-01-10': '1000/1/1000', '2026-01-25': '3000/2/3000', '2026-02-10': '2000/1/3000' },
  ],
  [
    'a second currency is not added up',
    (a) => {
      a.invoice([{ ...JANUARY, amount: 1000 }]);
      a.invoice([{ ...JANUARY, amount: 2000, item: 'si_2', subscription: 'sub_2' }], { currency: 'eur' });
    },
    { '2026-01-10': '2000/1/2000' },
    'eur',
  ],
];

const FURTHER: Case[] = [
  [
    'two subscriptions are rounded once',
    (a) =>
      a.invoice([
        { ...YEAR, amount: 1000 },
        { ...YEAR, amount: 1000, item: 'si_2', subscription: 'sub_2' },
      ]),
    { '2026-02-01': '167/2/2000' },
  ],
  ['less than half a cent', (a) => a.invoice([{ ...YEAR, amount: 1 }]), { '2026-02-01': '0/0/1' }],
  [
    'half a cent',
    (a) => a.invoice([{ start: '2026-01-01', end: '2026-07-01', count: 6, amount: 3 }]),
    { '2026-02-01': '1/1/3' },
  ],
  [
    'daily',
    (a) => a.invoice([{ start: '2026-01-01', end: '2026-01-02', interval: 'day', amount: 100 }]),
    { '2026-01-01T10:00': '3042/1/100' },
  ],
  [
    'half-year, a refund of the unexpired value less one month',
    (a) =>
      a.refund(a.invoice([{ start: '2026-01-01', end: '2026-07-01', count: 6, amount: 60000 }]).charge, 20000, {
        at: '2026-04-01T12:00',
      }),
    { '2026-04-02': '0/0/40000' },
  ],
  [
    'half-year, a refund of one cent less',
    (a) =>
      a.refund(a.invoice([{ start: '2026-01-01', end: '2026-07-01', count: 6, amount: 60000 }]).charge, 19999, {
        at: '2026-04-01T12:00',
      }),
    { '2026-04-02': '6667/1/40001' },
  ],
  [
    'monthly, almost all refunded',
    (a) => a.refund(a.invoice([{ ...JANUARY, amount: 5000 }]).charge, 4950, { at: '2026-01-10' }),
    { '2026-01-15': '50/1/50' },
  ],
  [
    'taxes and a set-up fee, part refunded',
    (a) => {
      const { charge } = a.invoice([
        { ...JANUARY, amount: 10000, tax: 2000 },
        { amount: 6000, tax: 1200, item: null, subscription: null },
      ]);
      a.refund(charge, 9600, { at: '2026-01-10' });
    },
    { '2026-01-05': '12000/1/19200', '2026-01-15': '6000/1/9600' },
  ],
  [
    'a credit note on the line of the subscription',
    (a) => {
      const { id, lines } = a.invoice([
        { ...JANUARY, amount: 10000, tax: 2000 },
        { amount: 6000, tax: 1200, item: null, subscription: null },
      ]);
      const line = {
        id: 'cnli_1',
        type: 'invoice_line_item',
        invoice_line_item: lines[0],
        amount: 3000,
        taxes: [{ amount: 600, tax_behavior: 'exclusive' }],
      };
      a.creditNote(id, 3600, { at: '2026-01-10', lines: [line] });
    },
    { '2026-01-15': '8400/1/19200' },
  ],
  [
    'anchor on the 31st, period end on 28 February',
    (a) => a.invoice([{ start: '2026-02-14', end: '2026-02-28', amount: 1550, unit: 3100, isProration: true }]),
    { '2026-02-15': '3100/1/1550' },
  ],
  [
    'a proration whose amount includes the discount',
    (a) => a.invoice([{ ...MIDDLE, amount: 1000, unit: 4000, isProration: true }]),
    { '2026-01-20': '2000/1/1000' },
  ],
  [
    'cancelled at once with a credit',
    (a) => {
      a.invoice([{ ...JANUARY, amount: 3000, unit: 3000 }]);
      a.invoice([{ ...MIDDLE, amount: -1500, unit: 3000, isProration: true }]);
    },
    { '2026-01-16': '3000/1/3000', '2026-01-20': '0/0/3000', '2026-02-01T05:00': '0/0/3000' },
  ],
  [
    'monthly to annual in mid-month',
    (a) => {
      a.invoice([{ ...JANUARY, amount: 3000, unit: 3000 }]);
      a.invoice([
        { ...MIDDLE, amount: -1500, unit: 3000, isProration: true },
        { start: '2026-01-16T12:00', end: '2027-01-16T12:00', interval: 'year', amount: 36000 },
      ]);
    },
    { '2026-01-20': '3000/1/37500' },
  ],
  [
    'annual to monthly in mid-year, paid from balance',
    (a) => {
      a.invoice([{ ...YEAR, amount: 120000, unit: 120000 }]);
      a.invoice(
        [
          { start: '2026-07-01', end: '2027-01-01', amount: -60493, interval: 'year', unit: 120000, isProration: true },
          { start: '2026-07-01', end: '2026-08-01', amount: 12000 },
        ],
        { charged: 0 },
      );
    },
    { '2026-06-30': '10000/1/120000', '2026-07-15': '12000/1/120000' },
  ],
  [
    'renewal paid three days late',
    (a) => {
      a.invoice([{ ...JANUARY, amount: 3000 }]);
      a.invoice([{ ...FEBRUARY, amount: 3000 }], { paid: '2026-02-04' });
    },
    {
      '2026-02-01T12:00': '3000/1/3000',
      '2026-02-02': '0/0/3000',
      '2026-02-03': '0/0/3000',
      '2026-02-04': '3000/1/6000',
    },
  ],
  [
    'renewal paid five hours late',
    (a) => {
      a.invoice([{ ...JANUARY, amount: 3000 }]);
      a.invoice([{ ...FEBRUARY, amount: 4000 }], { paid: '2026-02-01T05:00' });
    },
    { '2026-02-01T04:59': '3000/1/3000', '2026-02-01T05:00': '4000/1/7000' },
  ],
  [
    'coupon of 100 % for a month',
    (a) => {
      a.invoice([{ ...JANUARY, amount: 3000, discount: 3000 }]);
      a.invoice([{ ...FEBRUARY, amount: 3000 }]);
    },
    { '2026-01-15': '0/0/0', '2026-02-15': '3000/1/3000' },
  ],
  [
    'a failed refund is taken back',
    (a) => {
      const failure_balance_transaction = 'txn_f';
      a.add({
        object: 'balance_transaction',
        id: 'txn_f',
        amount: 1000,
        currency: 'usd',
        created: toSeconds('2026-01-20'),
      });
      const { charge } = a.invoice([{ ...JANUARY, amount: 3000 }]);
      a.refund(charge, 1000, { at: '2026-01-10', status: 'failed', members: { failure_balance_transaction } });
    },
    { '2026-01-15': '2000/1/2000', '2026-01-20': '3000/1/3000' },
  ],
  [
    'an invoice of two subscriptions, a fee and shipping, refunded in full',
    (a) => {
      const { charge } = a.invoice(
        [
          { ...JANUARY, amount: 3000 },
          { ...JANUARY, amount: 2000, item: 'si_2', subscription: 'sub_2' },
          { amount: 700, item: null, subscription: null },
        ],
        { shipping: 300 },
      );
      a.refund(charge, 6000, { at: '2026-01-10' });
    },
    { '2026-01-05': '5000/2/6000', '2026-01-10': '0/0/0' },
  ],
  [
    'a sent invoice that is paid after its period',
    (a) =>
      a.invoice([{ ...JANUARY, amount: 5000 }], {
        paid: '2026-02-10',
        sent: { created: '2026-01-01', due: '2026-03-02' },
      }),
    { '2026-02-09': '0/0/0', '2026-02-10': '5000/1/5000', '2026-04-02': '0/0/5000' },
  ],
  [
    'paid outside Stripe, with an out-of-band credit note',
    (a) => {
      const { id } = a.invoice([{ ...JANUARY, amount: 5000 }], { offStripe: 5000 });
      a.creditNote(id, 1000, { at: '2026-01-10', members: { out_of_band_amount: 1000 } });
    },
    { '2026-01-05': '5000/1/5000', '2026-01-10': '4000/1/4000' },
  ],
];

test.each([...PUBLISHED, ...FURTHER])('%s', (_, build, expected, currency) => {
  const account = new MinimalAccount();
  build(account);
  const figures = Object.keys(expected).map((time) => [time, account.at(time, currency)]);
  expect(Object.fromEntries(figures)).toEqual(expected);
});

import { Account, proration, regular, single } from '../scenarios/account.ts';
import { FEBRUARY, HALF_JANUARY, JANUARY, YEAR } from '../scenarios/scenario.ts';
import type { Time } from '../time.ts';

/** The Stripe objects of a situation that the guide about metrics describes. */
export interface Situation {
  readonly objects: readonly object[];
  /** When the event of the situation happens, if it does not change the figures. */
  readonly event: Time | undefined;
}

function situation(fill: (account: Account) => void, event?: Time): Situation {
  const account = new Account('usd');
  account.customer();
  fill(account);
  account.finish();
  return { objects: account.objects, event };
}

type LineOptions = Parameters<typeof regular>[2];

function january(a: Account, amount = 10_000, options?: LineOptions) {
  return a.invoice('01-01', [regular(a.price(amount, 'month'), JANUARY, options)]);
}

function february(a: Account, options?: Parameters<Account['invoice']>[2]) {
  return a.invoice('02-01', [regular(a.price(10_000, 'month'), FEBRUARY)], options);
}

function year(a: Account) {
  return a.invoice('01-01', [regular(a.price(120_000, 'year'), YEAR)]);
}

function trial(a: Account) {
  a.invoice('01-01', [regular(a.price(10_000, 'month'), ['01-01', '01-15'], { amount: 0 })]);
}

/** The lines that credit the second half of January at $30.00 a month, and charge it at $40.00. */
function upgrade(a: Account) {
  january(a, 3000);
  const credit = proration(a.price(3000, 'month'), HALF_JANUARY, { amount: -1500 });
  return [credit, proration(a.price(4000, 'month'), HALF_JANUARY, { amount: 2000 })];
}

function downgradeYear(a: Account) {
  year(a);
  const credit = proration(a.price(120_000, 'year'), ['07-01', '2027-01-01'], { amount: -60_493 });
  const price = a.price(12_000, 'month');
  a.invoice('07-01', [credit, regular(price, ['07-01', '08-01'])]);
  return price;
}

/** The invoices of January and February, which are sent with 30 days to pay. */
function sendInvoices(a: Account, paid: Time | null) {
  a.invoice('01-01', [regular(a.price(10_000, 'month'), JANUARY)], { net: 30 });
  february(a, { net: 30, paid });
}

function setUp(a: Account) {
  const fee = single(a.price(9900, null), '01-01');
  return a.invoice('01-01', [regular(a.price(5000, 'month'), JANUARY), fee]);
}

function creditNote(a: Account, options: { refund?: number; balance?: number }) {
  const invoice = year(a);
  const lines = invoice.lines.map((line) => ({ line, amount: 12_000 }));
  a.creditNote(invoice, '01-10', { lines, ...options });
}

/** The situations by their text in the first column of the tables. */
export const SITUATIONS: Readonly<Record<string, Situation>> = {
  // Subscriptions that begin
  'The customer pays $100.00 for a month': situation((a) => january(a)),
  'The customer pays $1,200.00 for a year': situation((a) => year(a)),
  'The customer pays $3,600.00 for three years': situation((a) =>
    a.invoice('01-01', [regular(a.price(360_000, 'year', { every: 3 }), ['01-01', '2029-01-01'])]),
  ),
  'The customer pays $7.00 for a week': situation((a) =>
    a.invoice('01-01', [regular(a.price(700, 'week'), ['01-01', '01-08'])]),
  ),
  'The customer pays for 5 seats at $10.00 a month': situation((a) => january(a, 1000, { quantity: 5 })),
  'The customer pays $100.00 plus 20% tax for a month': situation((a) => january(a, 10_000, { tax: 2000 })),
  'A free trial of 14 days begins on 1 January': situation(trial, '01-01'),
  'The trial ends, and the customer pays $100.00 for a month': situation((a) => {
    trial(a);
    a.invoice('01-15', [regular(a.price(10_000, 'month'), ['01-15', '02-15'])]);
  }),
  'A coupon halves the first month of $100.00': situation((a) => january(a, 10_000, { discounts: [5000] })),
  'The customer pays the second month in full': situation((a) => {
    january(a, 10_000, { discounts: [5000] });
    february(a);
  }),
  'A coupon makes the first month of $100.00 free': situation(
    (a) => january(a, 10_000, { discounts: [10_000] }),
    '01-01',
  ),
  'The customer pays $38.71 for 20 to 31 January, then $100.00 a month': situation((a) =>
    a.invoice('01-20', [proration(a.price(10_000, 'month'), ['01-20', '02-01'], { amount: 3871 })]),
  ),
  'The customer also pays $30.00 for a month of a second subscription': situation((a) => {
    january(a);
    a.invoice('01-16', [regular(a.price(3000, 'month'), ['01-16', '02-16'], { subscription: 'sub_2' })]);
  }),

  // Subscriptions that change
  'Upgrade from $30.00 to $40.00 a month, and the difference of $5.00 is paid at once': situation((a) =>
    a.invoice('01-16T12:00', upgrade(a)),
  ),
  'The same upgrade on 16 January, but the difference is on the next invoice': situation((a) =>
    a.invoice('02-01', [...upgrade(a), regular(a.price(4000, 'month'), FEBRUARY)]),
  ),
  'From 5 seats to 3 at $10.00 a month, and $10.00 is credited to the balance': situation((a) => {
    const seat = a.price(1000, 'month');
    a.invoice('01-01', [regular(seat, JANUARY, { quantity: 5 })]);
    a.invoice('01-16T12:00', [
      proration(seat, HALF_JANUARY, { amount: -2500, quantity: 5 }),
      proration(seat, HALF_JANUARY, { amount: 1500, quantity: 3 }),
    ]);
  }),
  'From $30.00 a month to $300.00 a year, and $285.00 is paid at once': situation((a) => {
    january(a, 3000);
    a.invoice('01-16T12:00', [
      proration(a.price(3000, 'month'), HALF_JANUARY, { amount: -1500 }),
      regular(a.price(30_000, 'year'), ['01-16T12:00', '2027-01-16T12:00']),
    ]);
  }),
  'From $1,200.00 a year to $120.00 a month, and the rest is credited to the balance': situation((a) => {
    downgradeYear(a);
  }),
  'The next month is paid from the balance': situation(
    (a) => a.invoice('08-01', [regular(downgradeYear(a), ['08-01', '09-01'])], { balance: 12_000 }),
    '08-01',
  ),

  // Renewals and cancellations
  'The renewal of 1 February is paid five hours late': situation((a) => {
    january(a);
    february(a, { paid: '02-01T05:00' });
  }),
  'The renewal of 1 February is not paid': situation((a) => {
    january(a);
    february(a, { paid: null });
  }),
  'The same renewal is paid on 4 February': situation((a) => {
    january(a);
    february(a, { paid: '02-04' });
  }),
  'Invoices are sent with 30 days to pay, and the one of 1 February is not paid': situation((a) =>
    sendInvoices(a, null),
  ),
  'The same invoice is paid on 20 February': situation((a) => sendInvoices(a, '02-20')),
  'The customer cancels on 16 January, and gets no money back': situation((a) => {
    january(a);
    a.cancel('01-16');
  }),
  'The customer cancels a year of $1,200.00 on 1 July, and gets no money back': situation((a) => {
    year(a);
    a.cancel('07-01');
  }, '07-01'),
  'The customer cancels, and the unused $50.00 is credited to the balance': situation((a) => {
    january(a);
    a.cancel('01-16T12:00');
    a.invoice('01-16T12:00', [proration(a.price(10_000, 'month'), HALF_JANUARY, { amount: -5000 })]);
  }),
  'Collection is paused, and the invoice of 1 February is voided': situation((a) => {
    january(a);
    february(a, { paid: null, status: 'void' });
  }),
  'A year of $1,200.00 is not renewed on 1 January 2027': situation((a) => year(a)),

  // Refunds, credit notes and disputes
  'The whole $1,200.00 is refunded': situation((a) => a.refund(year(a).charge, 120_000, '03-01')),
  'This refund fails': situation((a) => a.refund(year(a).charge, 120_000, '03-01', { failed: '03-10' })),
  'Half of it, $600.00, is refunded when half of the year is over': situation((a) =>
    a.refund(year(a).charge, 60_000, '07-02T12:00'),
  ),
  '$5.00 is refunded as goodwill': situation((a) => a.refund(year(a).charge, 500, '12-15')),
  'A credit note of $120.00 for the subscription is refunded': situation((a) => creditNote(a, { refund: 12_000 })),
  'A credit note of $120.00 for the subscription is credited to the balance': situation((a) =>
    creditNote(a, { balance: 12_000 }),
  ),
  'The customer disputes the payment, and the bank withdraws $1,200.00': situation((a) =>
    a.dispute(year(a).charge, [[-120_000, '01-20']]),
  ),
  'You win the dispute, and the bank returns the money': situation((a) =>
    a.dispute(year(a).charge, [
      [-120_000, '01-20'],
      [120_000, '02-10'],
    ]),
  ),
  'The bank only inquires about the payment on 20 January': situation(
    (a) => a.dispute(year(a).charge, [], { status: 'warning_needs_response' }),
    '01-20',
  ),
  'A set-up fee of $99.00 was on the invoice of $50.00 a month, and the fee is refunded': situation((a) =>
    a.refund(setUp(a).charge, 9900, '01-10'),
  ),
  '$10.00 of a month of $100.00 is refunded': situation((a) => a.refund(january(a).charge, 1000, '01-10')),
  'The whole month of $100.00 is refunded': situation((a) => a.refund(january(a).charge, 10_000, '01-10')),

  // Other payments
  'The customer buys something for $99.00, without a subscription': situation((a) =>
    a.invoice('01-01', [single(a.price(9900, null), '01-01')]),
  ),
  'A set-up fee of $99.00 is on the invoice of $50.00 a month': situation((a) => setUp(a)),
  'Metered usage of $23.45 is on the invoice of $50.00 a month': situation((a) => {
    const usage = regular(a.price(1, 'month', { usage: 'metered' }), JANUARY, { amount: 2345, item: 'si_2' });
    a.invoice('01-01', [regular(a.price(5000, 'month'), JANUARY), usage]);
  }),
  'A payment of $80.00 is authorised on 5 January and captured on 9 January': situation((a) =>
    a.charge(8000, '01-05', { at: '01-09' }),
  ),
  'An invoice of $50.00 a month is paid wholly from the balance': situation((a) =>
    a.invoice('01-01', [regular(a.price(5000, 'month'), JANUARY)], { balance: 5000 }),
  ),
  'You mark an invoice of $100.00 a month as paid outside Stripe': situation((a) =>
    a.invoice('01-01', [regular(a.price(10_000, 'month'), JANUARY)], { outside: 'all' }),
  ),
  'The customer pays $30.00 a month, and then also €50.00 for a month': situation((a) => {
    january(a, 3000);
    const eur = { currency: 'eur' };
    a.invoice('01-16', [regular(a.price(5000, 'month', eur), ['01-16', '02-16'], { subscription: 'sub_2' })], eur);
  }),
};

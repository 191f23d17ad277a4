import { proration, regular, single } from './account.ts';
import { FEBRUARY, HALF_JANUARY, JANUARY, scenario } from './scenario.ts';

/** How and when invoices and charges are paid. */
export const payments = [
  scenario('a renewal paid four days late', (a) => {
    const price = a.price(10000, 'month');
    a.invoice('01-01', [regular(price, JANUARY)]);
    a.invoice('02-01', [regular(price, FEBRUARY)], { paid: '02-05' });
    return [
      ['02-03', 'usd 0/0/10000'],
      ['02-04T23:59:59', 'usd 0/0/10000'],
      ['02-05', 'usd 10000/1/20000'],
      ['03-01T23:59:59', 'usd 10000/1/20000'], // the grace is that of the period, not of the payment
      ['03-02', 'usd 0/0/20000'],
    ];
  }),
  scenario('a payer with 30 days, renewal not paid', (a) => {
    const price = a.price(10000, 'month');
    a.invoice('01-01', [regular(price, JANUARY)], { net: 30, paid: '01-25' });
    a.invoice('02-01', [regular(price, FEBRUARY)], { net: 30, paid: null });
    return [
      ['01-20', ''],
      ['01-26', 'usd 10000/1/10000'],
      ['02-20', 'usd 10000/1/10000'], // 30 days after 1 February are over on 3 March
      ['03-02T23:59:59', 'usd 10000/1/10000'],
      ['03-03', 'usd 0/0/10000'],
      ['03-03T00:00:01', 'usd 0/0/10000'],
    ];
  }),
  scenario('a payer with 30 days, renewal paid', (a) => {
    const price = a.price(10000, 'month');
    a.invoice('01-01', [regular(price, JANUARY)], { net: 30, paid: '01-25' });
    a.invoice('02-01', [regular(price, FEBRUARY)], { net: 30, paid: '02-27' });
    return [
      ['02-26', 'usd 10000/1/10000'],
      ['02-28', 'usd 10000/1/20000'],
      ['03-20', 'usd 10000/1/20000'],
      ['04-01', 'usd 0/0/20000'], // 1 March + 30 days = 31 March
    ];
  }),
  scenario('a payer with 7 days', (a) => {
    const price = a.price(10000, 'month');
    a.invoice('01-01', [regular(price, JANUARY)], { net: 7, paid: '01-05' });
    return [
      ['02-07T23:59:59', 'usd 10000/1/10000'],
      ['02-08', 'usd 0/0/10000'],
    ];
  }),
  scenario('a payer with 60 days who pays after the period', (a) => {
    a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)], { net: 60, paid: '02-10' });
    return [
      ['02-09', ''],
      ['02-12', 'usd 10000/1/10000'], // from the payment on, until 1 February + 60 days = 2 April
      ['04-01', 'usd 10000/1/10000'],
      ['04-02', 'usd 0/0/10000'],
    ];
  }),
  scenario('a payer with 30 days who upgrades', (a) => {
    const [small, large] = [a.price(3000, 'month'), a.price(4000, 'month')];
    a.invoice('01-01', [regular(small, JANUARY)], { net: 30 });
    const lines = [proration(small, HALF_JANUARY, { amount: -1500 }), proration(large, HALF_JANUARY, { amount: 2000 })];
    a.invoice('01-16T12:00', lines, { net: 30 });
    return [
      ['01-20', 'usd 4000/1/3500'],
      ['02-20', 'usd 4000/1/3500'],
      ['03-03', 'usd 0/0/3500'], // 1 February + 30 days
    ];
  }),
  scenario('an older invoice that is paid after the newer one', (a) => {
    const price = a.price(10000, 'month');
    a.invoice('01-01', [regular(price, JANUARY)], { net: 30, paid: '02-10' });
    a.invoice('02-01', [regular(price, FEBRUARY)], { net: 30, paid: '02-05' });
    return [
      ['02-07', 'usd 10000/1/10000'],
      ['02-12', 'usd 10000/1/20000'], // the newest period alone
    ];
  }),
  scenario('paid before the period begins', (a) => {
    a.invoice('2025-12-20', [regular(a.price(10000, 'month'), JANUARY)], { paid: '2025-12-25' });
    return [
      ['2025-12-28', 'usd 0/0/10000'],
      ['01-01', 'usd 10000/1/10000'],
    ];
  }),
  scenario('the next period is paid in advance', (a) => {
    a.invoice('01-01', [regular(a.price(3000, 'month'), JANUARY)]);
    a.invoice('01-20', [regular(a.price(4000, 'month'), FEBRUARY)]);
    return [
      ['01-25', 'usd 3000/1/7000'], // the newer period has not begun
      ['02-01', 'usd 4000/1/7000'],
    ];
  }),
  scenario('invoices that are not paid', (a) => {
    const price = a.price(10000, 'month');
    for (const status of ['draft', 'open', 'uncollectible', 'void'] as const) {
      a.invoice('01-01', [regular(price, JANUARY)], { paid: null, status });
    }
    return [['01-15', '']];
  }),
  scenario('an invoice whose payment failed', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)], { paid: null });
    a.payInvoice(invoice.id, a.charge(10000, '01-01', { status: 'failed' }), { amount: 10000, paid: null });
    return [['01-15', '']];
  }),
  scenario('an open invoice that is paid in part', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)], { paid: null });
    a.payInvoice(invoice.id, a.charge(4000, '01-05'), { amount: 4000, paid: '01-05' });
    return [['01-15', 'usd 0/0/4000']];
  }),
  scenario('paid wholly from the balance', (a) => {
    a.invoice('01-01', [regular(a.price(5000, 'month'), JANUARY)], { balance: 5000 });
    return [['01-15', 'usd 5000/1/0']];
  }),
  scenario('paid partly from the balance', (a) => {
    a.invoice('01-01', [regular(a.price(5000, 'month'), JANUARY)], { balance: 2000 });
    return [['01-15', 'usd 5000/1/3000']];
  }),
  scenario('paid together with what the customer owed', (a) => {
    a.invoice('01-01', [regular(a.price(5000, 'month'), JANUARY)], { balance: -1000 });
    return [['01-15', 'usd 5000/1/6000']];
  }),
  scenario('paid outside Stripe', (a) => {
    a.invoice('01-01', [regular(a.price(5000, 'month'), JANUARY)], { outside: 'all', paid: '01-10' });
    return [
      ['01-05', ''],
      ['01-15', 'usd 5000/1/5000'],
    ];
  }),
  scenario('paid partly outside Stripe', (a) => {
    a.invoice('01-01', [regular(a.price(5000, 'month'), JANUARY)], { outside: 3000 });
    return [['01-15', 'usd 5000/1/5000']]; // 3000 outside + a charge of 2000
  }),
  scenario('paid outside Stripe, with a payment record', (a) => {
    const lines = [regular(a.price(5000, 'month'), JANUARY)];
    const invoice = a.invoice('01-01', lines, { outside: 'all', paid: '01-10' });
    a.payInvoice(invoice.id, '', { amount: 5000, paid: '01-10', by: 'payment_record' });
    return [
      ['01-05', ''],
      ['01-15', 'usd 5000/1/5000'], // amount_paid_off_stripe, once
    ];
  }),
  scenario('a single invoice paid outside Stripe', (a) => {
    a.invoice('01-01', [single(a.price(2500, null), '01-01')], { outside: 'all' });
    return [['01-15', 'usd 0/0/2500']];
  }),
  scenario('an invoice with two payments', (a) => {
    a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)], {
      paid: '01-08',
      payments: [
        [6000, '01-03'],
        [4000, '01-08'],
      ],
    });
    return [
      ['01-05', 'usd 0/0/6000'], // money, but the invoice is not paid yet
      ['01-10', 'usd 10000/1/10000'],
    ];
  }),
  scenario('an invoice whose second payment is refunded', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)], {
      payments: [
        [6000, '01-01'],
        [4000, '01-01'],
      ],
    });
    a.refund(invoice.charges[1] ?? '', 4000, '01-10');
    return [['01-15', 'usd 6000/1/6000']];
  }),
  scenario('one charge for two invoices', (a) => {
    const options = { paid: '01-02', payments: [] };
    const first = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)], options);
    const second = a.invoice('01-01', [regular(a.price(5000, 'month'), JANUARY, { subscription: 'sub_2' })], options);
    const charge = a.charge(15000, '01-02');
    a.payInvoice(first.id, charge, { amount: 10000, paid: '01-02' });
    a.payInvoice(second.id, charge, { amount: 5000, paid: '01-02' });
    a.refund(charge, 3000, '01-10');
    return [
      ['01-05', 'usd 15000/2/15000'],
      ['01-15', 'usd 12000/2/12000'], // 2000 of the refund for the first invoice, 1000 for the second
    ];
  }),
  scenario('a payment that names its charge', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)], { by: 'charge' });
    a.refund(invoice.charge, 2500, '01-10');
    return [['01-15', 'usd 7500/1/7500']];
  }),
  scenario('an overpayment', (a) => {
    const options = { payments: [] };
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)], options);
    a.payInvoice(invoice.id, a.charge(12000, '01-01'), { amount: 10000, paid: '01-01' });
    return [['01-15', 'usd 10000/1/12000']]; // the rest is in the balance, but it is money
  }),
  scenario('a bank debit that takes four days', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)], { paid: '01-05', payments: [] });
    a.payInvoice(invoice.id, a.charge(10000, '01-01', { at: '01-05' }), { amount: 10000, paid: '01-05' });
    return [
      ['01-03', ''],
      ['01-05', 'usd 10000/1/10000'],
    ];
  }),
  scenario('a single charge', (a) => {
    a.charge(2500, '01-10');
    return [
      ['01-09', ''],
      ['01-10', 'usd 0/0/2500'],
    ];
  }),
  scenario('failed and pending charges', (a) => {
    a.charge(2500, '01-10', { status: 'failed' });
    a.charge(2500, '01-10', { status: 'pending' });
    return [['01-15', '']];
  }),
  ...[false, true].map((expanded) =>
    scenario(`authorised on the 5th, captured on the 9th${expanded ? ', with its balance transaction' : ''}`, (a) => {
      a.charge(10000, '01-05', { at: '01-09', expanded });
      return [
        ['01-07', ''],
        ['01-09', 'usd 0/0/10000'],
      ];
    }),
  ),
  scenario('authorised, but captured in part', (a) => {
    const charge = a.charge(10000, '01-05', { captured: 6000, at: '01-09' });
    a.refund(charge, 4000, '01-09', { withoutMovement: true });
    a.refund(charge, 1000, '01-15');
    return [
      ['01-07', ''],
      ['01-10', 'usd 0/0/6000'], // the refund of the rest is none
      ['01-16', 'usd 0/0/5000'],
    ];
  }),
  scenario('authorised, but never captured', (a) => {
    const charge = a.charge(10000, '01-05', { at: null });
    a.refund(charge, 10000, '01-12', { withoutMovement: true, reason: 'expired_uncaptured_charge' });
    return [
      ['01-07', ''],
      ['01-13', ''],
    ];
  }),
  scenario('an invoice that belongs to no subscription', (a) => {
    a.invoice('01-10', [single(a.price(2500, null), '01-10')]);
    return [['01-15', 'usd 0/0/2500']];
  }),
];

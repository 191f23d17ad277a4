import { proration, regular, single } from './account.ts';
import { FEBRUARY, HALF_FEBRUARY, HALF_JANUARY, HALF_YEAR, JANUARY, scenario, YEAR } from './scenario.ts';

/** Situations that the published rules leave open, and how the engine decides them. */
export const decisions = [
  scenario('a downgrade in the grace of its period', (a) => {
    const seat = a.price(1000, 'month');
    a.invoice('01-01', [regular(seat, JANUARY, { quantity: 5 })]);
    a.invoice('01-16T12:00', [
      proration(seat, HALF_JANUARY, { quantity: 5, amount: -2500 }),
      proration(seat, HALF_JANUARY, { quantity: 3, amount: 1500 }),
    ]);
    return [['02-01T12:00', 'usd 3000/1/5000']]; // prorations last as long as the line that they change
  }),
  scenario('an upgrade in the grace of its period', (a) => {
    const [small, large] = [a.price(3000, 'month'), a.price(4000, 'month')];
    a.invoice('01-01', [regular(small, JANUARY)]);
    a.invoice('01-16T12:00', [
      proration(small, HALF_JANUARY, { amount: -1500, parent: 'invoice_item' }),
      proration(large, HALF_JANUARY, { amount: 2000, parent: 'invoice_item' }),
    ]);
    return [['02-01T12:00', 'usd 4000/1/3500']];
  }),
  scenario('cancelled at once with credit, in the grace of its period', (a) => {
    const price = a.price(10000, 'month');
    a.invoice('01-01', [regular(price, JANUARY)]);
    a.invoice('01-16T12:00', [proration(price, HALF_JANUARY, { amount: -5000 })]);
    a.cancel('01-16T12:00');
    return [['02-01T12:00', 'usd 0/0/10000']]; // it does not come back for a day
  }),
  scenario('an item that was removed, in the grace of its period', (a) => {
    const [base, extra] = [a.price(2000, 'month'), a.price(3000, 'month')];
    a.invoice('02-01', [regular(base, FEBRUARY), regular(extra, FEBRUARY, { item: 'si_2' })]);
    a.invoice('02-15', [proration(extra, HALF_FEBRUARY, { item: 'si_2', amount: -1500 })]);
    return [['03-01T12:00', 'usd 2000/1/5000']];
  }),
  scenario('an item that was removed, after the renewal of the other', (a) => {
    const [base, extra] = [a.price(2000, 'month'), a.price(3000, 'month')];
    a.invoice('02-01', [regular(base, FEBRUARY), regular(extra, FEBRUARY, { item: 'si_2' })]);
    a.invoice('02-15', [proration(extra, HALF_FEBRUARY, { item: 'si_2', amount: -1500 })]);
    a.invoice('03-01', [regular(base, ['03-01', '04-01'])], { balance: 1500 });
    return [['03-01T12:00', 'usd 2000/1/5500']];
  }),
  scenario('an item that was added, in the grace of its period', (a) => {
    a.invoice('02-01', [regular(a.price(2000, 'month'), FEBRUARY)]);
    a.invoice('02-08', [proration(a.price(3000, 'month'), ['02-08', '03-01'], { item: 'si_2', amount: 2250 })]);
    return [['03-01T12:00', 'usd 5000/1/4250']];
  }),
  scenario('a stub, in the grace of its period', (a) => {
    const price = a.price(10000, 'month');
    a.invoice('01-20', [proration(price, ['01-20', '02-01'], { amount: 3871 })]);
    return [['02-01T12:00', 'usd 10000/1/3871']];
  }),
  scenario('an upgrade with a discount of 20 % that the amounts contain', (a) => {
    const [small, large] = [a.price(3000, 'month'), a.price(4000, 'month')];
    a.invoice('01-01', [regular(small, JANUARY, { discounts: [600] })]);
    a.invoice('01-16T12:00', [
      proration(small, HALF_JANUARY, { amount: -1200 }),
      proration(large, HALF_JANUARY, { amount: 1600 }),
    ]);
    return [['01-20', 'usd 3200/1/2800']]; // no start fits: that of the subscription's period is taken
  }),
  scenario('a goodwill refund of 5.00, on the last day of the year', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(120000, 'year'), YEAR)]);
    a.refund(invoice.charge, 500, '12-10');
    return [
      ['12-31T12:00', 'usd 9958/1/119500'], // the refund did not reach the unexpired value when it was made
      ['2027-01-01T12:00', 'usd 9958/1/119500'],
    ];
  }),
  scenario('a third of a year refunded in April, asked in November', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(120000, 'year'), YEAR)]);
    a.refund(invoice.charge, 40000, '04-01');
    return [
      ['04-02', 'usd 6667/1/80000'], // 40000 < 90411 − 10000; 80000 / 12
      ['11-30', 'usd 6667/1/80000'], // nothing happened since
    ];
  }),
  scenario('a refund of exactly what the threshold is', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(120000, 'year'), YEAR)]);
    a.refund(invoice.charge, 50000, '07-02T12:00');
    return [['07-03', 'usd 0/0/70000']]; // 50000 ≥ 60000 − 10000, both from the line before reductions
  }),
  scenario('an invoice that is due at once', (a) => {
    a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)], { net: 0 });
    return [['02-01T12:00', 'usd 10000/1/10000']]; // 24 hours, as for a charge
  }),
  scenario('a rate below half of the smallest unit', (a) => {
    a.invoice('01-01', [regular(a.price(5, 'year'), YEAR)]);
    return [['01-15', 'usd 0/0/5']]; // 5 / 12 = 0.42: count 0 if and only if the MRR is 0
  }),
  scenario('a dispute about as much as the set-up fee', (a) => {
    const invoice = a.invoice('01-01', [
      regular(a.price(5000, 'month'), JANUARY),
      single(a.price(9900, null), '01-01'),
    ]);
    a.dispute(invoice.charge, [[-9900, '01-20']]);
    return [['01-25', 'usd 1678/1/5000']]; // 5000 × 50/149 = 1677.85: the rule of the fee is for refunds
  }),
  scenario('a refund that names only the payment intent', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
    a.refund(invoice.charge, 3000, '01-10', { withoutCharge: true });
    return [['01-15', 'usd 7000/1/7000']];
  }),
  scenario('a refund that failed at an unknown time', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
    a.refund(invoice.charge, 3000, '01-10', { status: 'failed' });
    return [['01-15', 'usd 10000/1/10000']];
  }),
  scenario('a voided credit note whose refund stays', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
    const lines = [{ line: invoice.lines[0] ?? '', amount: 3000 }];
    a.creditNote(invoice, '01-10', { lines, refund: 3000, voided: '01-12' });
    return [
      ['01-11', 'usd 7000/1/7000'],
      ['01-13', 'usd 7000/1/7000'], // now booked as a refund
    ];
  }),
  scenario('a credit note whose refund fails', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
    const lines = [{ line: invoice.lines[0] ?? '', amount: 3000 }];
    a.creditNote(invoice, '01-10', { lines, refund: 3000, refundFails: '01-14' });
    return [
      ['01-11', 'usd 7000/1/7000'],
      ['01-15', 'usd 7000/1/10000'], // the credit note stays until it is voided
    ];
  }),
  scenario('a credit note for an earlier refund', (a) => {
    const invoice = a.invoice('01-01', [
      regular(a.price(5000, 'month'), JANUARY),
      single(a.price(15000, null), '01-01'),
    ]);
    const earlierRefund = a.refund(invoice.charge, 2000, '01-10');
    const lines = [{ line: invoice.lines[0] ?? '', amount: 2000 }];
    a.creditNote(invoice, '01-12', { lines, refund: 2000, earlierRefund });
    return [
      ['01-11', 'usd 4500/1/18000'], // a quarter of the refund
      ['01-13', 'usd 3000/1/18000'], // the credit note names the line
    ];
  }),
  scenario('half of an annual upgrade refunded in November', (a) => {
    const [small, large] = [a.price(120000, 'year'), a.price(240000, 'year')];
    a.invoice('01-01', [regular(small, YEAR)]);
    const invoice = a.invoice('07-02T12:00', [
      proration(small, HALF_YEAR, { amount: -60000 }),
      proration(large, HALF_YEAR, { amount: 120000 }),
    ]);
    a.refund(invoice.charge, 30000, '11-01');
    return [
      ['10-31', 'usd 20000/1/180000'],
      ['11-02', 'usd 10000/1/150000'], // both lines end, so that the upgrade is undone
    ];
  }),
  scenario('a captured part, then a refund of as much as the rest', (a) => {
    const charge = a.charge(10000, '01-05', { captured: 6000, at: '01-09' });
    a.refund(charge, 4000, '01-09', { withoutMovement: true });
    a.refund(charge, 4000, '01-15');
    return [
      ['01-10', 'usd 0/0/6000'],
      ['01-16', 'usd 0/0/2000'],
    ];
  }),
];

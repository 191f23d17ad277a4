import { type Account, regular, single } from './account.ts';
import { FEBRUARY, JANUARY, scenario, YEAR } from './scenario.ts';

function month(a: Account) {
  return a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
}

function year(a: Account) {
  return a.invoice('01-01', [regular(a.price(120000, 'year'), YEAR)]);
}

/** Refunds that are not part of a credit note. */
export const refunds = [
  scenario('a month refunded in full, then renewed', (a) => {
    a.refund(month(a).charge, 10000, '01-12');
    a.invoice('02-01', [regular(a.price(10000, 'month'), FEBRUARY)]);
    return [
      ['01-11', 'usd 10000/1/10000'],
      ['01-12', ''],
      ['02-10', 'usd 10000/1/10000'],
    ];
  }),
  scenario('a month refunded in part, twice', (a) => {
    const { charge } = month(a);
    a.refund(charge, 3000, '01-12');
    a.refund(charge, 2000, '01-20', { expanded: true });
    return [
      ['01-15', 'usd 7000/1/7000'],
      ['01-21', 'usd 5000/1/5000'],
      ['02-01T12:00', 'usd 5000/1/5000'], // grace
    ];
  }),
  scenario('half of a month refunded half-way', (a) => {
    a.refund(month(a).charge, 5000, '01-16T12:00');
    return [['01-20', 'usd 5000/1/5000']]; // only longer periods are lost by partial refunds
  }),
  scenario('a refund that is pending', (a) => {
    a.refund(month(a).charge, 3000, '01-12', { status: 'pending' });
    return [['01-15', 'usd 7000/1/7000']]; // counts from its creation
  }),
  ...[false, true].map((expanded) =>
    scenario(`a refund that fails${expanded ? ', with its balance transactions' : ''}`, (a) => {
      a.refund(month(a).charge, 3000, '01-12', { failed: '01-14', expanded });
      return [
        ['01-11', 'usd 10000/1/10000'],
        ['01-13', 'usd 7000/1/7000'],
        ['01-14', 'usd 10000/1/10000'],
      ];
    }),
  ),
  scenario('a refund that waits for the customer', (a) => {
    a.refund(month(a).charge, 3000, '01-12', { status: 'requires_action' });
    return [['01-15', 'usd 7000/1/7000']];
  }),
  scenario('a refund that is cancelled', (a) => {
    a.refund(month(a).charge, 3000, '01-12', { status: 'canceled' });
    return [['01-15', 'usd 10000/1/10000']];
  }),
  scenario('a refund after the period', (a) => {
    const { charge } = month(a);
    a.invoice('02-01', [regular(a.price(10000, 'month'), FEBRUARY)]);
    a.refund(charge, 5000, '02-10');
    return [
      ['02-05', 'usd 10000/1/20000'],
      ['02-15', 'usd 10000/1/15000'], // January's line is no longer in force
    ];
  }),
  scenario('a renewal that is refunded in the grace of the period before', (a) => {
    const price = a.price(10000, 'month');
    a.invoice('01-01', [regular(price, JANUARY)]);
    a.refund(a.invoice('02-01', [regular(price, FEBRUARY)]).charge, 10000, '02-01T06:00');
    return [['02-01T12:00', 'usd 0/0/10000']]; // the period before does not count again
  }),
  scenario('an old year refunded after its renewal', (a) => {
    const price = a.price(120000, 'year');
    const invoice = a.invoice('2025-01-01', [regular(price, ['2025-01-01', '2026-01-01'])]);
    a.invoice('01-01', [regular(price, YEAR)]);
    a.refund(invoice.charge, 120000, '01-10');
    return [['01-15', 'usd 10000/1/120000']];
  }),
  scenario('a refund of what was paid in addition to the balance', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)], { balance: 4000 });
    a.refund(invoice.charge, 6000, '01-10');
    return [['01-15', 'usd 4000/1/0']]; // 10000 − 6000
  }),
  scenario('a refund of an amount with tax', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY, { tax: 2000 })]);
    a.refund(invoice.charge, 6000, '01-12');
    return [['01-15', 'usd 6000/1/6000']]; // 12000 − 6000
  }),
  scenario('a refund of an amount with a discount', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY, { discounts: [5000] })]);
    a.refund(invoice.charge, 2500, '01-12');
    return [['01-15', 'usd 2500/1/2500']];
  }),
  scenario('a refund of two items', (a) => {
    const invoice = a.invoice('01-01', [
      regular(a.price(1000, 'month'), JANUARY),
      regular(a.price(24000, 'year'), YEAR, { item: 'si_2' }),
    ]);
    a.refund(invoice.charge, 2500, '01-12');
    return [
      ['01-10', 'usd 3000/1/25000'],
      ['01-15', 'usd 2700/1/22500'], // a tenth of each: 900 + 21600/12
    ];
  }),
  scenario('a set-up fee refunded', (a) => {
    const invoice = a.invoice('01-01', [
      regular(a.price(5000, 'month'), JANUARY),
      single(a.price(9900, null), '01-01'),
    ]);
    a.refund(invoice.charge, 9900, '01-12');
    return [
      ['01-10', 'usd 5000/1/14900'],
      ['01-15', 'usd 5000/1/5000'],
    ];
  }),
  scenario('a set-up fee refunded by a refund that fails', (a) => {
    const invoice = a.invoice('01-01', [
      regular(a.price(5000, 'month'), JANUARY),
      single(a.price(9900, null), '01-01'),
    ]);
    a.refund(invoice.charge, 9900, '01-12', { failed: '01-14' });
    return [
      ['01-13', 'usd 5000/1/5000'],
      ['01-15', 'usd 5000/1/14900'],
    ];
  }),
  scenario('a set-up fee refunded with its tax', (a) => {
    const invoice = a.invoice('01-01', [
      regular(a.price(5000, 'month'), JANUARY, { tax: 1000 }),
      single(a.price(9900, null), '01-01', { tax: 1980 }),
    ]);
    a.refund(invoice.charge, 11880, '01-12');
    return [['01-15', 'usd 6000/1/6000']];
  }),
  scenario('a set-up fee that costs as much as the subscription, refunded', (a) => {
    const invoice = a.invoice('01-01', [
      regular(a.price(5000, 'month'), JANUARY),
      single(a.price(5000, null), '01-01'),
    ]);
    a.refund(invoice.charge, 5000, '01-12');
    return [['01-15', 'usd 5000/1/5000']];
  }),
  scenario('a set-up fee and usage refunded', (a) => {
    const invoice = a.invoice('02-01', [
      regular(a.price(5000, 'month'), FEBRUARY),
      regular(a.price(1, 'month', { usage: 'metered' }), JANUARY, { item: 'si_2', quantity: 2345 }),
      single(a.price(9900, null), '02-01'),
    ]);
    a.refund(invoice.charge, 12245, '02-12');
    return [['02-15', 'usd 5000/1/5000']]; // 2345 + 9900: all lines that are not MRR
  }),
  scenario('nearly a set-up fee refunded', (a) => {
    const invoice = a.invoice('01-01', [
      regular(a.price(5000, 'month'), JANUARY),
      single(a.price(9900, null), '01-01'),
    ]);
    a.refund(invoice.charge, 9800, '01-12');
    return [['01-15', 'usd 1711/1/5100']]; // 5000 × (1 − 98/149) = 1711.41
  }),
  scenario('a goodwill refund of 5.00 in the last month of a year', (a) => {
    a.refund(year(a).charge, 500, '12-10');
    return [
      ['12-09', 'usd 10000/1/120000'],
      ['12-10', 'usd 9958/1/119500'], // 119500 / 12 = 9958.33
      ['12-15', 'usd 9958/1/119500'],
    ];
  }),
  scenario('a year refunded in full', (a) => {
    a.refund(year(a).charge, 120000, '03-01');
    return [
      ['02-28', 'usd 10000/1/120000'],
      ['03-01', ''],
      ['2027-01-01T12:00', ''],
    ];
  }),
  scenario('half of a half-year refunded half-way', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(60000, 'month', { every: 6 }), ['01-01', '07-01'])]);
    a.refund(invoice.charge, 30000, '04-01T12:00'); // 90.5 of 181 days: 30000 is unexpired
    return [
      ['04-01', 'usd 10000/1/60000'],
      ['04-02', 'usd 0/0/30000'], // 30000 ≥ 30000 − 10000
    ];
  }),
  scenario('half of a year refunded half-way', (a) => {
    a.refund(year(a).charge, 60000, '07-02T12:00');
    return [['07-03', 'usd 0/0/60000']]; // 60000 ≥ 60000 − 10000
  }),
  scenario('a year refunded for the whole months that remain', (a) => {
    a.refund(year(a).charge, 50000, '07-15');
    return [['07-16', 'usd 0/0/70000']]; // 170/365 × 120000 = 55890; 50000 ≥ 55890 − 10000
  }),
  scenario('a third of a year refunded half-way', (a) => {
    a.refund(year(a).charge, 40000, '07-02T12:00');
    return [['07-03', 'usd 6667/1/80000']]; // 40000 < 60000 − 10000; 80000 / 12 = 6666.67
  }),
  scenario('a year refunded in two parts', (a) => {
    const { charge } = year(a);
    a.refund(charge, 30000, '04-01');
    a.refund(charge, 30000, '10-01');
    return [
      ['05-01', 'usd 7500/1/90000'], // 275/365 × 120000 = 90411; 30000 < 90411 − 10000
      ['10-02', 'usd 0/0/60000'], // 92/365 × 120000 = 30247; 60000 ≥ 30247 − 10000
    ];
  }),
  scenario('a third of a quarter refunded in its last month', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(30000, 'month', { every: 3 }), ['01-01', '04-01'])]);
    a.refund(invoice.charge, 10000, '03-01');
    return [['03-02', 'usd 0/0/20000']]; // 31/90 × 30000 = 10333; 10000 ≥ 10333 − 5167
  }),
  scenario('a tenth of a quarter refunded in its last month', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(30000, 'month', { every: 3 }), ['01-01', '04-01'])]);
    a.refund(invoice.charge, 3000, '03-01');
    return [['03-02', 'usd 9000/1/27000']]; // 3000 < 5167; 27000 / 3
  }),
  scenario('a year refunded in full by a refund that fails', (a) => {
    a.refund(year(a).charge, 120000, '01-20', { failed: '01-25' });
    return [
      ['01-22', ''],
      ['01-26', 'usd 10000/1/120000'],
    ];
  }),
  scenario('a single charge refunded in part', (a) => {
    a.refund(a.charge(2500, '01-10'), 1000, '01-12');
    return [['01-15', 'usd 0/0/1500']];
  }),
  scenario('the last of three years refunded at its beginning', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(360000, 'year', { every: 3 }), ['01-01', '2029-01-01'])]);
    a.refund(invoice.charge, 120000, '2028-01-01');
    return [['2028-02-01', 'usd 0/0/240000']]; // 366/1096 × 360000 = 120219; 120000 ≥ 120219 − 10000
  }),
];

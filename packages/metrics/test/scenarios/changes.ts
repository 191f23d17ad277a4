import { type Account, proration, regular, single } from './account.ts';
import { FEBRUARY, HALF_FEBRUARY, HALF_JANUARY, HALF_YEAR, JANUARY, MARCH, scenario, YEAR } from './scenario.ts';

/** 30.00 a month from 1 January, then 40.00 from the 16th at noon: −15.00 and +20.00. */
function upgrade(a: Account) {
  const [small, large] = [a.price(3000, 'month'), a.price(4000, 'month')];
  a.invoice('01-01', [regular(small, JANUARY)]);
  return a.invoice('01-16T12:00', [
    proration(small, HALF_JANUARY, { amount: -1500 }),
    proration(large, HALF_JANUARY, { amount: 2000 }),
  ]);
}

/** Changes in mid-period, first periods that are shorter, and cancellations with a credit. */
export const changes = [
  scenario('five seats, then three by a credit invoice', (a) => {
    const seat = a.price(1000, 'month');
    a.invoice('01-01', [regular(seat, JANUARY, { quantity: 5 })]);
    a.invoice('01-16T12:00', [
      proration(seat, HALF_JANUARY, { quantity: 5, amount: -2500 }),
      proration(seat, HALF_JANUARY, { quantity: 3, amount: 1500 }),
    ]);
    return [
      ['01-16T11:59:59', 'usd 5000/1/5000'],
      ['01-16T12:00', 'usd 3000/1/5000'], // 5000 − 5000 + 3000; the credit stays in the balance
      ['01-31', 'usd 3000/1/5000'],
      ['02-03', 'usd 0/0/5000'],
    ];
  }),
  scenario('three seats, then five', (a) => {
    const seat = a.price(1000, 'month');
    a.invoice('01-01', [regular(seat, JANUARY, { quantity: 3 })]);
    a.invoice('01-16T12:00', [
      proration(seat, HALF_JANUARY, { quantity: 3, amount: -1500 }),
      proration(seat, HALF_JANUARY, { quantity: 5, amount: 2500 }),
    ]);
    return [['01-20', 'usd 5000/1/4000']]; // 3000 − 3000 + 5000; 3000 + 1000
  }),
  scenario('prorations that are invoice items', (a) => {
    const seat = a.price(1000, 'month');
    a.invoice('01-01', [regular(seat, JANUARY, { quantity: 3 })]);
    a.invoice('01-16T12:00', [
      proration(seat, HALF_JANUARY, { quantity: 3, amount: -1500, parent: 'invoice_item' }),
      proration(seat, HALF_JANUARY, { quantity: 5, amount: 2500, parent: 'invoice_item' }),
    ]);
    return [
      ['01-20', 'usd 5000/1/4000'], // 3000 − 3000 + 5000
      ['02-03', 'usd 0/0/4000'],
    ];
  }),
  scenario('an upgrade, then a refund of 1.00', (a) => {
    const invoice = upgrade(a);
    a.refund(invoice.charge, 100, '01-20');
    return [
      ['01-17', 'usd 4000/1/3500'], // 3000 − 3000 + 4000; 3000 + 500
      ['01-21', 'usd 3800/1/3400'], // a fifth of each line: 3000 − 2400 + 3200
    ];
  }),
  scenario('an upgrade that is refunded in full', (a) => {
    const invoice = upgrade(a);
    a.refund(invoice.charge, 500, '01-20');
    return [['01-21', 'usd 3000/1/3000']]; // both lines have a net of 0
  }),
  scenario('an upgrade, then a lost dispute about it', (a) => {
    const invoice = upgrade(a);
    a.dispute(invoice.charge, [[-500, '01-20']]);
    return [['01-21', 'usd 3000/1/3000']];
  }),
  scenario('an upgrade, then a credit note for a part of the new line', (a) => {
    const invoice = upgrade(a);
    a.creditNote(invoice, '01-20', { lines: [{ line: invoice.lines[1] ?? '', amount: 500 }], balance: 500 });
    return [['01-21', 'usd 3000/1/3500']]; // 3000 − 3000 + 4000 × 1500/2000; the money stays
  }),
  scenario('an upgrade whose payment comes later', (a) => {
    const [small, large] = [a.price(3000, 'month'), a.price(4000, 'month')];
    a.invoice('01-01', [regular(small, JANUARY)]);
    const lines = [proration(small, HALF_JANUARY, { amount: -1500 }), proration(large, HALF_JANUARY, { amount: 2000 })];
    a.invoice('01-16T12:00', lines, { paid: '01-25' });
    return [
      ['01-20', 'usd 3000/1/3000'], // only what was paid
      ['01-26', 'usd 4000/1/3500'],
    ];
  }),
  scenario('an upgrade that is billed with the next period', (a) => {
    const [small, large] = [a.price(3000, 'month'), a.price(4000, 'month')];
    a.invoice('01-01', [regular(small, JANUARY)]);
    a.invoice('02-01', [
      proration(small, HALF_JANUARY, { amount: -1500, parent: 'invoice_item' }),
      proration(large, HALF_JANUARY, { amount: 2000, parent: 'invoice_item' }),
      regular(large, FEBRUARY),
    ]);
    return [
      ['01-20', 'usd 3000/1/3000'],
      ['02-10', 'usd 4000/1/7500'], // 3000 + 500 + 4000
    ];
  }),
  scenario('an upgrade, then a downgrade, then a renewal from the balance', (a) => {
    const [small, large, tiny] = [a.price(3000, 'month'), a.price(4000, 'month'), a.price(1000, 'month')];
    a.invoice('02-01', [regular(small, FEBRUARY)]);
    a.invoice('02-08', [
      proration(small, ['02-08', '03-01'], { amount: -2250 }), // 21 of 28 days
      proration(large, ['02-08', '03-01'], { amount: 3000 }),
    ]);
    a.invoice('02-15', [
      proration(large, HALF_FEBRUARY, { amount: -2000 }),
      proration(tiny, HALF_FEBRUARY, { amount: 500 }),
    ]);
    a.invoice('03-01', [regular(tiny, ['03-01', '04-01'])], { balance: 1000 });
    return [
      ['02-05', 'usd 3000/1/3000'],
      ['02-10', 'usd 4000/1/3750'], // 3000 + 750
      ['02-20', 'usd 1000/1/3750'], // 3000 − 3000 + 4000 − 4000 + 1000
      ['03-10', 'usd 1000/1/3750'], // paid from the balance
    ];
  }),
  scenario('an item is added', (a) => {
    a.invoice('02-01', [regular(a.price(2000, 'month'), FEBRUARY)]);
    a.invoice('02-08', [proration(a.price(3000, 'month'), ['02-08', '03-01'], { item: 'si_2', amount: 2250 })]);
    return [['02-10', 'usd 5000/1/4250']]; // 2000 + 3000; 2000 + 2250
  }),
  scenario('an item is removed', (a) => {
    const [base, extra] = [a.price(2000, 'month'), a.price(3000, 'month')];
    a.invoice('02-01', [regular(base, FEBRUARY), regular(extra, FEBRUARY, { item: 'si_2' })]);
    a.invoice('02-15', [proration(extra, HALF_FEBRUARY, { item: 'si_2', amount: -1500 })]);
    return [
      ['02-10', 'usd 5000/1/5000'],
      ['02-20', 'usd 2000/1/5000'], // 2000 + 3000 − 3000
    ];
  }),
  scenario('the price is swapped for that of a new item', (a) => {
    const [small, large] = [a.price(3000, 'month'), a.price(4000, 'month')];
    a.invoice('02-01', [regular(small, FEBRUARY)]);
    a.invoice('02-15', [
      proration(small, HALF_FEBRUARY, { amount: -1500 }),
      proration(large, HALF_FEBRUARY, { item: 'si_2', amount: 2000 }),
    ]);
    a.invoice('03-01', [regular(large, ['03-01', '04-01'], { item: 'si_2' })]);
    return [
      ['02-20', 'usd 4000/1/3500'], // 3000 − 3000 + 4000
      ['03-10', 'usd 4000/1/7500'],
    ];
  }),
  ...(['03-01', '03-01T10:00'] as const).map((paid) =>
    scenario(`an item that the renewal no longer has, paid ${paid}`, (a) => {
      const [base, extra] = [a.price(2000, 'month'), a.price(3000, 'month')];
      a.invoice('02-01', [regular(base, FEBRUARY), regular(extra, FEBRUARY, { item: 'si_2' })]);
      a.invoice('03-01', [regular(base, MARCH)], { paid });
      return [
        ['02-20', 'usd 5000/1/5000'],
        ...(paid === '03-01' ? [] : [['03-01T09:59:59', 'usd 5000/1/5000'] as [string, string]]), // grace
        ['03-01T12:00', 'usd 2000/1/7000'], // the renewal ends the grace of both items
        ['03-10', 'usd 2000/1/7000'],
      ];
    }),
  ),
  scenario('an annual item whose grace begins after a renewal of the monthly item', (a) => {
    const [monthly, annual] = [a.price(1000, 'month'), a.price(12000, 'year')];
    a.invoice('2025-01-15', [regular(annual, ['2025-01-15', '01-15'], { item: 'si_2' })]);
    a.invoice('01-01', [regular(monthly, JANUARY)]);
    return [
      ['01-10', 'usd 2000/1/13000'],
      ['01-15T12:00', 'usd 2000/1/13000'], // grace: nothing was renewed without it since
      ['01-16', 'usd 1000/1/13000'],
    ];
  }),
  scenario('a last period that a planned cancellation shortens', (a) => {
    const price = a.price(2800, 'month');
    a.invoice('01-01', [regular(price, JANUARY)]);
    a.invoice('02-01', [regular(price, ['02-01', '02-15'], { amount: 1400 })]); // 14 of 28 days
    a.cancel('01-20', '02-15');
    return [
      ['02-10', 'usd 2800/1/4200'], // the list price
      ['02-17', 'usd 0/0/4200'],
    ];
  }),
  scenario('more seats of one of two items', (a) => {
    const [base, seat] = [a.price(2000, 'month'), a.price(500, 'month')];
    a.invoice('02-01', [regular(base, FEBRUARY), regular(seat, FEBRUARY, { item: 'si_2', quantity: 3 })]);
    a.invoice('02-15', [
      proration(seat, HALF_FEBRUARY, { item: 'si_2', quantity: 3, amount: -750 }),
      proration(seat, HALF_FEBRUARY, { item: 'si_2', quantity: 5, amount: 1250 }),
    ]);
    return [['02-20', 'usd 4500/1/4000']]; // 2000 + 5 × 500; 3500 + 500
  }),
  scenario('a cheaper price from the next period on', (a) => {
    a.invoice('01-01', [regular(a.price(4000, 'month'), JANUARY)]);
    a.invoice('02-01', [regular(a.price(3000, 'month'), FEBRUARY)]);
    return [
      ['01-20', 'usd 4000/1/4000'],
      ['02-01', 'usd 3000/1/7000'], // the grace of January ended with the new line
    ];
  }),
  scenario('monthly to annual', (a) => {
    const [monthly, annual] = [a.price(10000, 'month'), a.price(96000, 'year')];
    a.invoice('01-01', [regular(monthly, JANUARY)]);
    a.invoice('01-16T12:00', [
      proration(monthly, HALF_JANUARY, { amount: -5000 }),
      regular(annual, ['01-16T12:00', '2027-01-16T12:00']),
    ]);
    return [
      ['01-10', 'usd 10000/1/10000'],
      ['01-20', 'usd 8000/1/101000'], // 96000 / 12, without the old period and its credit; 10000 + 91000
      ['02-01T12:00', 'usd 8000/1/101000'],
      ['06-01', 'usd 8000/1/101000'],
      ['2027-01-18', 'usd 0/0/101000'],
    ];
  }),
  scenario('annual to monthly', (a) => {
    const [annual, monthly] = [a.price(120000, 'year'), a.price(9000, 'month')];
    a.invoice('01-01', [regular(annual, YEAR)]);
    a.invoice('07-02T12:00', [
      proration(annual, HALF_YEAR, { amount: -60000 }), // 182.5 of 365 days
      regular(monthly, ['07-02T12:00', '08-02T12:00']),
    ]);
    a.invoice('08-02T12:00', [regular(monthly, ['08-02T12:00', '09-02T12:00'])], { balance: 9000 });
    return [
      ['07-01', 'usd 10000/1/120000'],
      ['07-10', 'usd 9000/1/120000'], // the new period alone
      ['08-10', 'usd 9000/1/120000'], // paid from the balance: kept
      ['09-10', 'usd 0/0/120000'],
      ['2027-01-01T12:00', 'usd 0/0/120000'], // the year's grace does not bring it back
    ];
  }),
  scenario('monthly to annual with a new item', (a) => {
    const [monthly, annual] = [a.price(10000, 'month'), a.price(96000, 'year')];
    a.invoice('01-01', [regular(monthly, JANUARY)]);
    a.invoice('01-16T12:00', [
      proration(monthly, HALF_JANUARY, { amount: -5000 }),
      regular(annual, ['01-16T12:00', '2027-01-16T12:00'], { item: 'si_2' }),
    ]);
    return [
      ['01-20', 'usd 8000/1/101000'], // 10000 − 10000 + 8000
      ['02-05', 'usd 8000/1/101000'],
    ];
  }),
  scenario('monthly to annual with a credit that is an invoice item', (a) => {
    const [monthly, annual] = [a.price(10000, 'month'), a.price(96000, 'year')];
    a.invoice('01-01', [regular(monthly, JANUARY)]);
    a.invoice('01-16T12:00', [
      proration(monthly, HALF_JANUARY, { amount: -5000, parent: 'invoice_item' }),
      regular(annual, ['01-16T12:00', '2027-01-16T12:00']),
    ]);
    return [['01-20', 'usd 8000/1/101000']];
  }),
  scenario('the annual item of two is upgraded, with prorations that are invoice items', (a) => {
    const [monthly, small, large] = [a.price(1000, 'month'), a.price(12000, 'year'), a.price(24000, 'year')];
    a.invoice('01-01', [regular(small, YEAR, { item: 'si_2' })]);
    a.invoice('07-01', [regular(monthly, ['07-01', '08-01'])]);
    a.invoice('07-02T12:00', [
      proration(small, HALF_YEAR, { amount: -6000, parent: 'invoice_item' }),
      proration(large, HALF_YEAR, { amount: 12000, parent: 'invoice_item' }),
    ]);
    a.invoice('08-01', [regular(monthly, ['08-01', '09-01'])]);
    return [
      ['07-15', 'usd 3000/1/19000'], // 1000 + 1000 − 1000 + 2000
      ['08-15', 'usd 3000/1/20000'], // the renewal of the other item does not end the prorations
      ['10-15', 'usd 2000/1/20000'],
    ];
  }),
  scenario('a proration for the time before the first period', (a) => {
    const price = a.price(3100, 'month');
    a.invoice('01-01', [
      proration(price, ['2025-12-11', '01-01'], { amount: 2100 }), // 21 of 31 days
      regular(price, JANUARY),
    ]);
    return [['01-01T12:00', 'usd 3100/1/5200']];
  }),
  scenario('more seats of a larger price, with inclusive tax', (a) => {
    const [small, large] = [a.price(3000, 'month'), a.price(4000, 'month')];
    a.invoice('02-01', [regular(small, FEBRUARY, { quantity: 2, inclusiveTax: 958 })]);
    a.invoice('02-15', [
      proration(small, HALF_FEBRUARY, { quantity: 2, amount: -3000, inclusiveTax: -479 }),
      proration(large, HALF_FEBRUARY, { quantity: 3, amount: 6000, inclusiveTax: 958 }),
    ]);
    return [['02-20', 'usd 12000/1/9000']]; // 6000 − 6000 + 3 × 4000; 6000 + 3000
  }),
  scenario('weekly to monthly', (a) => {
    const [weekly, monthly] = [a.price(700, 'week'), a.price(3000, 'month')];
    a.invoice('01-05', [regular(weekly, ['01-05', '01-12'])]);
    a.invoice('01-08T12:00', [
      proration(weekly, ['01-08T12:00', '01-12'], { amount: -350 }),
      regular(monthly, ['01-08T12:00', '02-08T12:00']),
    ]);
    return [
      ['01-06', 'usd 3033/1/700'],
      ['01-10', 'usd 3000/1/3350'], // 700 + 2650
      ['01-12T12:00', 'usd 3000/1/3350'],
    ];
  }),
  scenario('a period that begins anew', (a) => {
    const price = a.price(3000, 'month');
    a.invoice('01-01', [regular(price, JANUARY)]);
    a.invoice('01-16T12:00', [
      proration(price, HALF_JANUARY, { amount: -1500 }),
      regular(price, ['01-16T12:00', '02-16T12:00']),
    ]);
    return [
      ['01-20', 'usd 3000/1/4500'], // 3000 + 1500
      ['02-10', 'usd 3000/1/4500'],
    ];
  }),
  scenario('an annual upgrade half-way, refunded in full later', (a) => {
    const [small, large] = [a.price(120000, 'year'), a.price(240000, 'year')];
    a.invoice('01-01', [regular(small, YEAR)]);
    const invoice = a.invoice('07-02T12:00', [
      proration(small, HALF_YEAR, { amount: -60000 }),
      proration(large, HALF_YEAR, { amount: 120000 }),
    ]);
    a.refund(invoice.charge, 60000, '08-01');
    return [
      ['07-10', 'usd 20000/1/180000'], // 10000 − 10000 + 20000
      ['08-02', 'usd 10000/1/120000'],
    ];
  }),
  scenario('cancelled at once with credit', (a) => {
    const price = a.price(10000, 'month');
    a.invoice('01-01', [regular(price, JANUARY)]);
    a.invoice('01-16T12:00', [proration(price, HALF_JANUARY, { amount: -5000 })]);
    a.cancel('01-16T12:00');
    return [
      ['01-16', 'usd 10000/1/10000'],
      ['01-20', 'usd 0/0/10000'], // 10000 − 10000
    ];
  }),
  scenario('cancelled at once with credit, then refunded as well', (a) => {
    const price = a.price(10000, 'month');
    const invoice = a.invoice('01-01', [regular(price, JANUARY)]);
    a.invoice('01-16T12:00', [proration(price, HALF_JANUARY, { amount: -5000 })]);
    a.cancel('01-16T12:00');
    a.refund(invoice.charge, 5000, '01-17');
    return [['01-20', 'usd 0/0/5000']]; // 5000 − 10000: never below 0
  }),
  scenario('an annual subscription cancelled at once with credit', (a) => {
    const price = a.price(120000, 'year');
    a.invoice('01-01', [regular(price, YEAR)]);
    a.invoice('07-02T12:00', [proration(price, HALF_YEAR, { amount: -60000, parent: 'invoice_item' })]);
    a.cancel('07-02T12:00');
    return [
      ['07-01', 'usd 10000/1/120000'],
      ['07-10', 'usd 0/0/120000'],
    ];
  }),
  ...(['regular', 'proration'] as const).flatMap((kind) => [
    scenario(`a first stub from 20 January, as a ${kind} line`, (a) => {
      const price = a.price(10000, 'month');
      const period: [string, string] = ['01-20', '02-01'];
      const options = { amount: 3871 }; // 10000 × 12/31 = 3870.97
      a.invoice('01-20', [kind === 'regular' ? regular(price, period, options) : proration(price, period, options)]);
      a.invoice('02-01', [regular(price, FEBRUARY)]);
      return [
        ['01-25', 'usd 10000/1/3871'], // the list price
        ['02-10', 'usd 10000/1/13871'],
      ];
    }),
    scenario(`an annual stub from October, as a ${kind} line`, (a) => {
      const price = a.price(120000, 'year');
      const period: [string, string] = ['10-01', '2027-01-01'];
      const options = { amount: 30247 }; // 120000 × 92/365 = 30246.58
      a.invoice('10-01', [kind === 'regular' ? regular(price, period, options) : proration(price, period, options)]);
      return [['11-01', 'usd 10000/1/30247']]; // 120000 / 12
    }),
  ]),
  scenario('a stub of two seats', (a) => {
    a.invoice('01-20', [regular(a.price(10000, 'month'), ['01-20', '02-01'], { quantity: 2, amount: 7742 })]);
    return [['01-25', 'usd 20000/1/7742']]; // 2 × 10000 × 12/31 = 7741.94
  }),
  scenario('an annual stub in a leap year', (a) => {
    const stub = regular(a.price(120000, 'year'), ['2027-12-01', '2028-03-01'], { amount: 29836 });
    a.invoice('2027-12-01', [stub]); // 120000 × 91/366 = 29836.07
    return [['2028-01-15', 'usd 10000/1/29836']];
  }),
  scenario('a quarterly stub', (a) => {
    a.invoice('02-15', [regular(a.price(30000, 'month', { every: 3 }), ['02-15', '04-01'], { amount: 15000 })]);
    return [['03-01', 'usd 10000/1/15000']]; // 45 of 90 days; 30000 / 3
  }),
  scenario('a weekly stub', (a) => {
    a.invoice('01-02', [regular(a.price(700, 'week'), ['01-02', '01-05'], { amount: 300 })]);
    return [['01-03', 'usd 3033/1/300']]; // 3 of 7 days; 700 × 52/12 = 3033.33
  }),
  scenario('a stub with a discount of 10 %', (a) => {
    a.invoice('01-20', [regular(a.price(10000, 'month'), ['01-20', '02-01'], { amount: 3871, discounts: [387] })]);
    return [['01-25', 'usd 9000/1/3484']]; // 10000 × 3484/3871 = 9000.26
  }),
  scenario('a stub with a refund of 10.00', (a) => {
    const invoice = a.invoice('01-20', [regular(a.price(10000, 'month'), ['01-20', '02-01'], { amount: 3871 })]);
    a.refund(invoice.charge, 1000, '01-22');
    return [['01-25', 'usd 7417/1/2871']]; // 10000 × 2871/3871 = 7416.69
  }),
  ...(
    [
      // An upgrade to twice the price, 14 days before 28 February: 14 of 28, 29, 30 or 31 days.
      ['01-31', 2800],
      ['01-30', 2900],
      ['01-29', 3000],
      ['01-28', 3100],
    ] as const
  ).map(([start, unit]) =>
    scenario(`an upgrade in the month from ${start} to 28 February`, (a) => {
      const [small, large] = [a.price(unit, 'month'), a.price(2 * unit, 'month')];
      a.invoice(start, [regular(small, [start, '02-28'])]);
      a.invoice('02-14', [
        proration(small, ['02-14', '02-28'], { amount: -1400 }),
        proration(large, ['02-14', '02-28'], { amount: 2800 }),
      ]);
      return [['02-20', `usd ${2 * unit}/1/${unit + 1400}`]]; // unit − unit + 2 × unit
    }),
  ),
  ...(
    [
      ['01-31', 2800],
      ['01-30', 2900],
      ['01-29', 3000],
      ['01-28', 3100],
    ] as const
  ).map(([start, unit]) =>
    scenario(`a stub of the month from ${start} to 28 February`, (a) => {
      a.invoice('02-14', [regular(a.price(unit, 'month'), ['02-14', '02-28'], { amount: 1400 })]);
      return [['02-20', `usd ${unit}/1/1400`]]; // 14 of 28, 29, 30 or 31 days
    }),
  ),
  ...(['subscription_item', 'invoice_item'] as const).flatMap((parent) => [
    scenario(`more seats of volume tiers after a short month, as ${parent}`, (a) => {
      const price = a.price(null, 'month', { tiers: 'volume' });
      a.invoice('01-31', [regular(price, ['01-31', '02-28'], { quantity: 10, amount: 2800, unit: '280' })]);
      a.invoice('02-14', [
        proration(price, ['02-14', '02-28'], { quantity: 10, amount: -1400, parent }),
        proration(price, ['02-14', '02-28'], { quantity: 20, amount: 2800, parent }),
      ]);
      return [['02-20', 'usd 5600/1/4200']]; // no unit amount: 14 of the 28 days of the item's regular line
    }),
    scenario(`an upgrade after a short month with a discount in the amounts, as ${parent}`, (a) => {
      const [small, large] = [a.price(2800, 'month'), a.price(5600, 'month')];
      a.invoice('01-31', [regular(small, ['01-31', '02-28'], { discounts: [560] })]);
      a.invoice('02-14', [
        proration(small, ['02-14', '02-28'], { amount: -1120, parent }),
        proration(large, ['02-14', '02-28'], { amount: 2240, parent }),
      ]);
      return [['02-20', 'usd 4480/1/3360']]; // 2240 − 2240 + 4480: 80 % of 5600
    }),
  ]),
  scenario('an upgrade in the month from 31 March to 30 April', (a) => {
    const [small, large] = [a.price(3000, 'month'), a.price(6000, 'month')];
    a.invoice('03-31', [regular(small, ['03-31', '04-30'])]);
    a.invoice('04-15', [
      proration(small, ['04-15', '04-30'], { amount: -1500 }), // 15 of 30 days
      proration(large, ['04-15', '04-30'], { amount: 3000 }),
    ]);
    return [['04-20', 'usd 6000/1/4500']];
  }),
  scenario('an upgrade in the quarter from 30 November to 28 February', (a) => {
    const [small, large] = [a.price(9000, 'month', { every: 3 }), a.price(18000, 'month', { every: 3 })];
    a.invoice('2025-11-30', [regular(small, ['2025-11-30', '02-28'])]);
    a.invoice('01-14', [
      proration(small, ['01-14', '02-28'], { amount: -4500 }), // 45 of 90 days
      proration(large, ['01-14', '02-28'], { amount: 9000 }),
    ]);
    return [['01-20', 'usd 6000/1/13500']]; // 18000 / 3
  }),
  scenario('an upgrade in the year from 29 February 2024 to 28 February 2025', (a) => {
    const [small, large] = [a.price(120000, 'year'), a.price(240000, 'year')];
    a.invoice('2024-02-29', [regular(small, ['2024-02-29', '2025-02-28'])]);
    a.invoice('2024-08-29', [
      proration(small, ['2024-08-29', '2025-02-28'], { amount: -60164 }), // 183/365: 60164.38
      proration(large, ['2024-08-29', '2025-02-28'], { amount: 120329 }), // 120328.77
    ]);
    return [['2024-10-01', 'usd 20000/1/180165']]; // 10000 − 10000 + 20000; 120000 + 60165
  }),
  scenario('an upgrade in the month from 30 January to 29 February 2028', (a) => {
    const [small, large] = [a.price(3000, 'month'), a.price(6000, 'month')];
    const half: [string, string] = ['2028-02-14', '2028-02-29'];
    a.invoice('2028-01-30', [regular(small, ['2028-01-30', '2028-02-29'])]);
    a.invoice('2028-02-14', [
      proration(small, half, { amount: -1500 }), // 15 of 30 days
      proration(large, half, { amount: 3000 }),
    ]);
    return [['2028-02-20', 'usd 6000/1/4500']];
  }),
  scenario('an upgrade with a discount of 20 % on each line', (a) => {
    const [small, large] = [a.price(3000, 'month'), a.price(4000, 'month')];
    a.invoice('01-01', [regular(small, JANUARY, { discounts: [600] })]);
    a.invoice('01-16T12:00', [
      proration(small, HALF_JANUARY, { amount: -1500, discounts: [-300] }),
      proration(large, HALF_JANUARY, { amount: 2000, discounts: [400] }),
    ]);
    return [
      ['01-10', 'usd 2400/1/2400'],
      ['01-20', 'usd 3200/1/2800'], // 2400 − 2400 + 3200; 2400 + 400
    ];
  }),
  scenario('an upgrade with a tax of 20 %', (a) => {
    const [small, large] = [a.price(3000, 'month'), a.price(4000, 'month')];
    a.invoice('01-01', [regular(small, JANUARY, { tax: 600 })]);
    a.invoice('01-16T12:00', [
      proration(small, HALF_JANUARY, { amount: -1500, tax: -300 }),
      proration(large, HALF_JANUARY, { amount: 2000, tax: 400 }),
    ]);
    return [['01-20', 'usd 4800/1/4200']]; // 3600 − 3600 + 4800; 3600 + 600
  }),
  scenario('an upgrade with a set-up fee on the same invoice', (a) => {
    const [small, large] = [a.price(3000, 'month'), a.price(4000, 'month')];
    a.invoice('01-01', [regular(small, JANUARY)]);
    const invoice = a.invoice('01-16T12:00', [
      proration(small, HALF_JANUARY, { amount: -1500 }),
      proration(large, HALF_JANUARY, { amount: 2000 }),
      single(a.price(1000, null), '01-16T12:00'),
    ]);
    a.refund(invoice.charge, 1000, '01-20');
    return [
      ['01-18', 'usd 4000/1/4500'], // 3000 + 1500
      ['01-21', 'usd 4000/1/3500'], // the refund equals the fee
    ];
  }),
];

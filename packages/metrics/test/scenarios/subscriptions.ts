import { proration, regular, single } from './account.ts';
import { FEBRUARY, HALF_FEBRUARY, JANUARY, MARCH, scenario, YEAR } from './scenario.ts';

/** Intervals, quantities, items and subscriptions without changes. */
export const subscriptions = [
  scenario('100.00 a month', (a) => {
    a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
    return [
      ['2025-12-31T23:59:59', ''], // the invoice does not exist yet
      ['01-01', 'usd 10000/1/10000'], // begins at the period start, which is the time of payment
      ['01-15', 'usd 10000/1/10000'],
      ['01-31T23:59:59', 'usd 10000/1/10000'],
      ['02-03', 'usd 0/0/10000'], // not renewed
    ];
  }),
  scenario('the grace of 24 hours, to the second', (a) => {
    a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
    return [
      ['02-01', 'usd 10000/1/10000'],
      ['02-01T23:59:59', 'usd 10000/1/10000'], // 1 second before the end of the grace
      ['02-02', 'usd 0/0/10000'], // 1 February + 24 h
      ['02-02T00:00:01', 'usd 0/0/10000'],
    ];
  }),
  scenario('1.00 a day', (a) => {
    a.invoice('01-01', [regular(a.price(100, 'day'), ['01-01', '01-02'])]);
    return [
      ['01-01T12:00', 'usd 3042/1/100'], // 100 × 365/12 = 3041.67
      ['01-02T23:59:59', 'usd 3042/1/100'], // grace
      ['01-03', 'usd 0/0/100'],
    ];
  }),
  scenario('10.00 every 10 days', (a) => {
    a.invoice('01-01', [regular(a.price(1000, 'day', { every: 10 }), ['01-01', '01-11'])]);
    return [['01-05', 'usd 3042/1/1000']]; // 1000 × 365/120 = 3041.67
  }),
  scenario('7.00 a week', (a) => {
    a.invoice('01-01', [regular(a.price(700, 'week'), ['01-01', '01-08'])]);
    return [
      ['01-05', 'usd 3033/1/700'], // 700 × 52/12 = 3033.33
      ['01-09', 'usd 0/0/700'], // 8 January + 24 h
    ];
  }),
  scenario('14.00 every two weeks, renewed', (a) => {
    const price = a.price(1400, 'week', { every: 2 });
    a.invoice('01-01', [regular(price, ['01-01', '01-15'])]);
    a.invoice('01-15', [regular(price, ['01-15', '01-29'])]);
    return [
      ['01-14', 'usd 3033/1/1400'], // 1400 × 52/24 = 3033.33
      ['01-15', 'usd 3033/1/2800'],
      ['01-28', 'usd 3033/1/2800'],
    ];
  }),
  scenario('30.00 every four weeks', (a) => {
    a.invoice('01-01', [regular(a.price(3000, 'week', { every: 4 }), ['01-01', '01-29'])]);
    return [['01-20', 'usd 3250/1/3000']]; // 3000 × 52/48
  }),
  scenario('30.00 a quarter', (a) => {
    a.invoice('01-01', [regular(a.price(3000, 'month', { every: 3 }), ['01-01', '04-01'])]);
    return [
      ['03-31', 'usd 1000/1/3000'], // 3000 / 3
      ['04-02', 'usd 0/0/3000'],
    ];
  }),
  scenario('60.00 a half-year', (a) => {
    a.invoice('01-01', [regular(a.price(6000, 'month', { every: 6 }), ['01-01', '07-01'])]);
    return [['06-30', 'usd 1000/1/6000']]; // 6000 / 6
  }),
  scenario('1,200.00 a year', (a) => {
    a.invoice('01-01', [regular(a.price(120000, 'year'), YEAR)]);
    return [
      ['02-01', 'usd 10000/1/120000'], // 120000 / 12
      ['12-31T23:59:59', 'usd 10000/1/120000'],
      ['2027-01-01T23:59:59', 'usd 10000/1/120000'], // grace
      ['2027-01-02', 'usd 0/0/120000'],
    ];
  }),
  scenario('120.00 every 12 months', (a) => {
    a.invoice('01-01', [regular(a.price(12000, 'month', { every: 12 }), YEAR)]);
    return [['12-01', 'usd 1000/1/12000']]; // 12000 / 12
  }),
  scenario('3,600.00 for three years', (a) => {
    a.invoice('01-01', [regular(a.price(360000, 'year', { every: 3 }), ['01-01', '2029-01-01'])]);
    return [
      ['2028-12-15', 'usd 10000/1/360000'], // 360000 / 36
      ['2029-01-02', 'usd 0/0/360000'],
    ];
  }),
  scenario('2,400.00 for two years', (a) => {
    a.invoice('01-01', [regular(a.price(240000, 'year', { every: 2 }), ['01-01', '2028-01-01'])]);
    return [['2027-12-31', 'usd 10000/1/240000']]; // 240000 / 24
  }),
  scenario('999,999.99 a year for 1,000 seats', (a) => {
    a.invoice('01-01', [regular(a.price(99999999, 'year'), YEAR, { quantity: 1000 })]);
    return [['01-15', 'usd 8333333250/1/99999999000']]; // 99999999000 / 12
  }),
  scenario('a year that begins on 29 February', (a) => {
    const price = a.price(36600, 'year');
    a.invoice('2024-02-29', [regular(price, ['2024-02-29', '2025-02-28'])]);
    a.invoice('2025-02-28', [regular(price, ['2025-02-28', '2026-02-28'])]);
    return [
      ['2025-02-27', 'usd 3050/1/36600'], // 36600 / 12: a full period, whatever its days
      ['2026-02-27', 'usd 3050/1/73200'],
    ];
  }),
  scenario('a month that begins on the 31st', (a) => {
    const price = a.price(10000, 'month');
    a.invoice('01-31', [regular(price, ['01-31', '02-28'])]);
    a.invoice('02-28', [regular(price, ['02-28', '03-31'])]);
    return [
      ['02-15', 'usd 10000/1/10000'],
      ['03-15', 'usd 10000/1/20000'],
    ];
  }),
  scenario('a month that ends on 29 February', (a) => {
    a.invoice('2028-01-31', [regular(a.price(10000, 'month'), ['2028-01-31', '2028-02-29'])]);
    return [
      ['2028-02-28T12:00', 'usd 10000/1/10000'],
      ['2028-02-29T12:00', 'usd 10000/1/10000'], // grace
      ['2028-03-01', 'usd 0/0/10000'],
    ];
  }),
  scenario('renewals that are paid ten hours late', (a) => {
    const price = a.price(10000, 'month');
    a.invoice('01-01', [regular(price, JANUARY)]);
    a.invoice('02-01', [regular(price, FEBRUARY)], { paid: '02-01T10:00' });
    a.invoice('03-01', [regular(price, MARCH)], { paid: '03-01T10:00' });
    return [
      ['02-01T09:59:59', 'usd 10000/1/10000'],
      ['02-01T10:00', 'usd 10000/1/20000'], // the newest period alone, although the grace of January is not over
      ['02-01T20:00', 'usd 10000/1/20000'],
      ['03-01T09:00', 'usd 10000/1/20000'],
      ['03-15', 'usd 10000/1/30000'],
    ];
  }),
  scenario('a renewal that costs nothing', (a) => {
    const price = a.price(3000, 'month');
    a.invoice('01-01', [regular(price, JANUARY)]);
    a.invoice('02-01', [regular(price, FEBRUARY, { discounts: [3000] })]);
    return [['02-01T12:00', 'usd 0/0/3000']]; // the grace of January ends with the next regular line
  }),
  scenario('an annual renewal that is paid 23 hours late', (a) => {
    const price = a.price(120000, 'year');
    a.invoice('2025-01-01', [regular(price, ['2025-01-01', '2026-01-01'])]);
    a.invoice('01-01', [regular(price, YEAR)], { paid: '01-01T23:00' });
    return [
      ['01-01T12:00', 'usd 10000/1/120000'],
      ['01-02', 'usd 10000/1/240000'],
    ];
  }),
  scenario('two periods on the first invoice', (a) => {
    const price = a.price(5000, 'month');
    a.invoice('01-01', [regular(price, ['2025-12-01', '01-01']), regular(price, JANUARY)]);
    return [['01-15', 'usd 5000/1/10000']]; // the newest period alone
  }),
  scenario('four seats', (a) => {
    a.invoice('01-01', [regular(a.price(1250, 'month'), JANUARY, { quantity: 4 })]);
    return [['01-15', 'usd 5000/1/5000']]; // 4 × 1250
  }),
  scenario('two items of a subscription', (a) => {
    a.invoice('01-01', [
      regular(a.price(2000, 'month'), JANUARY),
      regular(a.price(500, 'month'), JANUARY, { quantity: 3, item: 'si_2' }),
    ]);
    return [['01-15', 'usd 3500/1/3500']]; // 2000 + 3 × 500
  }),
  scenario('a monthly and an annual item of a subscription', (a) => {
    const monthly = a.price(1000, 'month');
    a.invoice('01-01', [regular(monthly, JANUARY), regular(a.price(12000, 'year'), YEAR, { item: 'si_2' })]);
    a.invoice('02-01', [regular(monthly, FEBRUARY)]);
    return [
      ['01-15', 'usd 2000/1/13000'], // 1000 + 12000 / 12
      ['02-15', 'usd 2000/1/14000'],
      ['04-01', 'usd 1000/1/14000'], // the monthly item was not renewed
    ];
  }),
  scenario('two subscriptions that overlap', (a) => {
    a.invoice('01-01', [regular(a.price(1000, 'month'), JANUARY)]);
    a.invoice('01-15', [regular(a.price(2000, 'month'), ['01-15', '02-15'], { subscription: 'sub_2' })]);
    return [
      ['01-10', 'usd 1000/1/1000'],
      ['01-20', 'usd 3000/2/3000'],
      ['02-05', 'usd 2000/1/3000'],
      ['02-20', 'usd 0/0/3000'],
    ];
  }),
  scenario('a free and a paid subscription', (a) => {
    a.invoice('01-01', [regular(a.price(0, 'month'), JANUARY)]);
    a.invoice('01-01', [regular(a.price(1000, 'month'), JANUARY, { subscription: 'sub_2' })]);
    return [['01-15', 'usd 1000/1/1000']]; // a rate of 0 is not counted
  }),
  scenario('a set-up fee is not MRR', (a) => {
    a.invoice('01-01', [regular(a.price(5000, 'month'), JANUARY), single(a.price(9900, null), '01-01')]);
    return [['01-15', 'usd 5000/1/14900']];
  }),
  scenario('an invoice item with a recurring price is not MRR', (a) => {
    a.invoice('01-01', [single(a.price(5000, 'month'), '01-01')]);
    return [['01-15', 'usd 0/0/5000']]; // invoice_item_details without proration
  }),
  scenario('cancelled at the end of the period', (a) => {
    a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
    a.cancel('01-10', '02-01');
    return [
      ['01-20', 'usd 10000/1/10000'],
      ['02-03', 'usd 0/0/10000'],
    ];
  }),
  scenario('cancelled at once without credit', (a) => {
    a.invoice('01-01', [regular(a.price(120000, 'year'), YEAR)]);
    a.cancel('03-10');
    return [
      ['03-20', 'usd 10000/1/120000'], // lost when it is not renewed
      ['2027-01-03', 'usd 0/0/120000'],
    ];
  }),
  scenario('a customer who comes back', (a) => {
    const price = a.price(10000, 'month');
    a.invoice('01-01', [regular(price, JANUARY)]);
    a.cancel('01-10', '02-01');
    a.invoice('05-10', [regular(price, ['05-10', '06-10'], { subscription: 'sub_2' })]);
    return [
      ['03-01', 'usd 0/0/10000'],
      ['05-15', 'usd 10000/1/20000'],
    ];
  }),
  scenario('a licensed and a metered price', (a) => {
    const licensed = a.price(5000, 'month');
    const metered = a.price(1, 'month', { usage: 'metered' });
    a.invoice('02-01', [regular(licensed, FEBRUARY), regular(metered, JANUARY, { quantity: 2345, item: 'si_2' })]);
    return [['02-10', 'usd 5000/1/7345']]; // 5000; 5000 + 2345
  }),
  scenario('only a metered price', (a) => {
    a.invoice('02-01', [regular(a.price(1, 'month', { usage: 'metered' }), JANUARY, { quantity: 2345 })]);
    return [['02-10', 'usd 0/0/2345']];
  }),
  scenario('graduated tiers, a line for each', (a) => {
    const price = a.price(null, 'month', { tiers: 'graduated' });
    a.invoice('01-01', [
      regular(price, JANUARY, { quantity: 10, amount: 10000, unit: '1000' }),
      regular(price, JANUARY, { quantity: 5, amount: 4000, unit: '800' }),
    ]);
    return [['01-15', 'usd 14000/1/14000']]; // 10 × 1000 + 5 × 800: both lines are of the newest period
  }),
  scenario('graduated tiers with a flat fee, renewed', (a) => {
    const price = a.price(null, 'month', { tiers: 'graduated' });
    for (const period of [JANUARY, FEBRUARY]) {
      a.invoice(period[0], [
        regular(price, period, { quantity: 5, amount: 5000, unit: '1000' }),
        regular(price, period, { quantity: 1, amount: 2000, unit: '2000' }),
      ]);
    }
    return [
      ['01-15', 'usd 7000/1/7000'], // 5 × 1000 + 2000
      ['02-15', 'usd 7000/1/14000'],
    ];
  }),
  scenario('volume tiers, more seats in mid-period', (a) => {
    const price = a.price(null, 'month', { tiers: 'volume' });
    a.invoice('02-01', [regular(price, FEBRUARY, { quantity: 15, amount: 12000, unit: '800' })]);
    a.invoice('02-15', [
      proration(price, HALF_FEBRUARY, { quantity: 15, amount: -6000 }),
      proration(price, HALF_FEBRUARY, { quantity: 20, amount: 8000 }),
    ]);
    return [
      ['02-10', 'usd 12000/1/12000'], // 15 × 800
      ['02-20', 'usd 16000/1/14000'], // 12000 − 12000 + 20 × 800; 12000 + 2000
    ];
  }),
  scenario('packages of ten, rounded up', (a) => {
    const price = a.price(500, 'month', { package: { by: 10, round: 'up' } });
    a.invoice('02-01', [regular(price, FEBRUARY, { quantity: 25, amount: 1500 })]);
    a.invoice('02-15', [
      proration(price, HALF_FEBRUARY, { quantity: 25, amount: -750 }),
      proration(price, HALF_FEBRUARY, { quantity: 45, amount: 1250 }),
    ]);
    return [
      ['02-10', 'usd 1500/1/1500'], // 3 packages × 500
      ['02-20', 'usd 2500/1/2000'], // 5 packages × 500; 1500 + 500
    ];
  }),
  scenario('packages of ten, rounded down', (a) => {
    const price = a.price(500, 'month', { package: { by: 10, round: 'down' } });
    a.invoice('01-01', [regular(price, JANUARY, { quantity: 25, amount: 1000 })]);
    return [['01-15', 'usd 1000/1/1000']]; // 2 packages × 500
  }),
  scenario('packages that change after a short month', (a) => {
    const price = a.price(500, 'month', { package: { by: 10, round: 'up' } });
    a.invoice('01-31', [regular(price, ['01-31', '02-28'], { quantity: 25, amount: 1500 })]);
    a.invoice('02-14', [
      proration(price, ['02-14', '02-28'], { quantity: 25, amount: -750 }),
      proration(price, ['02-14', '02-28'], { quantity: 45, amount: 1250 }),
    ]);
    return [['02-20', 'usd 2500/1/2000']]; // 5 packages × 500: 14 of the 28 days since 31 January
  }),
  scenario('a unit amount with decimals', (a) => {
    const price = a.price(null, 'month', { decimal: '0.5' });
    a.invoice('02-01', [regular(price, FEBRUARY, { quantity: 1000, amount: 500, unit: '0.5' })]);
    a.invoice('02-15', [
      proration(price, HALF_FEBRUARY, { quantity: 1000, amount: -250, unit: '0.5' }),
      proration(price, HALF_FEBRUARY, { quantity: 2000, amount: 500, unit: '0.5' }),
    ]);
    return [
      ['02-10', 'usd 500/1/500'], // 1000 × 0.5
      ['02-20', 'usd 1000/1/750'], // 2000 × 0.5; 500 + 250
    ];
  }),
  scenario('a unit amount with decimals that the line rounds', (a) => {
    const price = a.price(null, 'month', { decimal: '0.55' });
    a.invoice('01-01', [regular(price, JANUARY, { quantity: 101, amount: 56, unit: '0.55' })]);
    return [['01-15', 'usd 56/1/56']]; // 55.55, rounded
  }),
];

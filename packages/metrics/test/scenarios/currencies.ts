import { proration, regular } from './account.ts';
import { FEBRUARY, JANUARY, scenario, YEAR } from './scenario.ts';

/** Currencies, rounding, and customers in unusual states. */
export const currencies = [
  scenario(
    'yen, without decimals',
    (a) => {
      a.invoice('01-01', [regular(a.price(1000, 'year'), YEAR)]);
      return [['01-15', 'jpy 83/1/1000']]; // 1000 / 12 = 83.33
    },
    { currency: 'jpy' },
  ),
  scenario(
    'Kuwaiti dinars, with three decimals',
    (a) => {
      a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
      return [['01-15', 'kwd 10000/1/10000']];
    },
    { currency: 'kwd' },
  ),
  scenario(
    'Icelandic krónur, with two decimals',
    (a) => {
      a.invoice('01-01', [regular(a.price(500000, 'month'), JANUARY)]);
      return [['01-15', 'isk 500000/1/500000']];
    },
    { currency: 'isk' },
  ),
  scenario('subscriptions in two currencies', (a) => {
    const options = { currency: 'eur' };
    a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
    a.invoice('01-10', [regular(a.price(24000, 'year', options), YEAR, { subscription: 'sub_2' })], options);
    return [
      ['01-05', 'usd 10000/1/10000'],
      ['01-15', 'eur 2000/1/24000, usd 10000/1/10000'],
      ['02-15', 'eur 2000/1/24000, usd 0/0/10000'],
    ];
  }),
  scenario('a subscription and a single charge in another currency', (a) => {
    a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
    a.charge(2500, '01-10', { currency: 'gbp' });
    return [['01-15', 'gbp 0/0/2500, usd 10000/1/10000']];
  }),
  scenario('a price with an amount in another currency, more seats in a short month', (a) => {
    const price = a.price(1000, 'month');
    const options = { currency: 'eur' };
    a.invoice('01-31', [regular(price, ['01-31', '02-28'], { amount: 900, unit: '900' })], options);
    a.invoice(
      '02-14',
      [
        proration(price, ['02-14', '02-28'], { amount: -450, unit: '900' }), // 14 of 28 days
        proration(price, ['02-14', '02-28'], { quantity: 2, amount: 900, unit: '900' }),
      ],
      options,
    );
    return [['02-20', 'eur 1800/1/1350']]; // 2 × 900; 900 + 450
  }),
  scenario('half a cent is rounded up', (a) => {
    a.invoice('01-01', [regular(a.price(150, 'year'), YEAR)]);
    return [['01-15', 'usd 13/1/150']]; // 150 / 12 = 12.5
  }),
  scenario('figures are added up, then rounded', (a) => {
    a.invoice('01-01', [regular(a.price(150, 'year'), YEAR)]);
    a.invoice('01-01', [regular(a.price(150, 'year'), YEAR, { subscription: 'sub_2' })]);
    return [['01-15', 'usd 25/2/300']]; // 12.5 + 12.5
  }),
  scenario('thirds are added up, then rounded', (a) => {
    const period: [string, string] = ['01-01', '04-01'];
    const price = a.price(100, 'month', { every: 3 });
    a.invoice(
      '01-01',
      ['si_1', 'si_2', 'si_3'].map((item) => regular(price, period, { item })),
    );
    return [['01-15', 'usd 100/1/300']]; // 3 × 33.33…
  }),
  scenario('half of the smallest unit', (a) => {
    a.invoice('01-01', [regular(a.price(3, 'month', { every: 6 }), ['01-01', '07-01'])]);
    return [['01-15', 'usd 1/1/3']]; // 3 / 6 = 0.5
  }),
  scenario(
    'a deleted customer',
    (a) => {
      a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
      return [['01-15', 'usd 10000/1/10000']]; // figures come from invoices, not from what still exists
    },
    { customer: 'deleted' },
  ),
  scenario('a customer without invoices', () => [['01-15', '']], { customer: 'without currency' }),
  scenario('two customers', (a) => {
    const price = a.price(10000, 'month');
    a.customer('cus_2');
    a.invoice('01-01', [regular(price, JANUARY)]);
    const invoice = a.invoice('01-10', [regular(price, ['01-10', '02-10'], { subscription: 'sub_2' })], {
      customer: 'cus_2',
    });
    a.refund(invoice.charge, 1000, '01-20');
    a.charge(500, '01-25', { customer: 'cus_2' });
    return [
      ['01-05', 'usd 10000/1/10000'],
      ['01-30', 'usd 10000/1/10000, cus_2 usd 9000/1/9500'],
    ];
  }),
  scenario('a charge of no customer', (a) => {
    a.charge(500, '01-25', { customer: null });
    a.invoice('02-01', [regular(a.price(10000, 'month'), FEBRUARY)]);
    return [['02-05', 'usd 10000/1/10000']];
  }),
];

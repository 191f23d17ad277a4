import { regular, single } from './account.ts';
import { FEBRUARY, JANUARY, scenario, YEAR } from './scenario.ts';

export const disputes = [
  scenario('a dispute about a year, won again', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(120000, 'year'), YEAR)]);
    a.dispute(invoice.charge, [
      [-120000, '01-20'],
      [120000, '02-10'],
    ]);
    return [
      ['01-19', 'usd 10000/1/120000'],
      ['01-20', ''], // gross: without the fee
      ['02-09', ''],
      ['02-10', 'usd 10000/1/120000'],
    ];
  }),
  scenario('a dispute about a month, lost, then a renewal', (a) => {
    const price = a.price(10000, 'month');
    const invoice = a.invoice('01-01', [regular(price, JANUARY)]);
    a.dispute(invoice.charge, [[-10000, '01-20']]);
    a.invoice('02-01', [regular(price, FEBRUARY)]);
    return [
      ['01-25', ''],
      ['02-10', 'usd 10000/1/10000'],
    ];
  }),
  scenario('an inquiry', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
    a.dispute(invoice.charge, [], { status: 'warning_needs_response' });
    return [['01-25', 'usd 10000/1/10000']];
  }),
  scenario('a dispute about half of a year, half-way', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(120000, 'year'), YEAR)]);
    a.dispute(invoice.charge, [[-60000, '07-02T12:00']]);
    return [['07-03', 'usd 0/0/60000']]; // 60000 ≥ 60000 − 10000
  }),
  scenario('a dispute about a part', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
    a.dispute(invoice.charge, [[-4000, '01-20']], { status: 'under_review' });
    return [['01-25', 'usd 6000/1/6000']];
  }),
  scenario('a dispute that is won for a part', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
    a.dispute(invoice.charge, [
      [-10000, '01-10'],
      [6000, '01-20'],
    ]);
    return [
      ['01-15', ''],
      ['01-25', 'usd 6000/1/6000'],
    ];
  }),
  scenario('a dispute about an invoice with a set-up fee', (a) => {
    const invoice = a.invoice('01-01', [
      regular(a.price(5000, 'month'), JANUARY),
      single(a.price(15000, null), '01-01'),
    ]);
    a.dispute(invoice.charge, [[-10000, '01-20']]);
    return [['01-25', 'usd 2500/1/10000']]; // half of each line
  }),
  scenario('a dispute in another settlement currency', (a) => {
    const options = { currency: 'eur' };
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month', options), JANUARY)], options);
    a.dispute(invoice.charge, [[-4000, '01-20']], { settled: { currency: 'usd', rate: 1.1 } });
    return [['01-25', 'eur 6000/1/6000']]; // −44.00 usd at 1.1 are −40.00 eur
  }),
  scenario('a dispute in another settlement currency, won again', (a) => {
    const options = { currency: 'eur' };
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month', options), JANUARY)], options);
    const movements: [number, string][] = [
      [-10000, '01-10'],
      [10000, '01-20'],
    ];
    a.dispute(invoice.charge, movements, { settled: { currency: 'usd', rate: 1.1 } });
    return [
      ['01-15', ''],
      ['01-25', 'eur 10000/1/10000'],
    ];
  }),
  scenario('a dispute about a single charge, won again', (a) => {
    a.dispute(a.charge(2500, '01-10'), [
      [-2500, '01-20'],
      [2500, '02-10'],
    ]);
    return [
      ['01-15', 'usd 0/0/2500'],
      ['01-25', ''],
      ['02-15', 'usd 0/0/2500'],
    ];
  }),
  scenario('a refund of a part, then a dispute about the rest', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
    a.refund(invoice.charge, 3000, '01-10');
    a.dispute(invoice.charge, [[-7000, '01-20']]);
    return [
      ['01-15', 'usd 7000/1/7000'],
      ['01-25', ''],
    ];
  }),
];

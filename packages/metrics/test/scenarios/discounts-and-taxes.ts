import { regular, single } from './account.ts';
import { FEBRUARY, JANUARY, scenario, YEAR } from './scenario.ts';

/** Discounts, taxes and trials. */
export const discountsAndTaxes = [
  scenario('a trial, then a coupon of 50 % once', (a) => {
    const price = a.price(5000, 'month');
    a.invoice('01-01', [regular(price, ['01-01', '01-15'], { amount: 0 })]);
    a.invoice('01-15', [regular(price, ['01-15', '02-15'], { discounts: [2500] })]);
    a.invoice('02-15', [regular(price, ['02-15', '03-15'])]);
    return [
      ['01-10', ''],
      ['01-20', 'usd 2500/1/2500'],
      ['02-20', 'usd 5000/1/7500'],
    ];
  }),
  scenario('a trial with a set-up fee, cancelled', (a) => {
    a.invoice('01-01', [
      regular(a.price(5000, 'month'), ['01-01', '01-15'], { amount: 0 }),
      single(a.price(900, null), '01-01'),
    ]);
    a.cancel('01-10');
    return [
      ['01-10', 'usd 0/0/900'],
      ['01-20', 'usd 0/0/900'],
    ];
  }),
  scenario('a trial, cancelled', (a) => {
    a.invoice('01-01', [regular(a.price(5000, 'month'), ['01-01', '01-15'], { amount: 0 })]);
    a.cancel('01-10', '01-15');
    return [
      ['01-10', ''],
      ['01-15T12:00', ''],
    ];
  }),
  scenario('a coupon of 20 % forever', (a) => {
    const price = a.price(3000, 'month');
    a.invoice('01-01', [regular(price, JANUARY, { discounts: [600] })]);
    a.invoice('02-01', [regular(price, FEBRUARY, { discounts: [600] })]);
    return [
      ['01-15', 'usd 2400/1/2400'],
      ['02-15', 'usd 2400/1/4800'],
    ];
  }),
  scenario('a coupon of 5.00 once on 120.00 a year', (a) => {
    a.invoice('01-01', [regular(a.price(12000, 'year'), YEAR, { discounts: [500] })]);
    return [['06-01', 'usd 958/1/11500']]; // 11500 / 12 = 958.33
  }),
  scenario('a coupon of 100 %', (a) => {
    a.invoice('01-01', [regular(a.price(5000, 'month'), JANUARY, { discounts: [5000] })]);
    return [
      ['01-15', ''],
      ['02-01T12:00', ''],
    ];
  }),
  scenario('two discounts', (a) => {
    a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY, { discounts: [1000, 500] })]);
    return [['01-15', 'usd 8500/1/8500']];
  }),
  scenario('a discount on the set-up fee', (a) => {
    a.invoice('01-01', [
      regular(a.price(5000, 'month'), JANUARY),
      single(a.price(9900, null), '01-01', { discounts: [4950] }),
    ]);
    return [['01-15', 'usd 5000/1/9950']];
  }),
  scenario('a discount and an exclusive tax of 19 %', (a) => {
    a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY, { discounts: [2000], tax: 1520 })]);
    return [['01-15', 'usd 9520/1/9520']]; // 10000 − 2000 + 1520
  }),
  scenario('an exclusive tax of 20 % on a year', (a) => {
    a.invoice('01-01', [regular(a.price(12000, 'year'), YEAR, { tax: 2400 })]);
    return [['06-01', 'usd 1200/1/14400']]; // 14400 / 12
  }),
  scenario('an inclusive tax of 19 %', (a) => {
    a.invoice('01-01', [regular(a.price(11900, 'month'), JANUARY, { inclusiveTax: 1900 })]);
    return [['01-15', 'usd 11900/1/11900']];
  }),
  scenario('an inclusive tax with a discount', (a) => {
    a.invoice('01-01', [regular(a.price(11900, 'month'), JANUARY, { discounts: [5950], inclusiveTax: 950 })]);
    return [['01-15', 'usd 5950/1/5950']];
  }),
  scenario('an inclusive and an exclusive tax', (a) => {
    a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY, { inclusiveTax: 476, tax: 998 })]);
    return [['01-15', 'usd 10998/1/10998']];
  }),
];

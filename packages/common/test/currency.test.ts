import { expect, test } from 'vitest';
import { formatDecimal, formatMoney, getDecimals } from '../src/currency.ts';

test.each([
  ['usd', 2],
  ['ISK', 2],
  ['jpy', 0],
  ['KWD', 3],
  ['__proto__', 2],
])('%s has %i decimals', (currency, decimals) => {
  expect(getDecimals(currency)).toBe(decimals);
});

test.each([
  [360_000, 'usd', '3600.00'],
  [-5, 'usd', '-0.05'],
  [-0, 'usd', '0.00'],
  [9800, 'jpy', '9800'],
  [-1, 'kwd', '-0.001'],
  [9_007_199_254_740_993n, 'usd', '90071992547409.93'],
])('%s in %s is the decimal number %s', (amount, currency, expected) => {
  expect(formatDecimal(amount, currency)).toBe(expected);
});

test('an amount can have further decimals', () => {
  expect(formatDecimal(-6667, 'jpy', 2)).toBe('-66.67');
});

test.each([
  [629100, 'usd', '$6,291.00'],
  [-5, 'usd', '-$0.05'],
  [0, 'eur', '€0.00'],
  [9800, 'jpy', '¥9,800'],
  [-1, 'krw', '-₩1'],
  [10_500, 'kwd', 'KWD 10.500'],
  [500, 'isk', 'ISK 5.00'],
  [500, 'ugx', 'UGX 5.00'],
  [500, 'huf', 'HUF 5.00'],
  [500, 'mga', 'MGA 500'],
  [9_007_199_254_740_991, 'usd', '$90,071,992,547,409.91'],
  [-9_007_199_254_740_991, 'bhd', '-BHD 9,007,199,254,740.991'],
  [-9_007_199_254_740_991, 'jpy', '-¥9,007,199,254,740,991'],
])('%i in %s is %s', (amount, currency, expected) => {
  expect(formatMoney(amount, currency)).toBe(expected);
});

test.each([
  [1.5, 'usd'],
  ['629100', 'usd'],
  [null, 'usd'],
  [629100, undefined],
  [629100, 'dollars'],
  [629100, '12€'],
])('%j in %j is no amount', (amount, currency) => {
  expect(formatMoney(amount, currency)).toBeUndefined();
});

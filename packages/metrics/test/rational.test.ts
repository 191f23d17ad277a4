import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Rational } from '../src/index.ts';

test.each([
  ['12', '12'],
  ['-12.50', '-25/2'],
  ['0.000000000001', '1/1000000000000'],
  ['1e3', '1000'],
  ['2.5E-1', '1/4'],
  ['1e-12', '1/1000000000000'],
  ['1.50e1', '15'],
  [7, '7'],
])('parses %s exactly', (decimal, expected) => {
  expect(String(Rational.parse(decimal))).toBe(expected);
});

test.each(['', 'x', '1,5', '.5', '1.', '0x10', 'Infinity', '1e1000', '1 '])('refuses "%s"', (text) => {
  expect(() => Rational.parse(text)).toThrow(RangeError);
});

test.each([
  [1, 2, 1n],
  [-1, 2, -1n],
  [3, 2, 2n],
  [1, 3, 0n],
  [-2, 3, -1n],
  [0, 5, 0n],
])('rounds %d/%d to %s, half away from zero', (numerator, denominator, expected) => {
  expect(Rational.of(numerator, denominator).round()).toBe(expected);
});

test('a denominator below 0 changes the sign of the numerator', () => {
  expect([Rational.of(1, -2), Rational.of(-3, -6), Rational.of(0, -5)].map(String)).toEqual(['-1/2', '1/2', '0']);
});

test('an error says what is wrong', () => {
  expect(() => Rational.of(2 ** 53)).toThrow(new RangeError('9007199254740992 is not a safe integer.'));
  expect(() => Rational.of(1, 0)).toThrow(new RangeError('Division by zero.'));
  expect(() => Rational.parse('1,5')).toThrow(new RangeError('"1,5" is not a decimal number.'));
});

test('refuses fractions, and division by zero', () => {
  expect(() => Rational.of(0.5)).toThrow(RangeError);
  expect(() => Rational.of(1, 0)).toThrow(RangeError);
  expect(() => Rational.ONE.dividedBy(Rational.ZERO)).toThrow(RangeError);
});

test('calculates exactly', () => {
  const rationals = fc
    .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 30n }))
    .map(([n, d]) => Rational.of(n, d));
  fc.assert(
    fc.property(rationals, rationals, (a, b) => {
      expect(a.plus(b).minus(b)).toEqual(a);
      expect(a.times(b)).toEqual(b.times(a));
      if (b.sign !== 0) expect(a.dividedBy(b).times(b)).toEqual(a);
      expect(Math.sign(a.compare(b))).toBe(a.minus(b).sign);
      expect(a.abs().sign).toBe(a.sign === 0 ? 0 : 1);
    }),
    { seed: 19 },
  );
});

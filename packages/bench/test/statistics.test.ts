import { expect, test } from 'vitest';
import { medians, quantile, ratioSpread, spread } from '../src/statistics.ts';

test('returns the median and the quartiles of an unsorted sample', () => {
  expect(spread([5, 1, 4, 2, 3])).toEqual({ lower: 2, median: 3, upper: 4 });
});

test('interpolates between two figures', () => {
  expect(spread([1, 2, 3, 4])).toEqual({ lower: 1.75, median: 2.5, upper: 3.25 });
});

test('one disturbed round does not change the median', () => {
  expect(spread([10, 10, 10, 10, 9_000])).toEqual({ lower: 10, median: 10, upper: 10 });
});

test('compares figures of the same round', () => {
  expect(ratioSpread([2, 20, 200], [1, 10, 100])).toEqual({ lower: 2, median: 2, upper: 2 });
});

test('returns the quantiles of a sorted sample', () => {
  const sorted = Array.from({ length: 101 }, (_, index) => index);

  expect([quantile(sorted, 0), quantile(sorted, 0.5), quantile(sorted, 0.99)]).toEqual([0, 50, 99]);
});

test('returns the median of each member', () => {
  const samples = [
    { fcp: 1, lcp: 30 },
    { fcp: 3, lcp: 10 },
    { fcp: 2, lcp: 20 },
  ];

  expect(medians(samples)).toEqual({ fcp: 2, lcp: 20 });
});

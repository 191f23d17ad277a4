import { expect, test } from 'vitest';
import { medians, quantile, ratioSpread, spread } from '../src/statistics.ts';

test('the middle of a sample and of its halves, whatever its order', () => {
  expect(spread([5, 1, 4, 2, 3])).toEqual({ lower: 2, median: 3, upper: 4 });
});

test('between two figures where there is no middle one', () => {
  expect(spread([1, 2, 3, 4])).toEqual({ lower: 1.75, median: 2.5, upper: 3.25 });
});

test('a disturbed round does not move the middle', () => {
  expect(spread([10, 10, 10, 10, 9_000])).toEqual({ lower: 10, median: 10, upper: 10 });
});

test('ratios are taken within a round', () => {
  expect(ratioSpread([2, 20, 200], [1, 10, 100])).toEqual({ lower: 2, median: 2, upper: 2 });
});

test('a share of a sorted sample', () => {
  const sorted = Array.from({ length: 101 }, (_, index) => index);

  expect([quantile(sorted, 0), quantile(sorted, 0.5), quantile(sorted, 0.99)]).toEqual([0, 50, 99]);
});

test('each member has its own median', () => {
  const samples = [
    { fcp: 1, lcp: 30 },
    { fcp: 3, lcp: 10 },
    { fcp: 2, lcp: 20 },
  ];

  expect(medians(samples)).toEqual({ fcp: 2, lcp: 20 });
});

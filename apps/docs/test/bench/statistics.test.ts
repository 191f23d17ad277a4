import { expect, test } from 'vitest';
import { median, medians } from '../../bench/statistics.ts';

test('the middle of a sample, whatever its order, or between two figures', () => {
  expect(median([5, 1, 9_000])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('each member has its own median', () => {
  const samples = [
    { fcp: 1, lcp: 30 },
    { fcp: 3, lcp: 10 },
    { fcp: 2, lcp: 20 },
  ];

  expect(medians(samples)).toEqual({ fcp: 2, lcp: 20 });
});

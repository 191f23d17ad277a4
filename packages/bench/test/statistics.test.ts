import { expect, test } from 'vitest';
import {
  compareRounds,
  computeMedians,
  computeSpread,
  formatMarkdownTable,
  formatRatio,
  formatTable,
  getQuantile,
  measureInRounds,
  mergeRounds,
} from '../src/statistics.ts';

test.each([
  ['sorts the sample', [5, 1, 4, 2, 3], { lower: 2, median: 3, upper: 4 }],
  ['interpolates between two figures', [1, 2, 3, 4], { lower: 1.75, median: 2.5, upper: 3.25 }],
  ['ignores one disturbed round', [10, 10, 10, 10, 9_000], { lower: 10, median: 10, upper: 10 }],
])('computeSpread %s', (_, sample, spread) => {
  expect(computeSpread(sample)).toEqual(spread);
});

test('compares figures of the same round', () => {
  expect(compareRounds([2, 20, 200], [1, 10, 100])).toEqual({ lower: 2, median: 2, upper: 2 });
});

test('returns the quantiles of a sorted sample', () => {
  const sorted = Array.from({ length: 101 }, (_, index) => index);

  expect([0, 0.5, 0.99].map((share) => getQuantile(sorted, share))).toEqual([0, 50, 99]);
});

test('returns the median of each member', () => {
  const samples = [
    { fcp: 1, lcp: 30 },
    { fcp: 3, lcp: 10 },
    { fcp: 2, lcp: 20 },
  ];

  expect(computeMedians(samples)).toEqual({ fcp: 2, lcp: 20 });
});

test('each candidate is measured once in each round before the next round begins', async () => {
  const turns: string[] = [];
  const figures = await measureInRounds(['a', 'b', 'c'], 3, async (name) => turns.push(name));

  expect([turns.slice(0, 3).sort(), turns.slice(3, 6).sort(), turns.slice(6).sort()]).toEqual(
    Array(3).fill(['a', 'b', 'c']),
  );
  for (const name of ['a', 'b', 'c'] as const) {
    expect(figures[name].map((turn) => Math.ceil(turn / 3))).toEqual([1, 2, 3]);
  }
});

test('concatenates the rounds of generations for each candidate', () => {
  const generations = [
    { a: [1, 2], b: [10, 20] },
    { a: [3], b: [30] },
  ];

  expect(mergeRounds(['a', 'b'], generations)).toEqual({ a: [1, 2, 3], b: [10, 20, 30] });
});

test('left-aligns names, right-aligns figures and trims trailing spaces', () => {
  const table = formatTable(
    ['client', 'B', 'budget'],
    [
      ['ky', '8,952', ''],
      ['fetch', '226', '✓'],
    ],
  );

  expect(table.split('\n')).toEqual(['  client       B   budget', '  ky       8,952', '  fetch      226        ✓']);
});

test('formats a ratio and its middle half', () => {
  expect(formatRatio({ lower: 1.234, median: 2, upper: 3.456 })).toEqual(['2.00', '1.23–3.46']);
});

test('a Markdown table left-aligns names and right-aligns figures', () => {
  const table = formatMarkdownTable(
    ['Page', 'KB'],
    [
      ['Redoc', '557'],
      ['FirstOfficer', '44'],
    ],
  );

  expect(table.split('\n')).toEqual([
    '| Page         |  KB |',
    '| ------------ | --: |',
    '| Redoc        | 557 |',
    '| FirstOfficer |  44 |',
  ]);
});

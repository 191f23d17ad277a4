import { expect, test } from 'vitest';
import type { Filter } from '../../src/lists/filters.ts';
import { matchItem } from '../../src/lists/filters.ts';
import { findOutOfOrder } from '../../src/lists/sorts.ts';

type Case = readonly [
  relation: Filter['relation'],
  actual: unknown,
  values: readonly unknown[],
  matches: boolean | undefined,
];

test.for<Case>([
  ['equal', 'open', ['open'], true],
  ['equal', 'Open', ['open'], true],
  ['equal', 'done', ['open'], false],
  ['equal', 7, ['7'], true],
  ['equal', false, [false], true],
  ['equal', null, ['open'], false],
  ['equal', undefined, ['open'], undefined],
  ['equal', '2026-01-02T03:04:05Z', ['2026-01-02T04:04:05+01:00'], true],
  ['text', 'Ann', ['Ann'], true],
  ['text', 'Ann-Marie', ['ann'], undefined],
  ['text', 'Bob', ['Ann'], false],
  ['contains', 'Ann-Marie', ['ann'], true],
  ['equal', ['a', 'b'], ['a'], true],
  ['equal', ['a', 'b'], ['a', 'c'], undefined],
  ['any', ['a', 'b'], ['a', 'c'], true],
  ['all', ['a', 'b'], ['a', 'c'], false],
  ['ordered', 7, [7], true],
  ['ordered', 8, [7], undefined],
  ['gte', 7, [7], true],
  ['gt', 7, [7], false],
  ['min', 7, [7], undefined],
  ['max', 8, [7], false],
  ['lte', '2026-01-02', ['2026-01-03'], true],
  ['lt', 'text', [7], undefined],
])('%s of %j and %j is %j', ([relation, actual, values, matches]) => {
  expect(matchItem({ path: ['a'], relation }, { a: actual }, values)).toBe(matches);
});

test.for([
  [[1, 2, 2, 10], 'ascending', undefined],
  [[1, 10, 2], 'ascending', [10, 2]],
  [[3, null, 2], 'descending', undefined],
  [['B', 'a'], 'ascending', undefined],
  [['a', 'B'], 'ascending', undefined],
  [['a2', 'a10'], 'ascending', undefined],
  [['Zoe', 'Åke', 'ann'], 'ascending', undefined],
  [['Zoe', 'Ann'], 'ascending', ['Zoe', 'Ann']],
  [
    ['2026-01-02T00:00:00Z', '2026-01-02T00:30:00+01:00'],
    'ascending',
    ['2026-01-02T00:00:00Z', '2026-01-02T00:30:00+01:00'],
  ],
  [[3, 2, 1], undefined, undefined],
  [[3, 1, 2], undefined, [3, 1]],
] as const)('%j is in %s order, except %j', ([values, direction, wrong]) => {
  expect(
    findOutOfOrder(
      { path: ['a'], direction },
      values.map((a) => ({ a })),
    ),
  ).toEqual(wrong);
});

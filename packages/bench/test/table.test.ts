import { expect, test } from 'vitest';
import { formatTable, markdownTable, ratioCells } from '../src/table.ts';

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
  expect(ratioCells({ lower: 1.234, median: 2, upper: 3.456 })).toEqual(['2.00', '1.23–3.46']);
});

test('a Markdown table left-aligns names and right-aligns figures', () => {
  const table = markdownTable(
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

import { expect, test } from 'vitest';
import { formatTable, markdownTable, ratioCells } from '../src/table.ts';

test('names to the left, figures to the right, no blanks at the end', () => {
  const table = formatTable(
    ['client', 'B', 'budget'],
    [
      ['ky', '8,952', ''],
      ['fetch', '226', '✓'],
    ],
  );

  expect(table.split('\n')).toEqual(['  client       B   budget', '  ky       8,952', '  fetch      226        ✓']);
});

test('a ratio with its middle half', () => {
  expect(ratioCells({ lower: 1.234, median: 2, upper: 3.456 })).toEqual(['2.00', '1.23–3.46']);
});

test('a table in Markdown has names to the left, figures to the right', () => {
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

import { expect, test } from 'vitest';
import { formatTable } from '../src/table.ts';

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

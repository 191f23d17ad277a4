import { expect, test } from 'vitest';
import { markdownTable } from '../../bench/table.ts';

test('names to the left, figures to the right', () => {
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

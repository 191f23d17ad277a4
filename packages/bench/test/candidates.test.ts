import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { budgetCell } from '../src/budget.ts';
import { OURS, sourceOf } from '../src/candidates.ts';

test('only our client has a budget', () => {
  expect(budgetCell('ky', 9_000, { budget: 3_900, unit: ' B' })).toBe('');
  expect(budgetCell(OURS, 3_900, { budget: 3_900, unit: ' B' })).toBe('✓ at most 3,900 B');
  expect(budgetCell(OURS, 3_901, { budget: 3_900, unit: ' B' })).toBe('✗ at most 3,900 B');
});

test('each candidate has a file of its name', () => {
  expect(existsSync(sourceOf(OURS))).toBe(true);
});

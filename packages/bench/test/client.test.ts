import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BUDGETS, formatBudgetCell, getModule, OURS } from '../src/candidates.ts';
import { measureBundle } from '../src/size.ts';

test('only our client has a budget', () => {
  expect(formatBudgetCell('ky', 9_000, { budget: 3_900, unit: ' B' })).toBe('');
  expect(formatBudgetCell(OURS, 3_900, { budget: 3_900, unit: ' B' })).toBe('✓ at most 3,900 B');
  expect(formatBudgetCell(OURS, 3_901, { budget: 3_900, unit: ' B' })).toBe('✗ at most 3,900 B');
});

test('a candidate has a file of its name', () => {
  expect(existsSync(getModule(OURS))).toBe(true);
});

test(`a minified and gzipped bundle that retrieves one customer has at most ${BUDGETS.size} B`, async () => {
  expect(await measureBundle(OURS)).toBeLessThanOrEqual(BUDGETS.size);
});

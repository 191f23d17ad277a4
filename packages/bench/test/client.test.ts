import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BUDGETS, formatBudgetCell, getModuleUrl, OUR_CLIENT } from '../src/candidates.ts';
import { measureBundle } from '../src/size.ts';

test('only our client has a budget', () => {
  expect(formatBudgetCell('ky', 9_000, { budget: 3_900, unit: ' B' })).toBe('');
  expect(formatBudgetCell(OUR_CLIENT, 3_900, { budget: 3_900, unit: ' B' })).toBe('✓ at most 3,900 B');
  expect(formatBudgetCell(OUR_CLIENT, 3_901, { budget: 3_900, unit: ' B' })).toBe('✗ at most 3,900 B');
});

test('getModuleUrl returns the URL of an existing file', () => {
  expect(existsSync(getModuleUrl(OUR_CLIENT))).toBe(true);
});

test(`a minified and gzipped bundle that retrieves one customer has at most ${BUDGETS.size} B`, async () => {
  expect(await measureBundle(OUR_CLIENT)).toBeLessThanOrEqual(BUDGETS.size);
});

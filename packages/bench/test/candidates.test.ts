import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verdict } from '../src/budget.ts';
import { OURS, sourceOf } from '../src/candidates.ts';

test('a budget is of our client alone', () => {
  expect(verdict('ky', 9_000, 3_900, ' B')).toBe('');
  expect(verdict(OURS, 3_900, 3_900, ' B')).toBe('✓ at most 3,900 B');
  expect(verdict(OURS, 3_901, 3_900, ' B')).toBe('✗ at most 3,900 B');
});

test('a candidate is the file of its name', () => {
  expect(existsSync(sourceOf(OURS))).toBe(true);
});

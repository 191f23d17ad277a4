import { maxStep } from '@firstofficer/spec-diff';
import { expect, test } from 'vitest';

test('the largest step decides', () => {
  expect(maxStep(['patch', 'minor', 'none'])).toBe('minor');
  expect(maxStep([])).toBe('none');
});

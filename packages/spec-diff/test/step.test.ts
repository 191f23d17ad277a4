import { expect, test } from 'vitest';
import { maxStep } from '../src/gate/step.ts';

test('the largest step decides', () => {
  expect(maxStep(['patch', 'minor', 'none'])).toBe('minor');
  expect(maxStep([])).toBe('none');
});

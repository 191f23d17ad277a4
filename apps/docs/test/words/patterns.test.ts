import { expect, test } from 'vitest';
import { describePattern } from '../../src/words/patterns.ts';

test.each([
  ['\\S', 'at least 1 non-space character'],
  ['^\\S+$', 'no spaces'],
  ['^[a-z]{3}$', 'three lowercase letters'],
  ['^[0-9]{1}$', 'one digit'],
  ['^\\d{12}$', '12 digits'],
  ['^[A-Z]+$', 'only uppercase letters'],
  ['^note_[0-9]+$', undefined],
])('%s is %s', (pattern, words) => {
  expect(describePattern(pattern)).toBe(words);
});

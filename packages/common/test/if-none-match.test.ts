import { expect, test } from 'vitest';
import { matchesETag } from '../src/if-none-match.ts';

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b",W/"a"', true],
  ['"b, c", "a"', true],
  ['*', true],
  [' * ', true],
  ['"b"', false],
  ['"A"', false],
  ['a', false],
  ['"b, "a""', false],
  ['"a', false],
  ['', false],
  ['"*"', false],
])('If-None-Match: %s contains the ETag "a": %s', (header, expected) => {
  expect(matchesETag(header, '"a"')).toBe(expected);
});

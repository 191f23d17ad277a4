import { expect, test } from 'vitest';
import { createETag, matchesETag } from '../src/etag.ts';

test('an ETag is a quoted string that depends only on the body', () => {
  expect(createETag('a')).toMatch(/^"[\w-]{43}"$/);
  expect(createETag('a')).toBe(createETag('a'));
  expect(createETag('a')).not.toBe(createETag('b'));
});

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

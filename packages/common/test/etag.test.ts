import { expect, test } from 'vitest';
import { createETag } from '../src/etag.ts';

test('an ETag is a quoted string that depends only on the body', () => {
  expect(createETag('a')).toMatch(/^"[\w-]{43}"$/);
  expect(createETag('a')).toBe(createETag('a'));
  expect(createETag('a')).not.toBe(createETag('b'));
});

import { expect, test } from 'vitest';
import { isForeign } from '../src/index.ts';

test('a URL of another host is foreign, a URL without a host is not', () => {
  expect(isForeign('https://fonts.example.com/a.woff2')).toBe(true);
  expect(isForeign('wss://example.com/')).toBe(true);
  expect(isForeign('http://127.0.0.1:8080/a.js')).toBe(false);
  expect(isForeign('data:text/plain,hello')).toBe(false);
  expect(isForeign('blob:http://127.0.0.1/1')).toBe(false);
});

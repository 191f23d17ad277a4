import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { contentCodingOf, decodedBody } from '../../src/http/content-coding.ts';
import { MAX_BODY_BYTES } from '../../src/http/exchange.ts';

const TEXT = Buffer.from('{"name":"Tom"}');

const response = (coding: string | undefined, body: Buffer) => ({
  headers: coding === undefined ? [] : [['content-ENCODING', coding] as const],
  body,
});

test.each([
  [undefined, TEXT],
  ['identity', TEXT],
  ['gzip', gzipSync(TEXT)],
  [' X-GZIP ', gzipSync(TEXT)],
  ['deflate', deflateSync(TEXT)],
  ['br', brotliCompressSync(TEXT)],
  ['zstd', zstdCompressSync(TEXT)],
])('a body in %s is read', (coding, body) => {
  expect(decodedBody(response(coding, body))).toEqual(TEXT);
});

test.each([
  ['gzip', TEXT],
  ['gzip', gzipSync(TEXT).subarray(0, -4)],
  ['br', gzipSync(TEXT)],
  ['compress', TEXT],
  ['gzip, br', gzipSync(TEXT)],
  ['', TEXT],
  ['constructor', TEXT],
])('a body that is not in %j as it says has no content', (coding, body) => {
  expect(decodedBody(response(coding, body))).toBeUndefined();
});

test('does not decode a body that expands beyond the limit', () => {
  const bomb = gzipSync(Buffer.alloc(MAX_BODY_BYTES + 1), { level: 1 });

  expect(decodedBody(response('gzip', bomb))?.length).toBeUndefined();
});

test('decodes an empty body in every coding', () => {
  expect(decodedBody(response('gzip', Buffer.alloc(0)))).toEqual(Buffer.alloc(0));
});

test('returns the coding in lower case', () => {
  expect(contentCodingOf(response(' GZip', TEXT))).toBe('gzip');
  expect(contentCodingOf(response(undefined, TEXT))).toBeUndefined();
});

import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeBody, getContentCoding } from '../../src/http/content-coding.ts';
import {
  decodeText,
  getHeader,
  getMediaType,
  isJson,
  MAX_BODY_BYTES,
  parseBaseUrl,
  parseJson,
} from '../../src/http/exchange.ts';

const withHeaders = (...headers: (readonly [string, string])[]) => ({ headers });

test('getHeader ignores letter case and joins the values of several lines', () => {
  const response = withHeaders(['Vary', 'Accept'], ['X', '1'], ['vary', 'Origin']);

  expect(getHeader(response, 'VARY')).toBe('Accept, Origin');
});

test('getHeader returns an empty value, and undefined for a missing header', () => {
  expect(getHeader(withHeaders(['Allow', '']), 'allow')).toBe('');
  expect(getHeader(withHeaders(), 'allow')).toBeUndefined();
});

test.each([
  [[['content-type', 'application/json']], 'application/json'],
  [[['Content-Type', 'Application/JSON ; charset=utf-8']], 'application/json'],
  [[['content-type', '']], ''],
  [[], ''],
] as const)('getMediaType: for the headers %j, it returns %j', (headers, expected) => {
  expect(getMediaType({ headers })).toBe(expected);
});

test.each([
  ['application/json', true],
  ['application/hal+json', true],
  ['text/json', false],
  ['application/jsonp', false],
])('isJson: for %s, it returns %s', (type, expected) => {
  expect(isJson(type)).toBe(expected);
});

test.each([
  ['{"a":1}', { a: 1 }],
  ['null', null],
  ['', undefined],
  ['{"a":1} x', undefined],
])('parseJson: for %j, it returns %j', (text, expected) => {
  expect(parseJson(text)).toEqual(expected);
});

test('decodeText removes a byte order mark and replaces bytes that are not UTF-8', () => {
  expect(decodeText(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff]))).toBe('a\ufffd');
});

test.each([
  [
    'http://localhost:8080/api/',
    { hostname: 'localhost', port: '8080', hostHeader: 'localhost:8080', pathPrefix: '/api' },
  ],
  ['https://[::1]', { hostname: '::1', port: '', hostHeader: '[::1]', pathPrefix: '' }],
])('parseBaseUrl returns the parts of %s', (url, expected) => {
  expect(parseBaseUrl(url)).toMatchObject(expected);
});

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
])('decodeBody decodes a body in %s', (coding, body) => {
  expect(decodeBody(response(coding, body))).toEqual(TEXT);
});

test.each([
  ['gzip', TEXT],
  ['gzip', gzipSync(TEXT).subarray(0, -4)],
  ['br', gzipSync(TEXT)],
  ['compress', TEXT],
  ['gzip, br', gzipSync(TEXT)],
  ['', TEXT],
  ['constructor', TEXT],
])('decodeBody returns undefined for a body that is not in its coding %j', (coding, body) => {
  expect(decodeBody(response(coding, body))).toBeUndefined();
});

test('decodeBody returns undefined for a small body that expands beyond the limit', () => {
  const bomb = gzipSync(Buffer.alloc(MAX_BODY_BYTES + 1), { level: 1 });

  expect(decodeBody(response('gzip', bomb))?.length).toBeUndefined();
});

test('decodeBody returns an empty body unchanged, because a response to HEAD has the Content-Encoding of GET', () => {
  expect(decodeBody(response('gzip', Buffer.alloc(0)))).toEqual(Buffer.alloc(0));
});

test('getContentCoding returns the coding in lower case', () => {
  expect(getContentCoding(response(' GZip', TEXT))).toBe('gzip');
  expect(getContentCoding(response(undefined, TEXT))).toBeUndefined();
});

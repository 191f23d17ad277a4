import { describe, expect, test } from 'vitest';
import { decodeText, headerOf, mediaTypeOf, parseJson } from '../../src/http/exchange.ts';

const withHeaders = (...headers: (readonly [string, string])[]) => ({ headers });

describe('a header', () => {
  test('is found in any letter case, with its lines joined', () => {
    const response = withHeaders(['Vary', 'Accept'], ['X', '1'], ['vary', 'Origin']);

    expect(headerOf(response, 'VARY')).toBe('Accept, Origin');
  });

  test('may be empty; a missing one is undefined', () => {
    expect(headerOf(withHeaders(['Allow', '']), 'allow')).toBe('');
    expect(headerOf(withHeaders(), 'allow')).toBeUndefined();
  });
});

describe('a media type', () => {
  test.each([
    ['application/json', 'application/json'],
    ['Application/JSON ; charset=utf-8', 'application/json'],
    ['', ''],
  ])('of %j is %j', (value, expected) => {
    expect(mediaTypeOf(withHeaders(['content-type', value]))).toBe(expected);
  });

  test('is unknown without a header', () => {
    expect(mediaTypeOf(withHeaders())).toBeUndefined();
  });
});

test('parseJson returns undefined if the text is not JSON', () => {
  expect(parseJson('{"a":1}')).toEqual({ a: 1 });
  expect(parseJson('null')).toBeNull();
  expect(parseJson('')).toBeUndefined();
  expect(parseJson('{"a":1} x')).toBeUndefined();
});

test('decodeText removes the byte order mark and replaces invalid bytes', () => {
  expect(decodeText(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff]))).toBe('a\ufffd');
});

import { expect, test } from 'vitest';
import { framingFault } from '../../src/http/framing.ts';

const response = (rest: string, header?: readonly [string, string], status = 200, closed = true) => ({
  status,
  headers: header ? [header] : [],
  rest: Buffer.from(rest),
  closed,
});

const LENGTH_3 = ['content-length', '3'] as const;
const CHUNKED = ['Transfer-Encoding', 'Chunked'] as const;

test.each([
  ['a body as long as it says', response('abc', LENGTH_3)],
  ['a body to the end of the connection', response('abc')],
  ['chunks', response('3\r\nabc\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n', CHUNKED)],
  ['chunks with trailers', response('0\r\nX-Sum: 1\r\nY: \r\n\r\n', CHUNKED)],
  ['no body with 204', response('', undefined, 204)],
  ['no body with 304, whatever its length were', response('', LENGTH_3, 304)],
])('%s is sound', (_, sound) => {
  expect(framingFault('GET', sound)).toBeUndefined();
});

test.each([
  ['a body that is too short', response('ab', LENGTH_3), '2 bytes'],
  ['a body that is too long', response('abcd', LENGTH_3), '4 bytes'],
  ['a length that is no number', response('abc', ['content-length', '3, 3']), '3 bytes'],
  ['a body with 204', response('x', undefined, 204), '1 bytes after the headers'],
  ['a body with 304', response('x', undefined, 304), '1 bytes after the headers'],
  ['a body without an end', response('abc', undefined, 200, false), 'neither a length nor the end of the connection'],
  ['no chunk at all', response('', CHUNKED), 'something else after 0 bytes'],
  ['a body that is no chunks', response('{"a":1}', CHUNKED), 'something else after 0 bytes'],
  ['chunks without the last one', response('1\r\na\r\n', CHUNKED), 'something else after 6 bytes'],
  ['a chunk that is cut off', response('5\r\nabc', CHUNKED), 'a chunk that is cut off or longer than it says'],
  [
    'a chunk that is longer',
    response('1\r\nab\r\n0\r\n\r\n', CHUNKED),
    'a chunk that is cut off or longer than it says',
  ],
  ['a last chunk without its end', response('0\r\n', CHUNKED), 'no end'],
  ['bytes after the last chunk', response('0\r\n\r\nx', CHUNKED), 'bytes after the last chunk'],
])('%s is not', (_, unsound, actual) => {
  expect(framingFault('GET', unsound)?.actual).toBe(actual);
});

test('HEAD has a length, but no body', () => {
  expect(framingFault('HEAD', response('', LENGTH_3))).toBeUndefined();
  expect(framingFault('HEAD', response('abc', LENGTH_3))?.actual).toBe('3 bytes after the headers');
});

test('a length and chunks at once contradict each other', () => {
  const both = { ...response('0\r\n\r\n'), headers: [LENGTH_3, CHUNKED] };

  expect(framingFault('GET', both)).toEqual({
    expected: 'Content-Length or Transfer-Encoding',
    actual: 'both of them',
  });
});

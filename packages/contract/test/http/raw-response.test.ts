import { describe, expect, type TestContext, test } from 'vitest';
import type { HttpRequest } from '../../src/http/exchange.ts';
import { findFramingFault, readRawResponse } from '../../src/http/raw-response.ts';
import { answering, rawServer } from '../local-server.ts';

const LIMITS = { timeLimitMs: 30_000 };
const GET: HttpRequest = { method: 'GET', target: '/pets/%ZZ', headers: [['X-Key', 'k']] };

const read = async (context: TestContext, bytes: string, then: 'close' | 'keep' = 'close') =>
  readRawResponse(await rawServer(context, answering(Buffer.from(bytes, 'latin1'), then)), GET, LIMITS);

test('adds only Connection: close to the request', async (context) => {
  let received = '';
  const url = await rawServer(context, (socket) =>
    socket.on('data', (bytes) => {
      received += bytes;
      socket.end('HTTP/1.1 200 OK\r\n\r\n');
    }),
  );
  await readRawResponse(`${url}/base/`, { ...GET, method: 'get' }, LIMITS);

  expect(received).toBe(
    `get /base/pets/%ZZ HTTP/1.1\r\nHost: ${new URL(url).host}\r\nX-Key: k\r\nConnection: close\r\n\r\n`,
  );
});

test('reads until the connection ends, even beyond Content-Length', async (context) => {
  expect(await read(context, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A:  b \r\n\r\nabcd\xff')).toEqual({
    status: 200,
    headers: [
      ['Content-Length', '2'],
      ['X-A', 'b'],
    ],
    rest: Buffer.from('abcd\xff', 'latin1'),
    isClosed: true,
    isPartial: false,
  });
});

test('keeps the chunk framing', async (context) => {
  const { rest } = await read(context, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n');

  expect(rest.toString()).toBe('1\r\na\r\n0\r\n\r\n');
});

test('skips interim responses', async (context) => {
  const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n';

  expect(await read(context, `${hints}HTTP/1.1 404 None\r\n\r\nx`)).toMatchObject({
    status: 404,
    headers: [],
    rest: Buffer.from('x'),
  });
});

describe.concurrent('while the server keeps the connection open', () => {
  test('the response ends one second after the last bytes', async (context) => {
    expect(await read(context, 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx', 'keep')).toMatchObject({
      status: 200,
      rest: Buffer.from('x'),
      isClosed: false,
    });
  });

  test('an event stream ends before, and its framing is not checked', async (context) => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
    const stream = await read(context, `${head}1\r\na`, 'keep');

    expect(stream).toMatchObject({ rest: Buffer.from('1\r\na'), isPartial: true });
    expect(findFramingFault('GET', stream)).toBeUndefined();
  });

  test('an interim response does not end the wait for the final response', async (context) => {
    const url = await rawServer(context, (socket) =>
      socket.on('data', () => {
        socket.write('HTTP/1.1 103 Early Hints\r\n\r\n');
        // Longer than the silence that ends a response.
        setTimeout(() => socket.end('HTTP/1.1 200 OK\r\n\r\n'), 1200);
      }),
    );

    expect(await readRawResponse(url, GET, LIMITS)).toMatchObject({ status: 200, isClosed: true });
  });
});

test.for([
  ['sends nothing', '', 'the connection was closed without a response'],
  ['sends another protocol', 'SSH-2.0-OpenSSH\r\n\r\n', 'bytes that are not HTTP'],
  ['closes the connection within the headers', 'HTTP/1.1 200 OK\r\nX: ', 'bytes that are not HTTP'],
  ['sends only an interim response', 'HTTP/1.1 103 Early Hints\r\n\r\n', 'bytes that are not HTTP'],
] as const)('throws if the server %s', async ([, bytes, message], context) => {
  await expect(read(context, bytes)).rejects.toThrow(message);
});

test('throws if the server sends nothing within the timeout', async (context) => {
  const url = await rawServer(context, () => {});

  await expect(readRawResponse(url, GET, { timeLimitMs: 50 })).rejects.toThrow('no complete response within 0.05 s');
});

test('throws if nothing listens at the address', async () => {
  await expect(readRawResponse('http://127.0.0.1:9', GET, LIMITS)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

const response = (
  rest: string,
  header?: readonly [string, string],
  more: { status?: number; isClosed?: boolean } = {},
) => ({
  status: 200,
  headers: header ? [header] : [],
  rest: Buffer.from(rest),
  isClosed: true,
  isPartial: false,
  ...more,
});

const LENGTH_3 = ['content-length', '3'] as const;
const CHUNKED = ['Transfer-Encoding', 'Chunked'] as const;

test.each([
  ['a body as long as its Content-Length', response('abc', LENGTH_3)],
  ['a body that ends with the connection', response('abc')],
  ['chunks', response('3\r\nabc\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n', CHUNKED)],
  ['chunks with trailers', response('0\r\nX-Sum: 1\r\nY: \r\n\r\n', CHUNKED)],
  ['a 204 without a body', response('', undefined, { status: 204 })],
  ['a 304 without a body, but with Content-Length', response('', LENGTH_3, { status: 304 })],
])('findFramingFault allows %s', (_, correct) => {
  expect(findFramingFault('GET', correct)).toBeUndefined();
});

test.each([
  ['a body that is too short', response('ab', LENGTH_3), '2 bytes'],
  ['a body that is too long', response('abcd', LENGTH_3), '4 bytes'],
  ['a Content-Length that is not a number', response('abc', ['content-length', '3, 3']), '3 bytes'],
  ['a 204 with a body', response('x', undefined, { status: 204 }), 'a body after the headers'],
  ['a 304 with a body', response('x', undefined, { status: 304 }), 'a body after the headers'],
  [
    'a body whose end is unknown',
    response('abc', undefined, { isClosed: false }),
    'neither a length nor the end of the connection',
  ],
  ['a chunked body without chunks', response('', CHUNKED), 'no chunk after 0 bytes'],
  ['a body that is not chunked', response('{"a":1}', CHUNKED), 'no chunk after 0 bytes'],
  ['a chunked body without the last chunk', response('1\r\na\r\n', CHUNKED), 'no chunk after 6 bytes'],
  ['a truncated chunk', response('5\r\nabc', CHUNKED), 'a chunk that is shorter or longer than its size'],
  [
    'a chunk that is longer than its size',
    response('1\r\nab\r\n0\r\n\r\n', CHUNKED),
    'a chunk that is shorter or longer than its size',
  ],
  ['a last chunk without the empty line', response('0\r\n', CHUNKED), 'no line break after the last chunk'],
  ['bytes after the last chunk', response('0\r\n\r\nx', CHUNKED), 'bytes after the last chunk'],
])('findFramingFault finds %s', (_, faulty, actual) => {
  expect(findFramingFault('GET', faulty)?.actual).toBe(actual);
});

test('findFramingFault allows Content-Length in a response to HEAD, but no body', () => {
  expect(findFramingFault('HEAD', response('', LENGTH_3))).toBeUndefined();
  expect(findFramingFault('HEAD', response('abc', LENGTH_3))).toEqual({
    expected: 'a response to HEAD without a body',
    actual: 'a body after the headers',
  });
});

test('findFramingFault finds a response with both Content-Length and Transfer-Encoding', () => {
  const both = { ...response('0\r\n\r\n'), headers: [LENGTH_3, CHUNKED] };

  expect(findFramingFault('GET', both)).toEqual({
    expected: 'Content-Length or Transfer-Encoding',
    actual: 'both headers',
  });
});

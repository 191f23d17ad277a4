import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findDocumentedError, findExamplePath, send, startMockForFile } from './support.ts';

const mock = await startMockForFile();

describe('an invalid identifier gets the documented 400', () => {
  test.each([
    ['broken percent-encoding', '%ZZ'],
    ['truncated percent-encoding', '%4'],
    ['percent-encoded bytes that are not UTF-8', '%FF'],
    ['empty', ''],
    ['1,025 characters', 'x'.repeat(1025)],
    ['8,192 encoded characters', '%C3%A4'.repeat(8192)],
  ])('%s', async (_, identifier) => {
    const response = await send(mock, `/v2/customers/${identifier}`);

    expect(response.status).toBe(400);
    expect(response.json).toEqual(findDocumentedError('400'));
    expect((await send(mock, findExamplePath('stripe_id'))).status, 'the mock still responds').toBe(200);
  });
});

test.each([
  ['1,024 characters', 'x'.repeat(1024)],
  ['1,024 characters of four bytes each', encodeURIComponent('🦆'.repeat(1024))],
  ['a NUL', '%00'],
  ['a line break', '%0A'],
  ['regular expressions and templates', encodeURIComponent('{customer}(.*)$&')],
  ['a slash', 'a%2Fb'],
])('a valid identifier of %s gets the documented 404', async (_, identifier) => {
  const response = await send(mock, `/v2/customers/${identifier}`);

  expect(response.status).toBe(404);
  expect(response.json).toEqual(findDocumentedError('404'));
});

describe('a request that Node does not pass to the handler gets a JSON error, and the mock keeps running', () => {
  test.each([
    ['bytes that are not HTTP', 'GET / HTTX/1.1\r\n\r\n', 400],
    ['a path in raw UTF-8', 'GET /v2/customers/\u00e4 HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    [
      'an identifier too large for a header',
      `GET /v2/customers/${'x'.repeat(300_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      431,
    ],
    ['headers that are too large', `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(400_000)}\r\n\r\n`, 431],
    ['an unknown method', 'FOO /v2/customers/x HTTP/1.1\r\nHost: x\r\n\r\n', 405],
    ['CONNECT', 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n', 405],
  ])('%s', async (_, bytes, status) => {
    const { hostname, port } = new URL(mock.url);
    const socket = connect(Number(port), hostname);
    const received = socket.setEncoding('utf8').toArray();
    socket.write(bytes);
    const [head = '', body = ''] = (await received).join('').split('\r\n\r\n');

    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head.includes('\r\nAllow: GET, HEAD')).toBe(status === 405);
    expect(JSON.parse(body)).toMatchObject({ error: { type: 'invalid_request_error' } });
    expect((await send(mock, findExamplePath('stripe_id'))).status).toBe(200);
  });
});

test.each([
  ['a body', { body: '{"a":1}' }],
  ['a body with a content type', { body: 'a=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }],
  ['an invalid content type', { headers: { 'Content-Type': ';;;' } }],
  ['an Expect header', { headers: { Expect: 'something' } }],
])('a GET with %s gets the usual response', async (_, extra) => {
  expect((await send(mock, findExamplePath('stripe_id'), extra)).status).toBe(200);
  expect((await send(mock, findExamplePath('unknown_customer'), extra)).status).toBe(404);
});

test('the key is checked before a body is read', async () => {
  const { hostname, port } = new URL(mock.url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  socket.write('POST /v2/customers/x HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n');
  const [response] = await once(socket.setEncoding('utf8'), 'data');

  expect(response).toMatch(/^HTTP\/1.1 401 /);
});

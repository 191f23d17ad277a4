import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createTemporaryFolder, listenInTest } from '@firstofficer/common/testing';
import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createErrorFactory } from '../src/engine/errors.ts';
import { createResponse } from '../src/engine/response.ts';
import { createMockServer } from '../src/node/http.ts';
import { encodeBasic, findDocumentedError, findExamplePath, send, startMockForFile, startTestMock } from './support.ts';

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

test('a path of 100,000 segments gets 404 without the memory for each rest of the path', async () => {
  expect((await send(mock, '/a'.repeat(100_000))).status).toBe(404);
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
    ['5,000 headers', `GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${'X-Many: x\r\n'.repeat(5000)}\r\n`, 401],
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

test.each([
  ['another host', 'Host: y\r\n'],
  ['the same host', 'hOST: x\r\n'],
])('a request with a second Host header, for %s, gets 400', async (_, header) => {
  const { hostname, port } = new URL(mock.url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  socket.write(`GET ${findExamplePath('stripe_id')} HTTP/1.1\r\nHost: x\r\n${header}\r\n`);
  const [response] = await once(socket.setEncoding('utf8'), 'data');

  expect(response).toMatch(/^HTTP\/1.1 400 .*several Host headers/s);
});

test('HTTP/1.0 without a Host header works, and the mock closes the connection', async () => {
  const { hostname, port } = new URL(mock.url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  socket.write(`GET ${findExamplePath('stripe_id')} HTTP/1.0\r\nAuthorization: ${encodeBasic(DEFAULT_TOKEN)}\r\n\r\n`);

  expect((await socket.toArray()).join('')).toMatch(/^HTTP\/1.1 200 OK\r\n.*Connection: close\r\n\r\n\{.*\}$/s);
});

test('clients that reset their connection do not end the mock', async () => {
  const { hostname, port } = new URL(mock.url);
  const requests = [
    'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET / HTTX/1.1\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
  ];
  for (const bytes of Array.from({ length: 10 }, () => requests).flat()) {
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(bytes);
    socket.resetAndDestroy();
  }

  expect((await send(mock, findExamplePath('stripe_id'))).status).toBe(200);
});

test('a request that does not arrive in time gets 408', async (context) => {
  const { server } = createMockServer(() => ({
    allow: 'GET',
    createError: createErrorFactory([]),
    createFailure: () => createResponse(500, {}, undefined),
    handle: () => Promise.reject(new Error('not called')),
  }));
  const { port } = await listenInTest(context, server);
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  const [serverSide] = (await once(server, 'connection')) as [Socket];
  // Node emits this event after a minute.
  server.emit('clientError', Object.assign(new Error('timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), serverSide);

  expect((await socket.toArray()).join('')).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
});

test('a description with an example that is not a valid header gets 500, and the mock keeps running', async (context) => {
  const text = `openapi: 3.1.0
paths:
  /bad:
    get:
      responses:
        '200': { description: A, headers: { X-Bad: { example: "a\\nb" } } }
`;
  const folder = await createTemporaryFolder(context, { 'openapi.yaml': text });
  const bad = await startTestMock({ spec: join(folder, 'openapi.yaml') });

  for (const _ of ['first', 'second']) {
    expect(await send(bad, '/bad')).toMatchObject({ status: 500 });
  }
});

test('headers that the description documents in another letter case are sent once, and those of the connection never', async (context) => {
  const text = `openapi: 3.1.0
paths:
  /text:
    get:
      responses:
        '200':
          description: A
          headers:
            content-length: { example: 7 }
            Transfer-Encoding: { example: chunked }
            Trailer: { example: X-A }
            Connection: { example: close }
            access-control-allow-origin: { example: https://app.example.com }
          content: { text/plain: { example: text } }
`;
  const folder = await createTemporaryFolder(context, { 'openapi.yaml': text });
  const mockOfText = await startTestMock({ spec: join(folder, 'openapi.yaml') });
  const { hostname, port } = new URL(mockOfText.url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  socket.write('GET /text HTTP/1.0\r\n\r\n');
  const [head = '', body] = (await socket.toArray()).join('').split('\r\n\r\n');

  expect(body).toBe('text');
  expect(head.match(/^(content-length|transfer-encoding|trailer|access-control-allow-origin): .*$/gim)).toEqual([
    'access-control-allow-origin: https://app.example.com',
    'Content-Length: 4',
  ]);
});

import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { loadApiDescription } from '../src/description.ts';
import { type Context, type DatabaseKind, databases } from './databases.ts';
import { authorize, formatRequest, retrieve, sendRaw, startSeededApi, startServer } from './running-api.ts';

const TARGET = '/v2/customers/cus_1234ABCD';

/** Formats a request with exactly these lines, and a key. */
function formatLines(key: string, [first, ...lines]: readonly string[]): string {
  const { Authorization } = authorize(key);
  return [first, ...lines, 'Connection: close', `Authorization: ${Authorization}`, '', ''].join('\r\n');
}

/** Request lines and Host headers, and the status that they get with a valid key. */
const REQUESTS: readonly (readonly [status: number, ...lines: string[]])[] = [
  ...[
    ...['example.com', 'example.com:', 'example.com:8443', 'EXAMPLE.com', 'a_b-c.~d', 'ex%41mple', '127.0.0.1:80'],
    ...['[::1]', '[::1]:', '[::1]:3000', '[2001:db8::192.0.2.1]', 'xn--e1afmkfd.example', '  example.com  ', ''],
  ].map((host) => [200, `GET ${TARGET} HTTP/1.1`, `Host: ${host}`] as const),
  ...[
    ...['a b', 'a,b', 'a, b', 'user@example.com', 'user:x@example.com', 'http://example.com', 'example.com/'],
    ...['example.com?x', 'example.com#x', 'example.com:x', 'example.com:-1', 'example.com:99999', 'a:1:2', '::1'],
    ...['[::1', '::1]', '[::1]x', '[::g]', '[127.0.0.1]', '[fe80::1%eth0]', '[]', 'ex%ample', 'ex%4', 'a\\b', 'a"b'],
    ...['\u00e9xample.com', 'a\tb', '<a>', ':80', '@'],
  ].map((host) => [400, `GET ${TARGET} HTTP/1.1`, `Host: ${host}`] as const),
  [400, `GET ${TARGET} HTTP/1.1`],
  [400, `GET ${TARGET} HTTP/1.1`, 'X-Host: example.com'],
  [400, `GET ${TARGET} HTTP/1.1`, 'Host: a', 'Host: b'],
  [400, `GET ${TARGET} HTTP/1.1`, 'Host: a', 'hOST: a'],
  [400, `GET ${TARGET} HTTP/1.1`, 'Host: a', 'X-Between: b', 'Host:'],
  [400, `GET http://example.com${TARGET} HTTP/1.1`],
  [400, `GET http://example.com${TARGET} HTTP/1.1`, 'Host: a b'],
  [400, `GET http://example.com${TARGET} HTTP/1.1`, 'Host:'],
  [200, `GET http://example.com${TARGET} HTTP/1.1`, 'Host: other.example'],
  [200, `HEAD ${TARGET} HTTP/1.1`, 'Host: a'],
  [400, `HEAD ${TARGET} HTTP/1.1`],
  [400, 'GET /healthz HTTP/1.1'],
  [400, 'GET /%ZZ HTTP/1.1'],
  [400, 'GET /unknown HTTP/1.1'],
  [400, 'CONNECT example.com:443 HTTP/1.1'],
  [400, `GET ${TARGET} HTTP/1.1`, 'Expect: something'],
  [200, `GET ${TARGET} HTTP/1.0`],
  [200, `GET ${TARGET} HTTP/1.0`, 'Host: a'],
  [400, `GET ${TARGET} HTTP/1.0`, 'Host: a', 'Host: a'],
  [400, `GET ${TARGET} HTTP/1.0`, 'Host: a b'],
  ...['2.0', '3.0', '0.9', '1.2', '9.9', '2', '3'].map(
    (version) => [505, `GET ${TARGET} HTTP/${version}`, 'Host: a'] as const,
  ),
  ...['x.y', '1.10', '', '1.', '1.1 '].map((version) => [400, `GET ${TARGET} HTTP/${version}`, 'Host: a'] as const),
  [400, `GET ${TARGET} HTTZ/1.1`, 'Host: a'],
  [505, `GET ${TARGET} HTTP/2.0`],
  [505, 'GET /healthz HTTP/2.0', 'Host: a'],
  [505, 'GET /%ZZ HTTP/2.0', 'Host: a'],
  [505, 'CONNECT example.com:443 HTTP/2.0', 'Host: a'],
  // The start of an HTTP/2 connection without TLS.
  [505, 'PRI * HTTP/2.0', '', 'SM', ''],
  [200, `GET ${TARGET} HTTP/1.1`, 'Host: a', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'],
  [200, `GET ${TARGET} HTTP/1.1`, 'Host: a', 'Upgrade: h2c', 'Connection: Upgrade, HTTP2-Settings', 'HTTP2-Settings: '],
  [200, `GET ${TARGET} HTTP/1.1`, 'Host: a', 'Upgrade: websocket', 'Connection: Upgrade'],
];

describe.each(databases)('on $name', (kind) => {
  test('the version and the Host header are checked before the key', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    for (const [status, ...lines] of REQUESTS) {
      const answer = await sendRaw(url, formatLines(key, lines));
      expect(answer.status, lines.join(' | ')).toBe(status);
      if (status === 200) continue;
      expect(answer.text, lines.join(' | ')).toMatch(/^content-type: application\/json/im);
      const keyless = await sendRaw(url, formatLines('wrong', lines));
      expect(keyless.status, lines.join(' | ')).toBe(status);
    }
  });

  test('many small headers within the size limit are read to the last', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    for (const [count, header] of [
      [10_000, 'X-1: 234'],
      [40_000, 'a:'],
    ] as const) {
      const lines = Array.from({ length: count }, () => header);
      expect((await sendRaw(url, formatLines(key, [`GET ${TARGET} HTTP/1.1`, 'Host: a', ...lines]))).status).toBe(200);
      const late = formatLines(key, [`GET ${TARGET} HTTP/1.1`, 'Host: a', ...lines, 'Host: a']);
      expect((await sendRaw(url, late)).status).toBe(400);
    }
  });

  test('a client that closes its side of the connection after the request gets its response', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    const keepAlive = formatRequest(TARGET, { ...authorize(key), Connection: 'keep-alive' });
    for (const requests of [[keepAlive], [keepAlive, keepAlive, keepAlive]]) {
      expect(await sendAndEnd(url, requests.join(''))).toEqual(requests.map(() => 200));
    }
  });
});

/** What follows a good request on its connection, and the statuses that it gets. */
const CONTINUATIONS: readonly (readonly [name: string, text: string, statuses: readonly number[]])[] = [
  ['text that is not HTTP', 'NONSENSE\r\n\r\n', [405]],
  ['bytes that are not text', '\x00\x16\x03\x01', [405]],
  ['an unknown method', 'NONSENSE / HTTP/1.1\r\nHost: a\r\n\r\n', [405]],
  ['an unsupported version', 'GET / HTTP/3.0\r\nHost: a\r\n\r\n', [505]],
  ['headers that are too large', `GET / HTTP/1.1\r\nX: ${'x'.repeat(140_000)}\r\n\r\n`, [431]],
  ['a request without Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', [400]],
  ['a CONNECT', formatRequest('example.com:443', {}, 'CONNECT'), [401]],
  ['a body that is not chunked correctly', `${formatRequest('/', { 'Transfer-Encoding': 'chunked' })}x`, [401]],
];

describe.each(databases)('pipelined requests on $name', (kind) => {
  test.for([1, 3])('%i good requests and an invalid one are answered in order', async (count, context) => {
    const { url, key } = await startSeededApi(context, kind);
    const good = formatRequest(TARGET, { ...authorize(key), Connection: 'keep-alive' }).repeat(count);
    const expected = Array.from({ length: count }, () => 200);
    for (const [name, continuation, statuses] of CONTINUATIONS) {
      expect(readStatuses((await sendRaw(url, good + continuation)).text), name).toEqual([...expected, ...statuses]);
      expect(readStatuses((await sendRaw(url, good, continuation)).text), name).toEqual([...expected, ...statuses]);
    }
    expect(await sendAndEnd(url, `${good}GET / HT`)).toEqual([...expected, 400]);
  });

  test('slow good requests are answered before an invalid one', async (context) => {
    const { url, key, waitForRequests, answer } = await startSlowServer(context, kind);
    const good = formatRequest(TARGET, { ...authorize(key), Connection: 'keep-alive' });
    for (const [name, continuation, statuses] of CONTINUATIONS) {
      const socket = await open(url);
      const received = text(socket);
      socket.write(good + good + continuation, 'latin1');
      await waitForRequests(2);
      // The server reads the connection above before this one.
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      expect(socket.bytesRead, name).toBe(0);
      answer();
      expect(readStatuses(await received), name).toEqual([404, 404, ...statuses]);
    }
  });

  test('a slow request that asks to close the connection is the last that is answered', async (context) => {
    const { url, key, waitForRequests, answer } = await startSlowServer(context, kind);
    const last = formatRequest(TARGET, { ...authorize(key), Connection: 'close' });
    for (const [name, continuation] of CONTINUATIONS) {
      const socket = await open(url);
      const received = text(socket);
      socket.write(last + continuation, 'latin1');
      await waitForRequests(1);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      answer();
      expect(readStatuses(await received), name).toEqual([404]);
    }
  });

  test('a slow request whose body is invalid gets one response', async (context) => {
    const { url, key, waitForRequests, answer } = await startSlowServer(context, kind);
    const good = formatRequest(TARGET, { ...authorize(key), Connection: 'keep-alive' });
    const chunked = formatRequest(TARGET, { ...authorize(key), 'Transfer-Encoding': 'chunked' });
    const socket = await open(url);
    const received = text(socket);
    socket.write(good + chunked, 'latin1');
    await waitForRequests(2);
    socket.write('x');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    answer();
    const statuses = readStatuses(await received);
    expect(statuses[0]).toBe(404);
    expect(statuses.slice(1)).toHaveLength(1);
  });

  test('a client that disconnects while its request is pending leaves the server running', async (context) => {
    const { url, key, waitForRequests, answer } = await startSlowServer(context, kind);
    const good = formatRequest(TARGET, { ...authorize(key), Connection: 'keep-alive' });
    for (const [, continuation] of CONTINUATIONS) {
      const socket = await open(url);
      socket.write(good + good + continuation, 'latin1');
      await waitForRequests(2);
      socket.resetAndDestroy();
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      answer();
    }
    const pending = retrieve(url, key, 'cus_1234ABCD');
    await waitForRequests(1);
    answer();
    expect((await pending).status).toBe(404);
  });
});

test.for(databases)('a server on $name closes every connection when it stops', async (kind, context) => {
  const { app, url, key, waitForRequests } = await startSlowServer(context, kind);
  const good = formatRequest(TARGET, { ...authorize(key), Connection: 'keep-alive' });
  const sockets = await Promise.all(CONTINUATIONS.map(() => open(url)));
  const received = sockets.map((socket) => text(socket).catch(() => 'reset'));
  for (const [index, [, continuation]] of CONTINUATIONS.entries()) sockets[index]?.write(good + continuation, 'latin1');
  await waitForRequests(CONTINUATIONS.length);
  app.server.closeAllConnections();
  await Promise.all(received);
  await app.close();
});

/** Starts a server whose handler answers 404, after `answer` was called. */
async function startSlowServer(context: Context, kind: DatabaseKind) {
  let waiting: (() => void)[] = [];
  let onRequest = () => {};
  const server = await startServer(context, kind, {
    description: await loadApiDescription(),
    handlers: {
      retrieveCustomer: async () => {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          onRequest();
        });
        return { status: 404 };
      },
    },
  });
  return {
    ...server,
    /** Waits until this number of requests have reached the handler. */
    waitForRequests: (count: number) =>
      new Promise<void>((resolve) => {
        onRequest = () => {
          if (waiting.length >= count) resolve();
        };
        onRequest();
      }),
    answer() {
      for (const resolve of waiting) resolve();
      waiting = [];
    },
  };
}

async function open(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.on('error', () => {});
  return socket;
}

/** Sends text, closes the sending side of the connection, and returns the statuses of the responses. */
async function sendAndEnd(url: string, request: string): Promise<number[]> {
  const socket = await open(url);
  socket.end(request, 'latin1');
  return readStatuses(await text(socket));
}

function readStatuses(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}

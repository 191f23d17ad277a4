import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { describe, expect, type TestContext, test } from 'vitest';
import { createHttpClient, explainUnreachable, type HttpClient } from '../../src/http/client.ts';
import { NoResponseError } from '../../src/http/failure.ts';
import type { HttpRequest } from '../../src/http/request.ts';
import { answering, listen, localServer, rawServer } from '../local-server.ts';

// Longer than any test takes, unless a test sets another limit.
const LONG_MS = 30_000;
const GET: HttpRequest = { method: 'GET', target: '/', headers: [] };
const NO_CONTENT = 'HTTP/1.1 204 No Content\r\n\r\n';

function clientOf({ onTestFinished }: TestContext, url: string, timeLimitMs = LONG_MS): HttpClient {
  const client = createHttpClient(url, timeLimitMs);
  onTestFinished(() => client.close());
  return client;
}

/** Starts a server that records the bytes of each request. */
async function recorder(context: TestContext): Promise<{ url: string; received: string[] }> {
  const received: string[] = [];
  const url = await rawServer(context, (socket) =>
    socket.on('data', (bytes) => {
      received.push(bytes.toString());
      socket.write(NO_CONTENT);
    }),
  );
  return { url, received };
}

const failureOf = (client: HttpClient, request: HttpRequest = GET): Promise<NoResponseError> =>
  client.send(request).then(
    () => expect.fail('there was a response'),
    (error: NoResponseError) => error,
  );

describe('a request is sent unchanged', () => {
  test.for([
    '/%ZZ',
    '/%',
    '/a/../b/./c',
    '/..',
    '//a//b',
    '/[a]{b}|c',
    '/?',
    '/?a[]=1&%=&&',
    '/a;b=1,2',
    "/'*!()",
    '/%2e%2E/%2f',
  ])('target %s', async (target, context) => {
    const { url, received } = await recorder(context);
    await clientOf(context, url).send({ ...GET, target });

    expect(received[0]?.split('\r\n')[0]).toBe(`GET ${target} HTTP/1.1`);
  });

  test.for(['get', 'BREW', 'OPTIONS'])('method %s', async (method, context) => {
    const url = await rawServer(context, answering(NO_CONTENT));
    const { request } = await clientOf(context, url).send({ ...GET, method });

    expect(request.method).toBe(method);
  });

  test('headers keep their order and letter case and are not joined', async (context) => {
    const { url, received } = await recorder(context);
    const headers = [
      ['x-Lower', '1'],
      ['ACCEPT', 'a'],
      ['Accept', 'b'],
      ['Empty', ''],
    ] as const;
    await clientOf(context, url).send({ ...GET, headers });

    expect(received[0]?.split('\r\n').slice(1, 6)).toEqual([
      `Host: ${new URL(url).host}`,
      'x-Lower: 1',
      'ACCEPT: a',
      'Accept: b',
      'Empty: ',
    ]);
  });

  test('the path of the base URL is a prefix', async (context) => {
    const { url, received } = await recorder(context);
    await clientOf(context, `${url}/api/v1/`).send({ ...GET, target: '/pets' });

    expect(received[0]).toContain('GET /api/v1/pets HTTP/1.1');
  });
});

describe('a body has a Content-Length, because some servers reject chunks', () => {
  test.for([
    ['POST', '{"a":"ä"}', 'Content-Length: 10\r\n'],
    ['PUT', '', 'Content-Length: 0\r\n'],
    ['POST', undefined, 'Content-Length: 0\r\n'],
    ['DELETE', '{}', 'Content-Length: 2\r\n'],
    ['GET', '{}', 'Content-Length: 2\r\n'],
  ] as const)('%s %s', async ([method, body, header], context) => {
    const { url, received } = await recorder(context);
    await clientOf(context, url).send({ ...GET, method, ...(body !== undefined && { body }) });

    expect(received[0]).toContain(header);
    expect(received[0]).not.toMatch(/transfer-encoding/i);
    expect(received[0]?.split('\r\n\r\n')[1]).toBe(body ?? '');
  });

  test.for(['GET', 'HEAD', 'DELETE', 'OPTIONS'])('%s without a body has none', async (method, context) => {
    const { url, received } = await recorder(context);
    await clientOf(context, url).send({ ...GET, method });

    expect(received[0]).not.toMatch(/content-length|transfer-encoding/i);
  });
});

describe('a response is returned unchanged', () => {
  test('with its status, headers and bytes', async (context) => {
    const bytes =
      'HTTP/1.1 299 Odd Words\r\nX-One: 1\r\nx-one: 2\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\xff\x00a';
    const url = await rawServer(context, answering(Buffer.from(bytes, 'latin1')));
    const { status, statusText, httpVersion, headers, body } = await clientOf(context, url).send(GET);

    expect({ status, statusText, httpVersion }).toEqual({ status: 299, statusText: 'Odd Words', httpVersion: '1.1' });
    expect(headers).toEqual([
      ['X-One', '1'],
      ['x-one', '2'],
      ['Content-Encoding', 'gzip'],
      ['Content-Length', '3'],
    ]);
    expect(body).toEqual(Buffer.from('\xff\x00a', 'latin1'));
  });

  test('a redirect is not followed', async (context) => {
    let requests = 0;
    const url = await localServer(context, (_, response) => {
      requests += 1;
      response.writeHead(302, { Location: '/elsewhere' }).end();
    });

    expect((await clientOf(context, url).send(GET)).status).toBe(302);
    expect(requests).toBe(1);
  });

  test('a protocol switch is a response', async (context) => {
    const url = await rawServer(
      context,
      answering('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n', 'keep'),
    );

    expect(await clientOf(context, url).send(GET)).toMatchObject({ status: 101, body: Buffer.alloc(0) });
  });

  // Skip this test on machines without IPv6.
  const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));
  test.skipIf(!hasIpv6)('from an IPv6 address', async (context) => {
    const url = await listen(
      context,
      createServer((request, response) => response.end(request.headers.host)),
      '::1',
    );

    expect((await clientOf(context, url).send(GET)).body.toString()).toBe(new URL(url).host);
  });
});

describe('send throws', () => {
  test('if no headers arrive within the timeout', async (context) => {
    const url = await rawServer(context, () => {});

    expect(await failureOf(clientOf(context, url, 50))).toMatchObject({
      message: 'no complete response within 0.05 s',
      refused: false,
      request: GET,
    });
  });

  test('if the body does not end within the timeout', async (context) => {
    const url = await rawServer(context, answering('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx', 'keep'));

    expect((await failureOf(clientOf(context, url, 300))).message).toBe('no complete response within 0.3 s');
  });

  test.for([
    ['of a known length', 'Content-Length: 9\r\n\r\nabc', 'the body broke off after 3 of 9 bytes (aborted)'],
    ['in chunks', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n', 'the body broke off after 3 bytes (aborted)'],
  ] as const)('that is whole, if a body %s breaks off', async ([, rest, message], context) => {
    const url = await rawServer(context, answering(`HTTP/1.1 200 OK\r\n${rest}`));

    expect((await failureOf(clientOf(context, url))).message).toBe(message);
  });

  test('if a body is too large', async (context) => {
    const block = Buffer.alloc(1024 * 1024);
    const url = await rawServer(context, (socket) => {
      const pour = () => {
        while (socket.writable && socket.write(block));
      };
      socket.on('drain', pour);
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        pour();
      });
    });

    expect((await failureOf(clientOf(context, url))).message).toBe('the body is larger than 16777216 bytes');
  });

  test.for([
    ['bytes that are not HTTP', 'hello\r\n\r\n', /Parse Error|not HTTP/],
    ['nothing at all', '', /dropped/],
  ] as const)('that can be read, if there are %s', async ([, bytes, message], context) => {
    const url = await rawServer(context, answering(bytes));

    expect((await failureOf(clientOf(context, url))).message).toMatch(message);
  });

  test('if nothing listens at the address', async () => {
    const client = createHttpClient('http://127.0.0.1:9', LONG_MS);

    expect(await failureOf(client)).toMatchObject({ message: 'nothing listens there (ECONNREFUSED)', refused: true });
  });

  test('without secrets of the request in the message', async (context) => {
    const secret = 'sk_secret';
    const headers = [['Authorization', `Token token="${secret}"`]] as const;
    const silent = await rawServer(context, () => {});
    const hangingUp = await rawServer(context, (socket) => socket.destroy());
    const babbling = await rawServer(context, (socket) => socket.on('data', (bytes) => socket.end(bytes)));
    const failures = [
      await failureOf(clientOf(context, silent, 50), { ...GET, headers }),
      await failureOf(clientOf(context, hangingUp), { ...GET, headers }),
      await failureOf(clientOf(context, babbling), { ...GET, headers }),
      await failureOf(clientOf(context, silent), { ...GET, headers: [['Authorization', `${secret}\n`]] }),
      await failureOf(clientOf(context, silent), { ...GET, target: `/?key=${secret} ` }),
    ];

    for (const failure of failures) {
      expect(failure).toBeInstanceOf(NoResponseError);
      expect(failure.message).not.toContain(secret);
    }
  });
});

describe('a kept-alive connection that the server closed', () => {
  /** Starts a server that answers the first request of a connection and closes it at the second. */
  async function closing(context: TestContext, answersFresh: (connection: number) => boolean) {
    const connections: number[] = [];
    const url = await rawServer(context, (socket) => {
      const number = connections.push(0);
      socket.on('data', () => {
        connections[number - 1] = (connections[number - 1] ?? 0) + 1;
        if (connections[number - 1] === 1 && answersFresh(number)) socket.write(NO_CONTENT);
        else socket.destroy();
      });
    });
    return { url, connections };
  }

  test('is replaced by a new one', async (context) => {
    const { url, connections } = await closing(context, () => true);
    const client = clientOf(context, url);
    await client.send(GET);

    expect((await client.send(GET)).status).toBe(204);
    expect(connections).toEqual([2, 1]);
  });

  test('is replaced only once', async (context) => {
    const { url, connections } = await closing(context, (connection) => connection === 1);
    const client = clientOf(context, url);
    await client.send(GET);

    expect((await failureOf(client)).message).toBe('the connection was dropped (ECONNRESET)');
    expect(connections).toEqual([2, 1]);
  });
});

test.for([200, 401, 404, 500, 302])('a server that answers %i is reachable', async (status, context) => {
  const url = await localServer(context, (_, response) => response.writeHead(status, { Location: '/' }).end('…'));

  expect(await explainUnreachable(url, LONG_MS)).toBeUndefined();
});

test('a server that never answers is not reachable', async (context) => {
  const url = await localServer(context, () => {});

  expect(await explainUnreachable(url, 50)).toBe('no complete response within 0.05 s');
});

test('a server that closes the connection is not reachable', async (context) => {
  const url = await localServer(context, (_, response) => response.destroy());

  expect(await explainUnreachable(url, LONG_MS)).toBe('the connection was dropped (ECONNRESET)');
});

test('an address where nothing listens is not reachable', async () => {
  expect(await explainUnreachable('http://127.0.0.1:9', LONG_MS)).toBe('nothing listens there (ECONNREFUSED)');
});

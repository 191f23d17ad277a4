import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { describe, expect, type TestContext, test } from 'vitest';
import { createHttpClient, explainUnreachable, type HttpClient } from '../../src/http/client.ts';
import type { HttpRequest } from '../../src/http/exchange.ts';
import { NoResponseError } from '../../src/http/failure.ts';
import { answering, listen, localServer, rawServer } from '../local-server.ts';

// Longer than any test takes, unless a test sets another limit.
const LONG_MS = 30_000;
const GET: HttpRequest = { method: 'GET', target: '/', headers: [] };
const NO_CONTENT = 'HTTP/1.1 204 No Content\r\n\r\n';

function createClient({ onTestFinished }: TestContext, url: string, timeLimitMs = LONG_MS): HttpClient {
  const client = createHttpClient(url, timeLimitMs);
  onTestFinished(() => client.close());
  return client;
}

/** Sends a request and returns the bytes that the server received: the lines of the head, and the body. */
async function record(context: TestContext, request: Partial<HttpRequest>, basePath = '') {
  let received = '';
  const url = await rawServer(context, (socket) =>
    socket.on('data', (bytes) => {
      received += bytes;
      socket.write(NO_CONTENT);
    }),
  );
  await createClient(context, url + basePath).send({ ...GET, ...request });
  const [head = '', body] = received.split('\r\n\r\n');
  return { url, lines: head.split('\r\n'), body };
}

const getFailure = (client: HttpClient, request: HttpRequest = GET): Promise<NoResponseError> =>
  client.send(request).then(
    () => expect.fail('there was a response'),
    (error: NoResponseError) => error,
  );

describe('the client sends', () => {
  test('a target in absolute form', async (context) => {
    const { url, lines } = await record(context, { target: '/x?a#', isAbsolute: true }, '/v1');

    expect(lines[0]).toBe(`GET ${url}/v1/x?a# HTTP/1.1`);
  });

  test.for([
    ...['/%ZZ', '/%', '/a/../b/./c', '/..', '//a//b', '/[a]{b}|c', '/?'],
    ...['/?a[]=1&%=&&', '/a;b=1,2', "/'*!()", '/%2e%2E/%2f'],
  ])('the target %s unchanged', async (target, context) => {
    expect((await record(context, { target })).lines[0]).toBe(`GET ${target} HTTP/1.1`);
  });

  test.for(['BREW', 'OPTIONS'])('the method %s unchanged', async (method, context) => {
    expect((await record(context, { method })).lines[0]).toBe(`${method} / HTTP/1.1`);
  });

  test('headers in their order and letter case, and does not join them', async (context) => {
    const headers = [
      ['x-Lower', '1'],
      ['ACCEPT', 'a'],
      ['Accept', 'b'],
      ['Empty', ''],
    ] as const;
    const { url, lines } = await record(context, { headers });
    const expected = [`Host: ${new URL(url).host}`, 'x-Lower: 1', 'ACCEPT: a', 'Accept: b', 'Empty: '];

    expect(lines.slice(1, 6)).toEqual(expected);
  });

  test('the path of the base URL before the target', async (context) => {
    expect((await record(context, { target: '/pets' }, '/api/v1/')).lines[0]).toBe('GET /api/v1/pets HTTP/1.1');
  });

  // Some servers reject chunks.
  test.for([
    ['POST', '{"a":"ä"}', '10'],
    ['PUT', '', '0'],
    ['POST', undefined, '0'],
    ['DELETE', '{}', '2'],
    ['GET', '{}', '2'],
    ['GET', undefined, undefined],
    ['HEAD', undefined, undefined],
    ['DELETE', undefined, undefined],
    ['OPTIONS', undefined, undefined],
  ] as const)('a %s with the body %s and Content-Length %s', async ([method, body, length], context) => {
    const received = await record(context, { method, ...(body !== undefined && { body }) });
    const framing = received.lines.filter((line) => /^(content-length|transfer-encoding):/i.test(line));

    expect(framing).toEqual(length === undefined ? [] : [`Content-Length: ${length}`]);
    expect(received.body).toBe(body ?? '');
  });
});

describe('a response is returned unchanged', () => {
  test('with its status, headers and bytes', async (context) => {
    const bytes =
      'HTTP/1.1 299 Odd Words\r\nX-One: 1\r\nx-one: 2\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\xff\x00a';
    const url = await rawServer(context, answering(Buffer.from(bytes, 'latin1')));
    const { status, statusText, httpVersion, headers, body } = await createClient(context, url).send(GET);

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

    expect((await createClient(context, url).send(GET)).status).toBe(302);
    expect(requests).toBe(1);
  });

  test('a protocol switch is a response', async (context) => {
    const url = await rawServer(
      context,
      answering('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n', 'keep'),
    );

    expect(await createClient(context, url).send(GET)).toMatchObject({ status: 101, body: Buffer.alloc(0) });
  });

  // Skip this test on machines without IPv6.
  const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));
  test.skipIf(!hasIpv6)('from an IPv6 address', async (context) => {
    const url = await listen(
      context,
      createServer((request, response) => response.end(request.headers.host)),
      '::1',
    );

    expect((await createClient(context, url).send(GET)).body.toString()).toBe(new URL(url).host);
  });
});

test('a body with 204 is marked as forbidden and is not an error', async (context) => {
  const url = await rawServer(context, answering(`${NO_CONTENT}{}`));
  const client = createClient(context, url);

  expect(await client.send(GET)).toMatchObject({ status: 204, hasForbiddenBody: true, body: Buffer.alloc(0) });
});

describe('a body that may be endless', () => {
  const answerWith = (head: string) =>
    answering(`HTTP/1.1 200 OK\r\n${head}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n`, 'keep');

  test.for(['text/event-stream', 'application/x-ndjson', 'application/stream+json', 'video/mp4'])(
    'is read in part if its type is %s',
    async (type, context) => {
      const url = await rawServer(context, answerWith(`Content-Type: ${type}\r\n`));

      expect(await createClient(context, url).send(GET)).toMatchObject({ body: Buffer.from('a'), isPartial: true });
    },
  );

  test.for(['Content-Type: application/json\r\n', ''])('must end if its head is %j', async (head, context) => {
    const url = await rawServer(context, answerWith(head));

    expect((await getFailure(createClient(context, url, 400))).message).toBe('no complete response within 0.4 s');
  });

  test('is complete if it ends', async (context) => {
    const url = await localServer(context, (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
      response.end();
    });

    expect(await createClient(context, url).send(GET)).toMatchObject({
      body: Buffer.from('data: 1\n\n'),
      isPartial: false,
    });
  });
});

describe('send throws', () => {
  const OK = 'HTTP/1.1 200 OK\r\n';
  const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;

  test.for([
    [
      'closes the connection after 3 of 9 bytes',
      `${OK}Content-Length: 9\r\n\r\nabc`,
      /^the connection ended after 3 of 9 bytes of the body/,
    ],
    [
      'closes the connection after one chunk',
      `${CHUNKED}3\r\nabc\r\n`,
      /^the connection ended after 3 bytes of the body \(aborted\)$/,
    ],
    ['sends bytes that are not HTTP', 'hello\r\n\r\n', /Parse Error|not HTTP/],
    ['sends nothing and closes the connection', '', /^the connection was dropped/],
  ] as const)('if the server %s', async ([, bytes, message], context) => {
    const url = await rawServer(context, answering(bytes));

    expect((await getFailure(createClient(context, url))).message).toMatch(message);
  });

  test.for([
    ['no headers', ''],
    ['only a part of the body', `${OK}Content-Length: 9\r\n\r\nx`],
  ] as const)('if the server sends %s within the timeout', async ([, bytes], context) => {
    const url = await rawServer(context, answering(bytes, 'keep'));

    expect(await getFailure(createClient(context, url, 200))).toMatchObject({
      message: 'no complete response within 0.2 s',
      isRefused: false,
      request: GET,
    });
  });

  test('if a body is too large', async (context) => {
    const block = Buffer.alloc(1024 * 1024);
    const url = await rawServer(context, (socket) => {
      const fill = () => {
        while (socket.writable && socket.write(block));
      };
      socket.on('drain', fill);
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        fill();
      });
    });

    expect((await getFailure(createClient(context, url))).message).toBe('the body is larger than 16777216 bytes');
  });

  test('if nothing listens at the address', async (context) => {
    const failure = await getFailure(createClient(context, 'http://127.0.0.1:9'));

    expect(failure).toMatchObject({ message: 'nothing listens there (ECONNREFUSED)', isRefused: true });
  });

  test('without secrets of the request in the message', async (context) => {
    const secret = 'sk_secret';
    const headers = [['Authorization', `Token token="${secret}"`]] as const;
    const silent = await rawServer(context, () => {});
    const closing = await rawServer(context, (socket) => socket.destroy());
    const echoing = await rawServer(context, (socket) => socket.on('data', (bytes) => socket.end(bytes)));
    const failures = [
      await getFailure(createClient(context, silent, 50), { ...GET, headers }),
      await getFailure(createClient(context, closing), { ...GET, headers }),
      await getFailure(createClient(context, echoing), { ...GET, headers }),
      await getFailure(createClient(context, silent), { ...GET, headers: [['Authorization', `${secret}\n`]] }),
      await getFailure(createClient(context, silent), { ...GET, target: `/?key=${secret} ` }),
    ];

    for (const failure of failures) {
      expect(failure).toBeInstanceOf(NoResponseError);
      expect(failure.message).not.toContain(secret);
    }
  });
});

describe('a kept-alive connection that the server closed', () => {
  test.for([
    ['is replaced by a new one', 2, 204],
    ['is replaced only once', 1, 'the connection was dropped (ECONNRESET)'],
  ] as const)('%s', async ([, answered, expected], context) => {
    const requests: number[] = [];
    // Answers only the first request of each connection, and closes the connection at the second.
    const url = await rawServer(context, (socket) => {
      const index = requests.push(0) - 1;
      socket.on('data', () => {
        requests[index] = (requests[index] ?? 0) + 1;
        if (requests[index] === 1 && index < answered) socket.write(NO_CONTENT);
        else socket.destroy();
      });
    });
    const client = createClient(context, url);
    await client.send(GET);
    const result = await client.send(GET).then(
      ({ status }) => status,
      ({ message }: Error) => message,
    );

    expect(result).toBe(expected);
    expect(requests).toEqual([2, 1]);
  });
});

describe('explainUnreachable', () => {
  test.for([200, 401, 404, 500, 302])('returns undefined for a server that answers %i', async (status, context) => {
    const url = await localServer(context, (_, response) => response.writeHead(status, { Location: '/' }).end('…'));

    expect(await explainUnreachable(url, LONG_MS)).toBeUndefined();
  });

  test('returns the reason why there is no response', async (context) => {
    const silent = await localServer(context, () => {});
    const closing = await localServer(context, (_, response) => response.destroy());

    expect(await explainUnreachable(silent, 50)).toBe('no complete response within 0.05 s');
    expect(await explainUnreachable(closing, LONG_MS)).toBe('the connection was dropped (ECONNRESET)');
    expect(await explainUnreachable('http://127.0.0.1:9', LONG_MS)).toBe('nothing listens there (ECONNREFUSED)');
  });
});

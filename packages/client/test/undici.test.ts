import { createServer, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { findFreePort } from '@firstofficer/common/listen';
import { Agent, interceptors, MockAgent, ProxyAgent } from 'undici';
import { describe, expect, test, vi } from 'vitest';
import { createClient, type FetchInit } from '../src/index.ts';
import { createFetch, fetch as undiciFetch } from '../src/undici.ts';
import { startServer } from './support.ts';

const INIT: FetchInit = { method: 'GET', headers: {}, redirect: 'manual', signal: new AbortController().signal };

// No server listens on it.
const closedPort = await findFreePort();

/** The functions whose behaviour must be the same. */
const FETCHES = { fetch: (url: string, init: FetchInit) => fetch(url, init), undici: undiciFetch };

/** Describes an error by what users see of it. */
function describeError(error: unknown): object {
  const { name, message, cause } = error as Error;
  const { code } = Object(cause);
  return { name, message, code };
}

/** Sends a request and returns everything that a user can see of the response, or of the error. */
async function observe(fetch: (typeof FETCHES)['fetch' | 'undici'], url: string, init: Partial<FetchInit> = {}) {
  try {
    const response = await fetch(url, { ...INIT, ...init });
    const { ok, status, statusText, redirected, headers } = response as Response;
    const head = { ok, status, statusText, redirected, url: (response as Response).url };
    const names = [...headers].filter(([name]) => name !== 'date');
    const text = await response.text().catch(describeError);
    return { ...head, headers: names, missing: headers.get('constructor'), text };
  } catch (error) {
    return describeError(error);
  }
}

const JSON_TEXT = JSON.stringify({ object: 'customer', name: 'ü🦆'.repeat(20) });
const LARGE_TEXT = JSON_TEXT.repeat(5_000);
const deflateRaw = promisify(zlib.deflateRaw);
const gzip = zlib.gzipSync(LARGE_TEXT);

/** Responds with a body that has encodings. */
const encoded =
  (encoding: string, body: Uint8Array): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'Content-Encoding': encoding, 'Content-Length': body.length }).end(body);

const LISTENERS: Record<string, RequestListener> = {
  'a small body': (_, response) => response.setHeader('Content-Length', Buffer.byteLength(JSON_TEXT)).end(JSON_TEXT),
  'a large body': (_, response) => response.setHeader('Content-Length', Buffer.byteLength(LARGE_TEXT)).end(LARGE_TEXT),
  'a body without a length': (_, response) => {
    for (let start = 0; start < JSON_TEXT.length; start += 7) response.write(JSON_TEXT.slice(start, start + 7));
    response.end();
  },
  'characters that are split between chunks': (_, response) => {
    const [first, ...rest] = Buffer.from('🦆🦆');
    response.write(Buffer.of(first ?? 0), () => response.end(Buffer.from(rest)));
  },
  'an empty body': (_, response) => response.setHeader('Content-Length', 0).end(),
  'a byte order mark and bytes that are not UTF-8': (_, response) =>
    response.end(Buffer.from([0xef, 0xbb, 0xbf, 0x22, 0xff, 0xc3, 0x22])),
  'status 204': (_, response) => response.writeHead(204).end(),
  'status 304 with an encoding': (_, response) => response.writeHead(304, { 'Content-Encoding': 'gzip' }).end(),
  'a status with its own text': (_, response) => response.writeHead(599, 'Strange').end('x'),
  'a redirect': (_, response) => response.writeHead(302, { Location: '/elsewhere' }).end('moved'),
  'several headers of a name': (_, response) =>
    response
      .setHeader('Set-Cookie', ['a=1', 'b=2'])
      .setHeader('X-List', ['one', 'two'])
      .setHeader('X-Latin', 'caf\xe9')
      .setHeader('X-Empty', '')
      .end(),
  gzip: encoded('gzip', gzip),
  'x-gzip in capitals': encoded('X-GZIP', gzip),
  deflate: encoded('deflate', zlib.deflateSync(LARGE_TEXT)),
  'raw deflate': encoded('deflate', await deflateRaw(LARGE_TEXT)),
  'an empty deflate body': encoded('deflate', Buffer.alloc(0)),
  br: encoded('br', zlib.brotliCompressSync(LARGE_TEXT)),
  zstd: encoded('zstd', zlib.zstdCompressSync(LARGE_TEXT)),
  'two encodings': encoded('gzip, br', zlib.brotliCompressSync(gzip)),
  'an unknown encoding': encoded('compress', Buffer.from('text')),
  identity: encoded('identity', Buffer.from('text')),
  'a known and an unknown encoding': encoded('compress, gzip', gzip),
  'a small gzip body': encoded('gzip', zlib.gzipSync('{}')),
  'gzip without its end': encoded('gzip', gzip.subarray(0, -12)),
  'a body that is not gzip': encoded('gzip', Buffer.from('not gzip')),
  'a body that is not deflate': encoded('deflate', Buffer.from('not deflate')),
  'a connection that closes before the response': ({ socket }) => socket.destroy(),
  'a small body that is incomplete': (_, response) =>
    response.writeHead(200, { 'Content-Length': 99 }).write('{', () => response.destroy()),
  'a large body that is incomplete': (_, response) =>
    response.writeHead(200, { 'Content-Length': 999_999 }).write('{', () => response.destroy()),
  'gzip that is incomplete': (_, response) =>
    response
      .writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': gzip.length })
      .write(gzip.subarray(0, 99), () => response.destroy()),
  'a response that is not HTTP': ({ socket }) => socket.end('SSH-2.0-OpenSSH\r\n'),
};

describe('behaves like fetch', () => {
  test.each(Object.keys(LISTENERS))('after %s', async (name) => {
    const url = await startServer((request, response) => LISTENERS[name]?.(request, response));

    expect(await observe(FETCHES.undici, `${url}/v2/customers/x?y=%20`)).toEqual(
      await observe(FETCHES.fetch, `${url}/v2/customers/x?y=%20`),
    );
  });

  test.each([
    ['a refused connection', `http://127.0.0.1:${closedPort}/`],
    ['an unknown host', 'http://firstofficer.invalid/'],
    ['TLS with a server that has none', undefined],
  ])('after %s', async (_, address) => {
    const url = address ?? (await startServer((_, response) => response.end())).replace('http:', 'https:');

    expect(await observe(FETCHES.undici, url)).toEqual(await observe(FETCHES.fetch, url));
  });

  test('rejects more encodings than fetch', async () => {
    const url = await startServer(encoded('gzip, gzip, gzip, gzip, gzip, gzip', gzip));

    await expect(undiciFetch(url, INIT)).rejects.toMatchObject({ cause: { message: /6 encodings.* 5/ } });
  });

  test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'sends the same %s request',
    async (method) => {
      const requests: unknown[] = [];
      const url = await startServer(async (request, response) => {
        const { method, url, headers } = request;
        let body = '';
        for await (const chunk of request) body += chunk;
        const { 'content-type': type, 'content-length': length, 'accept-encoding': encoding, authorization } = headers;
        requests.push({ method, url, type, length, encoding, authorization, body });
        response.setHeader('Content-Length', 2).end('{}');
      });
      const hasBody = method.startsWith('P');
      const init = {
        method,
        headers: { Authorization: 'Basic key', ...(hasBody && { 'Content-Type': 'application/json' }) },
        ...(hasBody && { body: '{"name":"ü"}' }),
      };
      const seen = [];
      for (const fetch of Object.values(FETCHES)) seen.push(await observe(fetch, `${url}/a/%2e%2e/b?c=d%20e`, init));

      expect(seen[1]).toEqual(seen[0]);
      expect(requests[1]).toEqual(requests[0]);
      expect(requests).toHaveLength(2);
    },
  );

  test('does not replace the encodings that the caller accepts', async () => {
    const encodings: unknown[] = [];
    const url = await startServer(({ headers }, response) => {
      encodings.push(headers['accept-encoding']);
      response.end();
    });
    for (const fetch of Object.values(FETCHES))
      await observe(fetch, url, { headers: { 'accept-ENCODING': 'identity' } });

    expect(encodings).toEqual(['identity', 'identity']);
  });

  describe.each(Object.entries(FETCHES))('when the signal aborts: %s', (_, fetch) => {
    const REASON = new Error('The user left.');

    test.each<[string, RequestListener]>([
      ['before the response', () => {}],
      ['during a small body', (_, response) => response.writeHead(200, { 'Content-Length': 99 }).write('{')],
      ['during a body without a length', (_, response) => response.writeHead(200).write('{')],
      [
        'during gzip',
        (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).write(gzip.subarray(0, 99)),
      ],
      ['during deflate', (_, response) => response.writeHead(200, { 'Content-Encoding': 'deflate' }).flushHeaders()],
    ])('%s, rejects with its reason and closes the connection', async (_, respond) => {
      const controller = new AbortController();
      const closed = vi.fn();
      const url = await startServer((request, response) => {
        request.socket.once('close', closed);
        respond(request, response);
        setImmediate(() => controller.abort(REASON));
      });
      const read = async () => (await fetch(url, { ...INIT, signal: controller.signal })).text();

      await expect(read()).rejects.toBe(REASON);
      await vi.waitFor(() => expect(closed).toHaveBeenCalled());
    });

    test('before the request, sends nothing', async () => {
      const requested = vi.fn();
      const url = await startServer(requested);

      await expect(fetch(url, { ...INIT, signal: AbortSignal.abort(REASON) })).rejects.toBe(REASON);
      expect(requested).not.toHaveBeenCalled();
    });
  });
});

describe('the body', () => {
  /** Reads the body with a reader, as the client does. */
  async function readChunks(url: string): Promise<Uint8Array[]> {
    const { body } = await undiciFetch(url, INIT);
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    const chunks: Uint8Array[] = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return chunks;
      chunks.push(value);
    }
  }

  test.each(['a small body', 'a large body', 'a body without a length', 'an empty body', 'gzip', 'raw deflate'])(
    'can be read in chunks: %s',
    async (name) => {
      const url = await startServer((request, response) => LISTENERS[name]?.(request, response));
      const chunks = await readChunks(url);

      expect(chunks.every((chunk) => chunk instanceof Uint8Array)).toBe(true);
      expect(Buffer.concat(chunks).toString()).toBe(await (await fetch(url)).text());
    },
  );

  test.each([
    ['a body without an end', undefined],
    ['gzip', () => zlib.createGzip()],
    ['deflate', () => zlib.createDeflate()],
    ['br', () => zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ])('is not read further after cancel, and the connection is closed: %s', async (encoding, createEncoder) => {
    const closed = vi.fn();
    const chunk = Buffer.alloc(1_000_000);
    const url = await startServer(({ socket }, response) => {
      socket.once('close', closed);
      const encoder = createEncoder?.();
      if (encoder) response.setHeader('Content-Encoding', encoding);
      encoder?.pipe(response);
      const target = encoder ?? response;
      const write = () => socket.destroyed || target.write(chunk, write);
      write();
    });
    const { body } = await undiciFetch(url, INIT);
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    await reader.cancel();

    await vi.waitFor(() => expect(closed).toHaveBeenCalled(), { timeout: 5_000 });
  });
});

test('concurrent requests use several connections, and later requests reuse them', async () => {
  const server = createServer();
  const connected = vi.fn();
  const waiting: (() => void)[] = [];
  const url = await startServer(
    (_, response) => {
      const answer = () => response.setHeader('Content-Length', 2).end('{}');
      if (waiting.push(answer) % 5 === 0) for (const resolve of waiting.splice(0)) resolve();
    },
    server.on('connection', connected),
  );
  const send = createFetch();
  for (let round = 0; round < 4; round++) {
    await Promise.all(Array.from({ length: 5 }, async () => (await send(url, INIT)).text()));
    // undici reuses a connection in a later turn of the event loop.
    await new Promise(setImmediate);
  }

  expect(connected).toHaveBeenCalledTimes(5);
});

describe('the dispatcher', () => {
  test('can be a proxy', async () => {
    const target = await startServer((_, response) => response.end('{"object":"customer"}'));
    const connections: unknown[] = [];
    const server = createServer().on('connect', ({ url = '' }, socket) => {
      connections.push(url);
      const { hostname, port } = new URL(`http://${url}`);
      const upstream = connect(Number(port), hostname, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(upstream).pipe(socket);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    const uri = await startServer(() => {}, server);
    await using dispatcher = disposable(new ProxyAgent({ uri, proxyTunnel: true }));
    const { customers } = createClient({ token: 'keykeykey', baseUrl: target, fetch: createFetch({ dispatcher }) });

    expect(await customers.retrieve('cus_1234ABCD')).toEqual({ object: 'customer' });
    expect(connections).toEqual([new URL(target).host]);
  });

  test('can be a mock', async () => {
    const dispatcher = new MockAgent();
    dispatcher.disableNetConnect();
    dispatcher
      .get('https://api.example.com')
      .intercept({ path: '/v2/customers/a%20b', headers: { authorization: `Basic ${btoa('keykeykey:')}` } })
      .reply(200, { object: 'customer' });
    const { customers } = createClient({
      token: 'keykeykey',
      baseUrl: 'https://api.example.com',
      fetch: createFetch({ dispatcher }),
    });

    expect(await customers.retrieve('a b')).toEqual({ object: 'customer' });
  });

  test('that follows redirects makes the client reject', async () => {
    const baseUrl = await startServer(({ url }, response) => {
      if (url === '/elsewhere') response.end('{"object":"customer"}');
      else response.writeHead(302, { Location: '/elsewhere' }).end();
    });
    const dispatcher = new Agent().compose(interceptors.redirect({ maxRedirections: 1 }));
    const { customers } = createClient({ token: 'keykeykey', baseUrl, fetch: createFetch({ dispatcher }) });

    await expect(customers.retrieve('x')).rejects.toMatchObject({ code: 'http', status: 200 });
  });
});

function disposable(agent: ProxyAgent): ProxyAgent & AsyncDisposable {
  return Object.assign(agent, { [Symbol.asyncDispose]: () => agent.destroy() });
}

import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { createClient, type FirstOfficerError } from '@firstofficer/client';
import { pino } from 'pino';
import { generate } from 'selfsigned';
import { describe, expect, test } from 'vitest';
import { loadApiDescription } from '../src/description.ts';
import { databases, sqlite } from './databases.ts';
import {
  authorize,
  createAccountWith,
  createCustomer,
  formatRequest,
  importAll,
  sendRaw,
  startSeededApi,
} from './running-api.ts';

const PATH = '/v2/customers/cus_1234ABCD';

/** Requests of every kind, most of which get no success. None has a key. */
const HOSTILE = [
  ...[
    PATH,
    '/v2/customers/',
    '/v2/customers/%ZZ',
    '/v2/customers/x#y',
    '/unknown',
    '/%ZZ',
    '/',
    '/healthz',
    '/readyz',
  ].flatMap((target) =>
    ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'CONNECT'].map((method) => formatRequest(target, {}, method)),
  ),
  formatRequest('http:///v2/customers/x'),
  formatRequest(PATH, { Expect: 'something' }),
  formatRequest(PATH, { 'If-None-Match': '*' }),
  formatRequest(PATH, { 'X-Request-Id': 'req_mine' }),
  formatRequest(PATH, {}, 'NONSENSE'),
  formatRequest(PATH, { 'X-Large': 'x'.repeat(200_000) }),
  'NONSENSE\r\n\r\n',
  `GET ${PATH} HTTP/1.1\r\nContent-Length: x\r\n\r\n`,
];

/** Returns a logger and the lines that it has written. */
function collectLog() {
  const lines: { readonly reqId?: string; readonly status?: number }[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return { logger: pino(stream), lines };
}

describe.each(databases)('on $name', (kind) => {
  test('every response has its own request ID, which is in the log, and the headers for security', async (context) => {
    const { logger, lines } = collectLog();
    const { url, key, close } = await startSeededApi(context, kind, { logger });
    const targets = [PATH, '/v2/customers/unknown', '/v2/customers/', '/unknown', '/%ZZ'];
    const requests = [...HOSTILE, ...targets.map((target) => formatRequest(target, authorize(key)))];

    const statuses = new Map<string, number>();
    for (const request of requests) {
      const response = await sendRaw(url, request);
      const headers = parseHeaders(response.text);
      const id = headers['x-request-id'] ?? '';
      expect(headers, request.slice(0, 100)).toMatchObject({
        'x-request-id': expect.stringMatching(/^req_[0-9a-f]{10}-[0-9a-z]+$/),
        'cache-control': 'private, no-cache',
        'x-content-type-options': 'nosniff',
      });
      expect(headers).not.toHaveProperty('strict-transport-security');
      expect(statuses.has(id)).toBe(false);
      statuses.set(id, response.status);
    }
    await close();
    for (const [id, status] of statuses) {
      expect(lines.filter(({ reqId }) => reqId === id).map((line) => line.status)).toEqual([status]);
    }
  });

  test('an error of the client has the request ID of the log line', async (context) => {
    const { logger, lines } = collectLog();
    const { url, key, close } = await startSeededApi(context, kind, { logger });
    const { customers } = createClient({ token: key, baseUrl: url });
    const error = await customers.retrieve('unknown').catch((thrown: FirstOfficerError) => thrown);
    await close();

    expect(error).toMatchObject({ code: 'not_found', requestId: expect.stringMatching(/^req_/) });
    expect(lines).toContainEqual(
      expect.objectContaining({ reqId: (error as FirstOfficerError).requestId, status: 404 }),
    );
  });

  test('a customer that has not changed gets a 304', async (context) => {
    const { url, key, location, accountId } = await startSeededApi(context, kind);
    const other = await createAccountWith(location, [createCustomer(1)]);
    await importAll(location, accountId, [createCustomer(1), createCustomer(2)]);
    const send = async (headers: Record<string, string> = {}, identifier = 'cus_1', method = 'GET') => {
      const response = await fetch(`${url}/v2/customers/${identifier}`, { method, headers });
      return { status: response.status, headers: response.headers, body: await response.text() };
    };
    const first = await send(authorize(key));
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    expect((await send(authorize(key))).headers.get('etag')).toBe(etag);
    const second = await send(authorize(key), 'cus_2');
    expect(second.headers.get('etag')).not.toBe(etag);

    for (const method of ['GET', 'HEAD']) {
      for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const { status, headers, body } = await send({ ...authorize(key), 'If-None-Match': known }, 'cus_1', method);
        expect({ status, etag: headers.get('etag'), type: headers.get('content-type'), body }, known).toEqual({
          status: 304,
          etag,
          type: null,
          body: '',
        });
        expect(headers.get('cache-control')).toBe('private, no-cache');
      }
      for (const known of ['"x"', etag.slice(1, -1), second.headers.get('etag') ?? '', '', ',']) {
        const { status, headers } = await send({ ...authorize(key), 'If-None-Match': known }, 'cus_1', method);
        expect([status, headers.get('etag')], known).toEqual([200, etag]);
      }
      // A condition changes no error, so a 304 reveals nothing.
      const keys = [authorize('fo_wrong'), {}];
      for (const headers of keys) {
        const denied = await send({ ...headers, 'If-None-Match': '*' }, 'cus_1', method);
        expect([denied.status, denied.headers.get('etag')]).toEqual([401, null]);
      }
      for (const [identifier, status] of [
        ['unknown', 404],
        ['', 400],
        ['cus_2', 404],
      ] as const) {
        const failed = await send({ ...authorize(other.key), 'If-None-Match': '*' }, identifier, method);
        expect([failed.status, failed.headers.get('etag')]).toEqual([status, null]);
      }
    }

    await importAll(location, accountId, [createCustomer(1, { current_mrr: 12_345 })]);
    const changed = await send({ ...authorize(key), 'If-None-Match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
    expect((await send({ ...authorize(other.key), 'If-None-Match': etag })).status).toBe(304);
  });

  test('a 304 has no body, so the next response on the connection is complete', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    const headers = { ...authorize(key), Connection: 'keep-alive' };
    const response = await sendRaw(
      url,
      formatRequest(PATH, { ...headers, 'If-None-Match': '*' }) +
        formatRequest(PATH, { ...headers, 'If-None-Match': '*' }, 'HEAD') +
        formatRequest(PATH, authorize(key)),
    );
    expect(response.text).toMatch(
      /^HTTP\/1\.1 304 [^{]*\r\n\r\nHTTP\/1\.1 304 [^{]*\r\n\r\nHTTP\/1\.1 200 [^{]*\r\n\r\n\{.*\}$/,
    );
  });
});

test('over HTTPS, every response has Strict-Transport-Security', async (context) => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
  const api = await startSeededApi(context, sqlite, { tls: { cert: Buffer.from(cert), key: Buffer.from(key) } });
  for (const request of [formatRequest(PATH), formatRequest(PATH, {}, 'CONNECT'), 'NONSENSE\r\n\r\n']) {
    const socket = connect({ port: Number(new URL(api.url).port), rejectUnauthorized: false });
    socket.on('error', () => {});
    socket.write(request);
    expect(parseHeaders(await text(socket))['strict-transport-security'], request.slice(0, 100)).toBe(
      'max-age=31536000',
    );
  }
});

test('the values of the headers are the examples of the description', async (context) => {
  const { operations } = await loadApiDescription();
  const { url } = await startSeededApi(context, sqlite);
  const { headers } = await fetch(url);
  for (const { responses } of operations) {
    for (const response of Object.values(responses)) {
      for (const name of ['Cache-Control', 'X-Content-Type-Options']) {
        expect(headers.get(name)).toBe(response.headers?.[name]?.example);
      }
      expect(response.headers?.['Strict-Transport-Security']?.example).toBe('max-age=31536000');
    }
  }
});

/** Returns the headers of a response by their names in lower case. */
function parseHeaders(response: string): Record<string, string> {
  const [, ...lines] = (response.split('\r\n\r\n', 1)[0] ?? '').split('\r\n');
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}

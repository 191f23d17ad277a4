import { InvalidArgumentError } from 'commander';
import { describe, expect, test } from 'vitest';
import { parseOrigins } from '../src/commands/options.ts';
import { sqlite } from './databases.ts';
import { authorize, startSeededApi } from './running-api.ts';

const DOCS = 'https://docs.example.com';
const PATH = '/v2/customers/cus_1234ABCD';
const PREFLIGHT = {
  method: 'OPTIONS',
  headers: { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'authorization,prefer' },
};

/** Returns the headers of CORS of a response. */
function readCors({ headers }: Response): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => /^(access-control-.*|vary)$/.test(name)));
}

/** Sends a request, and returns its status and the headers of CORS. */
async function send(url: string, origin: string | undefined, init: RequestInit = {}) {
  const headers = { ...init.headers, ...(origin !== undefined && { Origin: origin }) };
  const response = await fetch(url, { ...init, headers });
  await response.arrayBuffer();
  return { status: response.status, cors: readCors(response) };
}

test('without the option, no response has a header of CORS, and a preflight needs a key', async (context) => {
  const { url, key } = await startSeededApi(context, sqlite);

  expect(await send(url + PATH, DOCS, { headers: authorize(key) })).toEqual({ status: 200, cors: {} });
  expect(await send(url + PATH, DOCS, PREFLIGHT)).toEqual({ status: 401, cors: {} });
});

describe('with allowed origins', () => {
  const allowOrigins = new Set([DOCS, 'http://localhost:8080']);

  test('a preflight of an allowed page is answered without a key', async (context) => {
    const { url } = await startSeededApi(context, sqlite, { allowOrigins });

    for (const path of [PATH, '/v2/customers/%ZZ', '/other']) {
      expect(await send(url + path, DOCS, PREFLIGHT)).toEqual({
        status: 204,
        cors: {
          'access-control-allow-origin': DOCS,
          'access-control-allow-methods': 'GET',
          'access-control-allow-headers': 'Authorization, Content-Type, If-None-Match, Prefer',
          'access-control-max-age': '600',
          vary: 'Origin',
        },
      });
    }
  });

  test('an allowed page can read each response and its documented headers, but sends no credentials', async (context) => {
    const { url, key } = await startSeededApi(context, sqlite, { allowOrigins });

    const origin = 'http://localhost:8080';
    for (const [path, headers, status] of [
      [PATH, authorize(key), 200],
      [PATH, { ...authorize(key), 'If-None-Match': '*' }, 304],
      [PATH, {}, 401],
      ['/v2/customers/x', authorize(key), 404],
      ['/v2/customers/', authorize(key), 400],
      ['/v2/customers/%ZZ', authorize(key), 400],
    ] as const) {
      const sent = await send(url + path, origin, { headers });
      expect(sent).toEqual({
        status,
        cors: {
          'access-control-allow-origin': origin,
          'access-control-expose-headers': expect.stringMatching(/\bETag\b.*\bRetry-After\b/),
          vary: 'Origin',
        },
      });
    }
  });

  test.for([
    'https://docs.example.com.evil.example',
    'http://docs.example.com',
    'https://docs.example.com:8443',
    'https://DOCS.example.com',
    'null',
    '*',
    undefined,
  ])('the origin %s gets no header but Vary', async (origin, context) => {
    const { url, key } = await startSeededApi(context, sqlite, { allowOrigins });

    expect(await send(url + PATH, origin, { headers: authorize(key) })).toEqual({
      status: 200,
      cors: { vary: 'Origin' },
    });
    expect(await send(url + PATH, origin, PREFLIGHT)).toEqual({ status: 401, cors: { vary: 'Origin' } });
  });

  test('OPTIONS that is no preflight needs a key', async (context) => {
    const { url } = await startSeededApi(context, sqlite, { allowOrigins });

    expect((await send(url + PATH, DOCS, { method: 'OPTIONS' })).status).toBe(401);
  });
});

describe('--allow-origin', () => {
  test('accepts origins, also in a list and several times', () => {
    const first = parseOrigins('https://docs.example.com, http://localhost:8080');
    expect(parseOrigins('http://[::1]:4010', first)).toEqual([DOCS, 'http://localhost:8080', 'http://[::1]:4010']);
  });

  test.each(['', '*', 'null', 'docs.example.com', 'file:///a', 'https://a.example, '])('rejects %j', (value) => {
    expect(() => parseOrigins(value)).toThrow(InvalidArgumentError);
  });

  test.each([
    'https://docs.example.com/',
    'https://docs.example.com/path',
    'https://docs.example.com:443',
    'https://user:secret@docs.example.com',
    'https://DOCS.example.com',
  ])('suggests the origin of %s', (value) => {
    expect(() => parseOrigins(value)).toThrow('Did you mean https://docs.example.com?');
  });
});

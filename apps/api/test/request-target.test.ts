import { describe, expect, test } from 'vitest';
import { databases } from './databases.ts';
import { authorize, formatRequest, sendRaw, startSeededApi } from './running-api.ts';

const PATHS = [
  '/v2/customers/cus_1234ABCD',
  '/v2/customers/cus_1234ABCD?x=1',
  '/v2/customers/jane%2Bbilling%40example.com',
  '/v2/customers/http://h/x',
  '/v2/customers/unknown',
  '/v2/customers/',
  '/v2/customers/%ZZ',
  '/v2/customers/x#y',
  '/v2/customers',
  '//v2/customers/x',
  '/%ZZ',
  '/?x=1',
  '/',
];
const AUTHORITIES = ['http://example.com', 'HTTPS://example.com:8443', 'http://[::1]:80'];
const METHODS = ['GET', 'HEAD', 'DELETE', 'OPTIONS'];

/** Invalid targets. Each contains a path of the API. */
const INVALID = [
  'http:///v2/customers/x',
  'http://@/v2/customers/x',
  'http://:80/v2/customers/x',
  'http://example.com:99999/v2/customers/x',
  'http://[/v2/customers/x',
  'http://example.com/v2/customers/x#y',
  'http://example.com/v2/customers/x?a#y',
  '/v2/customers/x#y',
  '/v2/customers/x?a#y',
  '/v2/customers/%ZZ#y',
];

describe.each(databases)('on $name', (kind) => {
  test('a target in absolute form gets the same response as its path', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    for (const headers of [authorize(key), {}]) {
      for (const method of METHODS) {
        for (const path of PATHS) {
          const expected = await getResponse(url, formatRequest(path, headers, method));
          expect(expected).toMatch(/^HTTP\/1\.1 [2-4]/);
          for (const authority of AUTHORITIES) {
            expect(
              await getResponse(url, formatRequest(authority + path, headers, method)),
              `${method} ${authority}${path}`,
            ).toBe(expected);
          }
        }
      }
    }
    const root = await getResponse(url, formatRequest('/', authorize(key)));
    for (const target of ['http://example.com', 'http://example.com?x']) {
      expect(await getResponse(url, formatRequest(target, authorize(key))), target).toBe(root);
    }
  });

  test('an invalid target gets a 400 in JSON with a key, and a 401 without one', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    for (const target of INVALID) {
      const { status, text } = await sendRaw(url, formatRequest(target, authorize(key)));
      expect({ status, body: parseBody(text) }, target).toEqual({
        status: 400,
        body: { error: { type: 'invalid_request_error', message: expect.stringContaining('request target') } },
      });
      expect((await sendRaw(url, formatRequest(target))).status, target).toBe(401);
    }
    expect((await sendRaw(url, formatRequest('/v2/customers/cus_1234ABCD', authorize(key)))).status).toBe(200);
  });
});

/** Returns the response without its date and request ID. */
async function getResponse(url: string, request: string) {
  const { text } = await sendRaw(url, request);
  return text.replace(/^(date|x-request-id): .*\r\n/gim, '');
}

function parseBody(text: string): unknown {
  return JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4));
}

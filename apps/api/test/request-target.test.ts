import { describe, expect, test } from 'vitest';
import { databases } from './databases.ts';
import { rawRequest, requestText } from './raw-request.ts';
import { basic, startSeededApi } from './running-api.ts';

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

/** Targets that name no resource, each with a path that the API serves. */
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
  test('a target in absolute form is answered like its path', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    for (const headers of [basic(key), {}]) {
      for (const method of METHODS) {
        for (const path of PATHS) {
          const expected = await answer(url, path, headers, method);
          expect(expected).toMatch(/^HTTP\/1\.1 [2-4]/);
          for (const authority of AUTHORITIES) {
            expect(await answer(url, authority + path, headers, method), `${method} ${authority}${path}`).toBe(
              expected,
            );
          }
        }
      }
    }
    expect(await answer(url, 'http://example.com', basic(key))).toBe(await answer(url, '/', basic(key)));
    expect(await answer(url, 'http://example.com?x', basic(key))).toBe(await answer(url, '/', basic(key)));
  });

  test('an invalid target is a 400 in JSON with a key, and a 401 without', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    for (const target of INVALID) {
      const { status, text } = await rawRequest(url, requestText(target, basic(key)));
      expect({ status, body: bodyOf(text) }, target).toEqual({
        status: 400,
        body: { error: { type: 'invalid_request_error', message: expect.stringContaining('request target') } },
      });
      expect((await rawRequest(url, requestText(target))).status, target).toBe(401);
    }
    expect((await rawRequest(url, requestText('/v2/customers/cus_1234ABCD', basic(key)))).status).toBe(200);
  });
});

/** The response without its date. */
async function answer(url: string, target: string, headers: Readonly<Record<string, string>>, method = 'GET') {
  const { text } = await rawRequest(url, requestText(target, headers, method));
  return text.replace(/^date: .*\r\n/im, '');
}

function bodyOf(text: string): unknown {
  return JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4));
}

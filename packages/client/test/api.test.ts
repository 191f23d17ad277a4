import { describe, expect, test } from 'vitest';
import { createClient, type OnResponse } from '../src/index.ts';
import { validate } from '../src/validate.ts';
import { API_ERRORS, catchError, getCustomer, startServer } from './support.ts';

test('a call resolves with data or error, and with the response', async () => {
  const baseUrl = await startServer(({ url }, response) => {
    if (url === '/v2/customers/cus_1234ABCD') response.end('{"object":"customer","current_mrr":69900}');
    else response.writeHead(404).end(API_ERRORS[404]);
  });
  const { api } = createClient({ token: 'key', baseUrl });

  const success = await getCustomer(api, 'cus_1234ABCD');
  expect(success.data?.current_mrr).toBe(69_900);
  expect(success.error).toBeUndefined();
  expect(success.response.status).toBe(200);

  const unknown = await getCustomer(api, 'nobody');
  expect(unknown.data).toBeUndefined();
  expect(unknown.error?.error.message).toBe('No such customer.');
  expect(unknown.response.status).toBe(404);
});

describe('a call rejects for', () => {
  test.each([
    ['an error page of a proxy', 502, '<h1>Bad Gateway</h1>', { code: 'http', status: 502 }],
    ['an error without a body', 404, '', { code: 'http', status: 404 }],
    ['an error that is JSON but not an object', 401, 'null', { code: 'http', status: 401 }],
    [
      'an error of a gateway',
      403,
      '{"message":"Forbidden"}',
      { code: 'http', message: expect.stringMatching('Forbidden') },
    ],
    ['an error of a gateway with a documented status', 401, '{"error":"x"}', { code: 'http', status: 401 }],
    ['a list', 404, '["x"]', { code: 'http', status: 404 }],
    ['an error of another status', 403, API_ERRORS[401], { code: 'http', status: 403 }],
    ['an unknown URL of a similar API', 404, API_ERRORS[401], { code: 'http', status: 404 }],
    ['an error without a message', 401, '{"error":{"type":"invalid_request_error","message":" "}}', { code: 'http' }],
    ['an error of a load balancer', 503, '{"error":{"message":"x"}}', { code: 'unavailable', status: 503 }],
    ['a redirect', 302, '{"error":{"message":"Moved."}}', { code: 'http', status: 302 }],
    [
      'a success that is not JSON',
      200,
      '<h1>Hello</h1>',
      { code: 'invalid_response', message: expect.stringContaining('not JSON') },
    ],
    ['a success without a body', 200, '', { code: 'invalid_response', message: expect.stringContaining('empty') }],
    ['a success that is null', 200, 'null', { code: 'invalid_response', message: expect.stringContaining('null') }],
  ])('%s', async (_, status, body, expected) => {
    const baseUrl = await startServer((_, response) => response.writeHead(status).end(body));
    const { api } = createClient({ token: 'key', baseUrl, maxRetries: 0 });

    expect(await catchError(getCustomer(api, 'x'))).toMatchObject(expected);
  });
});

test('a request with If-None-Match has neither data nor error if nothing has changed', async () => {
  const etag = '"1"';
  let requests = 0;
  const baseUrl = await startServer(({ headers }, response) => {
    requests += 1;
    // The first attempt fails, so the retry must have the header as well.
    if (requests === 1) response.writeHead(503, { 'Retry-After': '0' }).end();
    else response.writeHead(headers['if-none-match'] === etag ? 304 : 200, { ETag: etag }).end();
  });
  const outcomes: unknown[] = [];
  const onResponse: OnResponse = ({ status, code }) => outcomes.push([status, code]);
  const { api } = createClient({ token: 'key', baseUrl, validate, onResponse });
  const { data, error, response } = await api.GET('/v2/customers/{customer}', {
    params: { path: { customer: 'x' }, header: { 'If-None-Match': etag } },
  });

  expect([data, error, response.status, response.headers.get('ETag')]).toEqual([undefined, undefined, 304, etag]);
  expect(outcomes).toEqual([
    [503, 'unavailable'],
    [304, undefined],
  ]);
});

test.each([204, 205])('a response with status %i has no data', async (status) => {
  const baseUrl = await startServer((_, response) => response.writeHead(status).end());
  const { data, error, response } = await getCustomer(createClient({ token: 'key', baseUrl }).api, 'x');

  expect([data, error]).toEqual([undefined, undefined]);
  expect(response.status).toBe(status);
});

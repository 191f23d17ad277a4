import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { findFreePort } from '@firstofficer/common/listen';
import { describe, expect, test } from 'vitest';
import { CODES_BY_STATUS } from '../src/error.ts';
import { createClient, FirstOfficerError, isFirstOfficerError } from '../src/index.ts';
import { catchError, getCustomer, operations, startServer } from './support.ts';

/** Returns the error of a call that receives this response and is not retried. */
async function catchFailure(respond: (response: ServerResponse) => void): Promise<FirstOfficerError> {
  const baseUrl = await startServer((_, response) => respond(response));
  return catchError(createClient({ token: 'key', baseUrl, maxRetries: 0 }).customers.retrieve('cus_1234ABCD'));
}

describe('a success that is not a customer is invalid_response, and the message says why', () => {
  test.each([
    ['HTML', '<!doctype html><title>Hello</title>', 'not JSON'],
    ['an empty body', '', 'empty'],
    ['truncated JSON', '{"object":"custo', 'not JSON'],
    ['null', 'null', 'not a customer'],
    ['a list', '[{"object":"customer"}]', 'not a customer'],
    ['a string', '"customer"', 'not a customer'],
    ['an empty object', '{}', 'not a customer'],
    ['another object', '{"object":"list","data":[]}', 'not a customer'],
    ['an error', '{"error":{"message":"No."}}', 'not a customer'],
  ])('%s', async (_, body, reason) => {
    const error = await catchFailure((response) => response.setHeader('X-Request-Id', 'req_1').end(body));

    expect(error).toMatchObject({
      code: 'invalid_response',
      status: 200,
      requestId: 'req_1',
      message: `FirstOfficer sent an invalid response: ${reason}.`,
    });
  });

  test('status 204', async () => {
    expect(await catchFailure((response) => response.writeHead(204).end())).toMatchObject({
      code: 'invalid_response',
      status: 204,
    });
  });

  test('the message does not contain the body', async () => {
    const error = await catchFailure((response) => response.end('{"object":"customer","current_mrr":69900,'));

    expect(error.message).not.toContain('69900');
    expect(error.cause).toBeUndefined();
  });
});

describe('an error has the status of the response, even if the body is not the documented one', () => {
  test.each([
    [503, '<html>Service Unavailable</html>', 'unavailable'],
    [500, '<html>Internal Server Error</html>', 'http'],
    [502, '', 'http'],
    [418, 'null', 'http'],
    [408, '{}', 'http'],
    [429, '{"error":"slow down"}', 'rate_limited'],
    [404, '', 'not_found'],
    [401, '[]', 'unauthorized'],
    [400, '{"error":{"message":"","type":7,"param":null}}', 'invalid_request'],
  ] as const)('%i %j', async (status, body, code) => {
    expect(await catchFailure((response) => response.writeHead(status).end(body))).toMatchObject({
      code,
      status,
      type: undefined,
      param: undefined,
      retryAfter: undefined,
      message: `FirstOfficer answered with HTTP status ${status}.`,
    });
  });
});

test('an error has the members of the response', async () => {
  const error = await catchFailure((response) =>
    response
      .writeHead(404, { 'X-Request-Id': 'req_1', 'Retry-After': '7' })
      .end('{"error":{"type":"invalid_request_error","message":"No such customer.","param":"customer"}}'),
  );

  expect(error).toMatchObject({
    name: 'FirstOfficerError',
    code: 'not_found',
    status: 404,
    type: 'invalid_request_error',
    param: 'customer',
    message: 'No such customer.',
    requestId: 'req_1',
    retryAfter: 7,
  });
});

describe('a redirect is not followed', () => {
  test.each([301, 302, 303, 307, 308])('%i', async (status) => {
    let requests = 0;
    const error = await catchFailure((response) => {
      requests++;
      response.writeHead(status, { Location: '/elsewhere' }).end();
    });

    expect(error).toMatchObject({ code: 'http', status, message: expect.stringContaining('redirect') });
    expect(requests).toBe(1);
  });
});

test('a redirect that a custom fetch followed is an error', async () => {
  const baseUrl = await startServer(({ url }, response) => {
    if (url === '/elsewhere') response.end('{"object":"customer"}');
    else response.writeHead(302, { Location: '/elsewhere' }).end();
  });
  const followRedirects = (url: string, init: RequestInit) => fetch(url, { ...init, redirect: 'follow' });
  const { customers, api } = createClient({ token: 'key', baseUrl, fetch: followRedirects });
  const expected = { code: 'http', message: expect.stringContaining('redirect') };

  expect(await catchError(customers.retrieve('x'))).toMatchObject(expected);
  expect(await catchError(getCustomer(api, 'x'))).toMatchObject(expected);
});

describe('a call without a complete response rejects with a network error, which has the causes', () => {
  test('a closed connection', async () => {
    const error = await catchFailure((response) => response.destroy());

    expect(error).toMatchObject({ code: 'network', status: undefined });
    expect(error.cause).toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
      cause: { code: 'UND_ERR_SOCKET' },
    });
  });

  test('a closed port', async () => {
    const baseUrl = `http://127.0.0.1:${await findFreePort()}`;
    const error = await catchError(createClient({ token: 'key', baseUrl, maxRetries: 0 }).customers.retrieve('x'));

    expect(error).toMatchObject({ code: 'network', cause: { cause: { code: 'ECONNREFUSED' } } });
  });

  test('an incomplete body', async () => {
    const error = await catchFailure((response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('{', () => response.destroy());
    });

    expect(error).toMatchObject({ code: 'network' });
  });

  test('an incomplete body of an error response', async () => {
    const error = await catchFailure((response) => {
      response.writeHead(404, { 'Content-Length': 100 }).write('{', () => response.destroy());
    });

    expect(error).toMatchObject({ code: 'network' });
  });

  // Not every runtime rejects with a TypeError, and a custom fetch may throw anything.
  test.each([
    ['an Error', new Error('Unable to connect.'), { name: 'Error', message: 'Unable to connect.' }],
    ['a DOMException', new DOMException('Gone.', 'NetworkError'), { name: 'NetworkError', message: 'Gone.' }],
    ['a string', 'offline', { message: 'offline' }],
    ['nothing', undefined, undefined],
    [
      'an object whose getter throws',
      {
        get message() {
          throw new Error('no');
        },
      },
      undefined,
    ],
  ])('a fetch that throws %s', async (_, thrown, cause) => {
    const { customers } = createClient({ token: 'key', maxRetries: 0, fetch: () => Promise.reject(thrown) });
    const error = await catchError(customers.retrieve('cus_1234ABCD'));

    expect(error.code).toBe('network');
    if (cause) expect(error.cause).toMatchObject(cause);
    else expect(error.cause).toBeUndefined();
  });

  test('a fetch that throws synchronously', async () => {
    const fetch = () => {
      throw new Error('not today');
    };

    expect(
      await catchError(createClient({ token: 'key', maxRetries: 0, fetch }).customers.retrieve('x')),
    ).toMatchObject({
      code: 'network',
      cause: { message: 'not today' },
    });
  });

  test('a chain of causes that is circular is cut off', async () => {
    const cause = new Error('again');
    cause.cause = cause;
    const { customers } = createClient({ token: 'key', maxRetries: 0, fetch: () => Promise.reject(cause) });

    expect(await catchError(customers.retrieve('x'))).toMatchObject({ cause: { cause: { message: 'again' } } });
  });
});

test('a redirect in a browser is reported as a redirect, although the browser hides its status', async () => {
  // In the Fetch standard, an opaque redirect has the status 0, no headers and no body.
  const opaque = Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' });
  const error = await catchError(createClient({ token: 'key', fetch: async () => opaque }).customers.retrieve('x'));

  expect(error).toMatchObject({ code: 'http', message: expect.stringContaining('redirect') });
  expect(error.status).toBeUndefined();
});

test('only documented error statuses and 429 have a code of their own', () => {
  // A proxy or load balancer may limit the rate, although the description does not document it.
  const undocumented = [429];
  const documented = operations.flatMap(({ responses }) => Object.keys(responses).map(Number));
  const errors = [...documented, ...undocumented].filter((status) => status >= 400);

  expect(Object.keys(CODES_BY_STATUS).map(Number)).toEqual([...new Set(errors)].toSorted());
});

test.each(Object.entries(CODES_BY_STATUS))('the README documents %i as %s', async (status, code) => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

  expect(readme).toMatch(new RegExp(`^\\| \`${code}\` .*\\(${status}\\)`, 'm'));
});

test('isFirstOfficerError recognizes errors of this copy of the package', () => {
  expect(isFirstOfficerError(new FirstOfficerError('network', 'No connection.'))).toBe(true);
});

test('isFirstOfficerError recognizes errors of another copy of the package', async () => {
  const copy = (await import(`${'../src/error.ts'}?copy`)) as typeof import('../src/error.ts');
  const error = new copy.FirstOfficerError('network', 'No connection.');

  expect(error).not.toBeInstanceOf(FirstOfficerError);
  expect(isFirstOfficerError(error)).toBe(true);
});

test.each([
  undefined,
  null,
  'FirstOfficerError',
  7,
  {},
  new Error('network'),
  { name: 'FirstOfficerError', code: 'network' },
])('%s is not a FirstOfficerError', (value) => {
  expect(isFirstOfficerError(value)).toBe(false);
});

test('JSON.stringify includes all members of an error except its cause', () => {
  const error = new FirstOfficerError('rate_limited', 'Slow down.', { status: 429, retryAfter: 7, requestId: 'req_1' });

  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'FirstOfficerError',
    message: 'Slow down.',
    code: 'rate_limited',
    status: 429,
    retryAfter: 7,
    requestId: 'req_1',
  });
});

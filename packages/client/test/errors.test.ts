import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { findFreePort } from '@firstofficer/common/listen';
import { describe, expect, test } from 'vitest';
import { CODES_BY_STATUS } from '../src/error.ts';
import { createClient, FirstOfficerError, isFirstOfficerError, type Retry } from '../src/index.ts';
import { API_ERRORS, catchError, getCustomer, operations, startServer } from './support.ts';

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

describe('an error that is not the documented one has the code http, and the message contains the base URL and the body', () => {
  test.each([
    [500, '<html>Internal Server Error</html>', 'http'],
    [502, '', 'http'],
    [418, 'null', 'http'],
    [408, '{}', 'http'],
    [404, '', 'http'],
    [404, '<!doctype html><title>Not Found</title>', 'http'],
    [404, '{"error":{"type":"invalid_request_error","message":"Unrecognized request URL"}}', 'http'],
    [401, '[]', 'http'],
    [400, '{"error":{"message":"","type":7,"param":null}}', 'http'],
    [304, '', 'http'],
    // These statuses mean "try again later", even if a proxy sends them.
    [429, '{"error":"slow down"}', 'rate_limited'],
    [503, '<html>Service Unavailable</html>', 'unavailable'],
  ] as const)('%i %j', async (status, body, code) => {
    const baseUrl = await startServer((_, response) => response.writeHead(status).end(body));
    const { customers } = createClient({ token: 'key', baseUrl, maxRetries: 0 });
    const error = await catchError(customers.retrieve('cus_1234ABCD'));

    expect(error).toMatchObject({
      code,
      status,
      message: expect.stringContaining(`${baseUrl} answered with HTTP status ${status}`),
    });
    expect(error.message).toContain(body || 'empty');
    expect(error.message).not.toContain('redirect');
    expect([error.type, error.param, error.retryAfter]).toEqual([undefined, undefined, undefined]);
  });
});

test('a long text of a response is cut', async () => {
  const text = 'x'.repeat(1_000_000);
  const error = await catchFailure((response) => response.writeHead(404).end(`<p>${text}`));
  const apiError = await catchFailure((response) =>
    response.writeHead(401).end(API_ERRORS[401]?.replace('Invalid', text)),
  );

  const longParam = await catchFailure((response) =>
    response.writeHead(404).end(API_ERRORS[404]?.replace('"customer"', JSON.stringify(text))),
  );
  expect(longParam.param?.length).toBe(1_000);

  for (const { message, stack = '' } of [error, apiError]) {
    expect(message).toMatch(/x$/);
    expect(message.length).toBeLessThan(1100);
    expect(stack.length).toBeLessThan(5000);
  }
});

test('a long text of a cause is cut', async () => {
  const fetch = () => Promise.reject(new Error('x'.repeat(1_000_000)));
  const error = await catchError(createClient({ token: 'key', fetch, maxRetries: 0 }).customers.retrieve('x'));

  expect(inspect(error).length).toBeLessThan(10_000);
});

test('line breaks and control characters of a response do not reach logs', async () => {
  const error = await catchFailure((response) => response.writeHead(404).end('a\r\n\u001b[31m\u0000b\u009b\tü'));

  expect(error.message).toMatch('Body: a [31m b ü');
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
      response.writeHead(status, { Location: '/elsewhere' }).end(API_ERRORS[404]);
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

    expect(error).toMatchObject({ code: 'network', message: expect.stringMatching(/\((ECONNRESET|UND_ERR_SOCKET)\)/) });
    expect(error.cause).toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
      cause: { code: 'UND_ERR_SOCKET' },
    });
  });

  test('a closed port', async () => {
    const baseUrl = `http://127.0.0.1:${await findFreePort()}`;
    const error = await catchError(createClient({ token: 'key', baseUrl, maxRetries: 0 }).customers.retrieve('x'));

    expect(error).toMatchObject({
      code: 'network',
      message: 'The connection to FirstOfficer failed (ECONNREFUSED).',
      cause: { cause: { code: 'ECONNREFUSED' } },
    });
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

test.each([
  { type: { trim: 1 }, message: 'x', param: 'customer' },
  { type: 'invalid_request_error', message: { toString: 1 }, param: 'customer' },
  { type: 'invalid_request_error', message: 'x', param: 5 },
  'text',
  7,
  null,
])('members of an error that are no strings make it another server’s error: %j', async (error) => {
  const respond = (response: ServerResponse) => response.writeHead(404).end(JSON.stringify({ error }));

  expect(await catchFailure(respond)).toMatchObject({ code: 'http', status: 404 });
});

test('optional members of an error that are no strings are left out', async () => {
  const error = { type: 'invalid_request_error', message: 'x', param: { toString: 1 } };
  const thrown = await catchFailure((response) => response.writeHead(400).end(JSON.stringify({ error })));

  expect(thrown).toMatchObject({ code: 'invalid_request', message: 'x' });
  expect(thrown.param).toBeUndefined();
});

test('an error has the number of attempts, whichever function fails', async () => {
  const baseUrl = await startServer((_, response) => response.writeHead(503, { 'Retry-After': '0' }).end());
  const fail = () => Promise.reject(new Error('boom'));
  for (const name of ['onResponse', 'onRetry'] as const) {
    const { customers } = createClient({ token: 'key', baseUrl, [name]: fail });
    expect(await catchError(customers.retrieve('x'))).toMatchObject({ param: name, attempts: 1 });
  }
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

test('a logged error has no members that are undefined', async () => {
  const errors = [
    await catchFailure((response) => response.writeHead(404).end()),
    await catchFailure((response) => response.destroy()),
    await catchError(
      createClient({ token: 'key', fetch: () => Promise.reject(undefined), maxRetries: 0 }).customers.retrieve('x'),
    ),
  ];

  for (const error of errors) expect(inspect(error, { showHidden: true })).not.toContain('undefined');
});

describe('the message of a network error contains the reason', () => {
  const withCause = (message: string, cause: unknown) => new Error(message, { cause });
  test.each([
    [
      'the code of the cause, as in Node',
      withCause('fetch failed', Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
      'ENOTFOUND',
    ],
    [
      'the code of the error, as in Bun',
      Object.assign(new Error('no'), { code: 'ConnectionRefused' }),
      'ConnectionRefused',
    ],
    ['the message, as in browsers', new TypeError('Failed to fetch'), 'Failed to fetch'],
    ['the message of a cause without a code', withCause('outer', new Error('inner')), 'inner'],
    ['a code rather than a number', new DOMException('Gone.', 'NetworkError'), 'Gone.'],
  ])('%s', async (_, thrown, reason) => {
    const { customers } = createClient({ token: 'key', maxRetries: 0, fetch: () => Promise.reject(thrown) });

    expect((await catchError(customers.retrieve('x'))).message).toBe(
      `The connection to FirstOfficer failed (${reason}).`,
    );
  });
});

test('an error has the number of attempts', async () => {
  const baseUrl = await startServer(({ url = '' }, response) => {
    const [, status = '200'] = /(\d+)$/.exec(url) ?? [];
    response.writeHead(Number(status), { 'Retry-After': '0' }).end('{}');
  });
  const attempts: unknown[] = [];
  const onRetry = ({ error }: Retry) => void attempts.push(error.attempts);
  const { customers } = createClient({ token: 'key', baseUrl, onRetry });

  expect(await catchError(customers.retrieve('503'))).toMatchObject({ attempts: 3 });
  expect(attempts).toEqual([1, 2]);
  expect(await catchError(customers.retrieve('404'))).toMatchObject({ attempts: 1 });
  expect(await catchError(customers.retrieve('200'))).toMatchObject({ code: 'invalid_response', attempts: 1 });
  expect(await catchError(customers.retrieve('200', { signal: AbortSignal.abort() }))).toMatchObject({ attempts: 0 });
  expect(await catchError(customers.retrieve(''))).not.toHaveProperty('attempts');
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

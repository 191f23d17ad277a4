import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AuthForm, createClient, type Retry } from '../src/index.ts';
import { catchError, getCustomer, startRecorder, startServer } from './support.ts';

// The length makes Base64 add padding, which a server may drop when it repeats the key.
const TOKEN = 'sesame-opens';
const ENCODED = btoa(`${TOKEN}:`);
const FORMS: AuthForm[] = ['basic', 'token'];

/** Formats a value in every way in which applications print or log it. */
function format(value: unknown): string {
  const { message = '', stack = '', cause } = Object(value);
  return [
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
    JSON.stringify(value),
    String(value),
    message,
    stack,
    cause ? format(cause) : '',
  ].join('\n');
}

function expectNoKey(text: string): void {
  expect(text).not.toContain(TOKEN);
  expect(text).not.toContain(ENCODED.replace(/=+$/, ''));
}

const METHODS = ['log', 'info', 'warn', 'error', 'debug'] as const;
beforeEach(() => {
  for (const method of METHODS) vi.spyOn(console, method).mockImplementation(() => {});
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  for (const method of METHODS) expect(console[method]).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

test('the client has no member that contains the key', () => {
  expectNoKey(format(createClient({ token: TOKEN })));
});

describe.each(FORMS)('with auth %s, the key does not appear in', (auth) => {
  test('an error or a retry, even if the server repeats the request', async () => {
    const retries: Retry[] = [];
    const baseUrl = await startServer(({ headers }, response) => {
      const echo = `${headers.authorization}, ${TOKEN}, ${ENCODED.replace(/=+$/, '')}`;
      response
        .writeHead(503, { 'X-Request-Id': echo })
        .end(JSON.stringify({ error: { message: echo, type: echo, param: echo } }));
    });
    const { customers } = createClient({ token: TOKEN, auth, baseUrl, onRetry: (retry) => void retries.push(retry) });
    const error = await catchError(customers.retrieve('x'));

    expect(error).toMatchObject({ status: 503, requestId: expect.stringContaining('[API key]') });
    expect(retries).toHaveLength(2);
    expectNoKey(format(error) + format(retries));
  });

  test.each([
    ['a success that is not a customer', 200],
    ['a redirect', 302],
    ['a wrong key', 401],
  ])('the error for %s', async (_, status) => {
    const baseUrl = await startServer(({ headers }, response) => {
      response.writeHead(status, { 'X-Request-Id': headers.authorization ?? '' }).end(headers.authorization);
    });

    expectNoKey(format(await catchError(createClient({ token: TOKEN, auth, baseUrl }).customers.retrieve('x'))));
  });

  test('a cause, even if fetch throws the whole request', async () => {
    const fetch = async (url: string, init: RequestInit) => {
      const { Authorization } = init.headers as Record<string, string>;
      const inner = Object.assign(new Error(`could not send ${Authorization}`), { code: 'EBAD', config: init });
      inner.cause = Object.assign(new Error('key'), { name: TOKEN, code: Authorization });
      throw Object.assign(new Error(`${url} ${TOKEN}`, { cause: inner }), { request: { init } });
    };
    const error = await catchError(createClient({ token: TOKEN, auth, fetch, maxRetries: 0 }).customers.retrieve('x'));

    expect(error.cause).toMatchObject({
      message: expect.stringContaining('[API key]'),
      cause: { code: 'EBAD', message: expect.stringContaining('could not send') },
    });
    expectNoKey(format(error));
  });

  test('an error that api rejects with', async () => {
    const { api } = createClient({ token: TOKEN, auth, fetch: () => Promise.reject(new Error(TOKEN)), maxRetries: 0 });

    expectNoKey(format(await catchError(getCustomer(api, 'x'))));
  });

  test('the error that api resolves with, or the error for an empty success', async () => {
    let status = 401;
    const baseUrl = await startServer(({ headers }, response) => {
      const echo = { error: { message: `${headers.authorization} ${TOKEN}` } };
      response.writeHead(status, { 'X-Request-Id': TOKEN }).end(status === 401 ? JSON.stringify(echo) : '');
    });
    const { api } = createClient({ token: TOKEN, auth, baseUrl });
    const { error } = await getCustomer(api, 'x');
    expect(error?.error.message).toContain('[API key]');
    expectNoKey(format(error));

    status = 200;
    expectNoKey(format(await catchError(getCustomer(api, 'x'))));
  });

  test('the message of a failed validation', async () => {
    const fetch = async () => new Response('{"object":"customer"}');
    const { customers } = createClient({ token: TOKEN, auth, fetch, validate: () => [`${TOKEN} is not a currency`] });
    const error = await catchError(customers.retrieve('x'));

    expect(error.message).toContain('[API key] is not a currency');
    expectNoKey(format(error));
  });
});

test('the key is not in the URL', async () => {
  const { baseUrl, requests } = await startRecorder();
  await createClient({ token: TOKEN, baseUrl }).customers.retrieve('x');

  expect(requests).toMatchObject([{ url: '/v2/customers/x' }]);
});

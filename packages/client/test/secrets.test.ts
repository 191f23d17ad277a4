import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AuthForm, createClient, type Retry } from '../src/index.ts';
import { failure } from './failure.ts';
import { localServer } from './local-server.ts';

// Of a length at which Base64 has padding, which not every echo keeps.
const TOKEN = 'sesame-opens';
const ENCODED = btoa(`${TOKEN}:`);
const FORMS: AuthForm[] = ['basic', 'token'];

/** All that printing, logging or reporting a value may show. */
function shown(value: unknown): string {
  const { message = '', stack = '', cause } = Object(value);
  return [
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
    JSON.stringify(value),
    String(value),
    message,
    stack,
    cause ? shown(cause) : '',
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

test('not on the client', () => {
  expectNoKey(shown(createClient({ token: TOKEN })));
});

describe.each(FORMS)('with the key in the form %s', (auth) => {
  test('not in an error or a retry, though the server echoes what it was sent', async () => {
    const retries: Retry[] = [];
    const baseUrl = await localServer(({ headers }, response) => {
      const said = `${headers.authorization}, ${TOKEN}, ${ENCODED.replace(/=+$/, '')}`;
      response
        .writeHead(503, { 'X-Request-Id': said })
        .end(JSON.stringify({ error: { message: said, type: said, param: said } }));
    });
    const { customers } = createClient({ token: TOKEN, auth, baseUrl, onRetry: (retry) => void retries.push(retry) });
    const error = await failure(customers.retrieve('x'));

    expect(error).toMatchObject({ status: 503, requestId: expect.stringContaining('[API key]') });
    expect(retries).toHaveLength(2);
    expectNoKey(shown(error) + shown(retries));
  });

  test.each([
    ['a success that is no customer', 200],
    ['a redirect', 302],
    ['a wrong key', 401],
  ])('not in the error about %s', async (_, status) => {
    const baseUrl = await localServer(({ headers }, response) => {
      response.writeHead(status, { 'X-Request-Id': headers.authorization ?? '' }).end(headers.authorization);
    });

    expectNoKey(shown(await failure(createClient({ token: TOKEN, auth, baseUrl }).customers.retrieve('x'))));
  });

  test('not in a cause, though a fetch throws the whole request', async () => {
    const fetch = async (url: string, init: RequestInit) => {
      const { Authorization } = init.headers as Record<string, string>;
      const inner = Object.assign(new Error(`could not send ${Authorization}`), { code: 'EBAD', config: init });
      inner.cause = Object.assign(new Error('key'), { name: TOKEN, code: Authorization });
      throw Object.assign(new Error(`${url} ${TOKEN}`, { cause: inner }), { request: { init } });
    };
    const error = await failure(createClient({ token: TOKEN, auth, fetch, maxRetries: 0 }).customers.retrieve('x'));

    expect(error.cause).toMatchObject({
      message: expect.stringContaining('[API key]'),
      cause: { code: 'EBAD', message: expect.stringContaining('could not send') },
    });
    expectNoKey(shown(error));
  });

  test('not in an error of api', async () => {
    const { api } = createClient({ token: TOKEN, auth, fetch: () => Promise.reject(new Error(TOKEN)), maxRetries: 0 });

    expectNoKey(shown(await failure(api.GET('/v2/customers/{customer}', { params: { path: { customer: 'x' } } }))));
  });

  test('not in what api gives of a failure, nor in the error about a success that is none', async () => {
    let status = 401;
    const baseUrl = await localServer(({ headers }, response) => {
      const said = { error: { message: `${headers.authorization} ${TOKEN}` } };
      response.writeHead(status, { 'X-Request-Id': TOKEN }).end(status === 401 ? JSON.stringify(said) : '');
    });
    const get = () =>
      createClient({ token: TOKEN, auth, baseUrl }).api.GET('/v2/customers/{customer}', {
        params: { path: { customer: 'x' } },
      });
    const { error } = await get();
    expect(error?.error.message).toContain('[API key]');
    expectNoKey(shown(error));

    status = 200;
    expectNoKey(shown(await failure(get())));
  });

  test('not in what a validation says', async () => {
    const fetch = async () => new Response('{"object":"customer"}');
    const { customers } = createClient({ token: TOKEN, auth, fetch, validate: () => [`${TOKEN} is no currency`] });
    const error = await failure(customers.retrieve('x'));

    expect(error.message).toContain('[API key] is no currency');
    expectNoKey(shown(error));
  });

  test.each([301, 302, 307, 308])('not sent to where a %i leads', async (status) => {
    const elsewhere = vi.fn();
    const other = await localServer((request, response) => {
      elsewhere(request.headers);
      response.end('{"object":"customer"}');
    });
    const baseUrl = await localServer((_, response) => response.writeHead(status, { Location: other }).end());
    const error = await failure(createClient({ token: TOKEN, auth, baseUrl }).customers.retrieve('x'));

    expect(error).toMatchObject({ code: 'http', status });
    expect(elsewhere).not.toHaveBeenCalled();
  });
});

test('not in the URL', async () => {
  const urls: string[] = [];
  const baseUrl = await localServer(({ url = '' }, response) => {
    urls.push(url);
    response.end('{"object":"customer"}');
  });
  await createClient({ token: TOKEN, baseUrl }).customers.retrieve('x');

  expect(urls).toEqual(['/v2/customers/x']);
});

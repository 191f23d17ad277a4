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
      const message = `${headers.authorization} ${TOKEN}`;
      const echo = { error: { type: 'invalid_request_error', message, [TOKEN]: [{ [ENCODED]: ENCODED }] } };
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

/** Returns a text in every form in which servers and proxies repeat it. */
function encode(text: string): string[] {
  const everyCharacter = (format: (code: number) => string) =>
    Array.from(text, (character) => format(character.charCodeAt(0))).join('');
  const hex = (code: number) => code.toString(16).padStart(2, '0');
  return [
    text,
    encodeURIComponent(text),
    encodeURIComponent(text).toLowerCase().replace(text.toLowerCase(), text),
    encodeURIComponent(encodeURIComponent(text)),
    new URLSearchParams({ key: text }).toString(),
    everyCharacter((code) => `%${hex(code)}`),
    JSON.stringify(JSON.stringify(text)),
    text.replaceAll('/', '\\/').replaceAll('+', '\\u002B'),
    text.replaceAll('/', '\\u002f').replaceAll('=', '\\u003d').replaceAll('<', '\\u003c'),
    JSON.stringify(text.replaceAll('/', '\\/').replaceAll('+', '\\u002B')),
    everyCharacter((code) => `\\u00${hex(code)}`),
    everyCharacter((code) => `&#${code};`),
    everyCharacter((code) => `&#x${hex(code).toUpperCase()};`),
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&apos;').replaceAll('"', '&quot;'),
  ];
}

/** Undoes every escape in a text, as someone who searches a log for the key could. */
function decode(text: string): string {
  const decoded = text
    .replace(/\\+u00([\da-f]{2})|&#x([\da-f]{2});|%([\da-f]{2})/gi, (_, ...hex: string[]) =>
      String.fromCharCode(Number.parseInt(hex.slice(0, 3).find(Boolean) ?? '', 16)),
    )
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\\+(?=[/"'])/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&apos;', "'")
    .replaceAll('&quot;', '"');
  return decoded === text ? text : decode(decoded);
}

describe.each(['a+b/9=', 'sk_live/+=%2B', "k&y<'quoted'>", 'p~q?r#s/t+u==', 'subjects?_d>>~~>'])(
  'the key %s does not appear in any escaped form',
  (token) => {
    const secrets = [token, btoa(token).replace(/.?=+$/, ''), btoa(`${token}:`).replace(/.?=+$/, '')];
    const forms = [token, btoa(`${token}:`)].flatMap(encode);
    const expectNoSecret = (value: unknown) => {
      const text = decode(format(value));
      for (const secret of secrets) expect(text).not.toContain(secret);
    };

    test('in a cause', async () => {
      const cause = new Error(forms.join(' '), { cause: new Error(`x${forms.join('x')}x`) });
      const { customers } = createClient({ token, fetch: () => Promise.reject(cause), maxRetries: 0 });

      expectNoSecret(await catchError(customers.retrieve('x')));
    });

    test.each([404, 403, 200])('in the error for status %i', async (status) => {
      for (const form of forms) {
        const bodies = [
          JSON.stringify({ error: { type: 'invalid_request_error', message: form, param: 'customer', [form]: form } }),
          // As a raw JSON string, the escapes of the form are those of JSON.
          `{"error":{"type":"invalid_request_error","message":"${form}","param":"customer"},"${form}":["${form}"]}`,
          `<p>${form}</p>`,
        ];
        for (const body of bodies) {
          const fetch = async () => new Response(body, { status, headers: { 'X-Request-Id': form } });
          const { customers, api } = createClient({ token, fetch, maxRetries: 0 });
          expectNoSecret(await catchError(customers.retrieve('x')));
          const { error } = await getCustomer(api, 'x').catch((error: unknown) => ({ error }));
          expectNoSecret(error);
        }
      }
    });
  },
);

describe('a short key is removed only where it is a word of its own', () => {
  test.each([
    ['sub', 'No such subscription: sub', 'No such subscription: [API key]'],
    ['entry', 'The entryway has no entry-phone.', 'The entryway has no [API key]-phone.'],
    ['a/b', 'xa/bx', 'x[API key]x'],
    ['sesame', 'opensesamenow', 'open[API key]now'],
  ])('%s in %j', async (token, message, expected) => {
    const { customers } = createClient({ token, fetch: () => Promise.reject(new Error(message)), maxRetries: 0 });

    expect(await catchError(customers.retrieve('x'))).toMatchObject({ cause: { message: expected } });
  });
});

test('a key of digits that is part of a number in an error does not change what the error is', async () => {
  const error = { type: 'invalid_request_error', message: 'No 12345678.', param: 'customer', timestamp: 1712345678 };
  const baseUrl = await startServer((_, response) => response.writeHead(404).end(JSON.stringify({ error })));

  expect(await catchError(createClient({ token: '12345678', baseUrl }).customers.retrieve('x'))).toMatchObject({
    code: 'not_found',
    message: 'No [API key].',
  });
});

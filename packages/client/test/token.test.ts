import { expect, test, vi } from 'vitest';
import { createClient, type TokenProvider } from '../src/index.ts';
import { catchError, startServer } from './support.ts';

/** Starts a server that accepts one key. Returns its URL and the keys that it received. */
async function startServerWithKey(key: string) {
  const received: string[] = [];
  const baseUrl = await startServer(({ headers }, response) => {
    const sent = atob(`${headers.authorization}`.replace('Basic ', '')).replace(/:$/, '');
    received.push(sent);
    if (sent === key) response.end('{"object":"customer"}');
    else {
      const error = { type: 'invalid_request_error', message: `The key ${sent} is wrong.` };
      response.writeHead(401).end(JSON.stringify({ error }));
    }
  });
  return { baseUrl, received };
}

test.each<[string, TokenProvider]>([
  ['a function', () => 'sesame-key'],
  ['an async function', async () => 'sesame-key'],
])('token may be %s, which is called for each call', async (_, provide) => {
  const token = vi.fn(provide);
  const { baseUrl, received } = await startServerWithKey('sesame-key');
  const { customers } = createClient({ token, baseUrl });
  expect(token).not.toHaveBeenCalled();
  await customers.retrieve('x');
  await customers.retrieve('x');

  expect(received).toEqual(['sesame-key', 'sesame-key']);
  expect(token.mock.calls).toEqual([[{ isRejected: false }], [{ isRejected: false }]]);
});

test('after a 401 the function is called once more, and the call succeeds with the new key', async () => {
  let key = 'old-key';
  const token = vi.fn(({ isRejected }: { isRejected: boolean }) => {
    if (isRejected) key = 'new-key';
    return key;
  });
  const { baseUrl, received } = await startServerWithKey('new-key');
  // Asking for a new key is no retry.
  const { customers } = createClient({ token, baseUrl, maxRetries: 0, onRetry: () => expect.unreachable() });

  await expect(customers.retrieve('x')).resolves.toEqual({ object: 'customer' });
  expect(received).toEqual(['old-key', 'new-key']);
  expect(token.mock.calls).toEqual([[{ isRejected: false }], [{ isRejected: true }]]);
});

test('a call rejects with unauthorized if the new key is rejected too, without either key', async () => {
  let count = 0;
  const { baseUrl, received } = await startServerWithKey('other-key');
  const { customers } = createClient({ token: () => `sesame-${++count}`, baseUrl });
  const error = await catchError(customers.retrieve('x'));

  expect(error).toMatchObject({ code: 'unauthorized', message: 'The key [API key] is wrong.' });
  expect(received).toEqual(['sesame-1', 'sesame-2']);
});

test('neither key appears in an error, if the response to the new key repeats the old one', async () => {
  const baseUrl = await startServer((_, response) => {
    const error = { type: 'invalid_request_error', message: 'Neither sesame-1 nor sesame-2 is valid.' };
    response.writeHead(401).end(JSON.stringify({ error }));
  });
  let count = 0;
  const { customers } = createClient({ token: () => `sesame-${++count}`, baseUrl });

  expect((await catchError(customers.retrieve('x'))).message).toBe('Neither [API key] nor [API key] is valid.');
});

test('a key that does not change is not sent again', async () => {
  const token = vi.fn(() => 'sesame-key');
  const { baseUrl, received } = await startServerWithKey('other-key');

  expect(await catchError(createClient({ token, baseUrl }).customers.retrieve('x'))).toMatchObject({
    code: 'unauthorized',
  });
  expect(token).toHaveBeenCalledTimes(2);
  expect(received).toEqual(['sesame-key']);
});

test('a key that is a string is sent once', async () => {
  const { baseUrl, received } = await startServerWithKey('other-key');
  await catchError(createClient({ token: 'sesame-key', baseUrl }).customers.retrieve('x'));

  expect(received).toEqual(['sesame-key']);
});

test('a function that keeps a promise is asked for one key by concurrent calls, as the README shows', async () => {
  const readSecret = vi.fn(async () => (readSecret.mock.calls.length > 1 ? 'new-key' : 'old-key'));
  let key: Promise<string> | undefined;
  const token: TokenProvider = ({ isRejected }) => {
    if (!key || isRejected) key = readSecret();
    return key;
  };
  const { baseUrl, received } = await startServerWithKey('old-key');
  const { customers } = createClient({ token, baseUrl });
  await Promise.all(Array.from({ length: 20 }, () => customers.retrieve('x')));

  expect(readSecret).toHaveBeenCalledOnce();
  expect(received).toEqual(Array(20).fill('old-key'));
});

test('a token function that never answered does not block later calls', async () => {
  const token = vi.fn<TokenProvider>(() => 'sesame-key').mockImplementationOnce(() => new Promise(() => {}));
  const { baseUrl } = await startServerWithKey('sesame-key');
  const { customers } = createClient({ token, baseUrl, timeout: 1_000 });

  expect(await catchError(customers.retrieve('x'))).toMatchObject({ code: 'timeout' });
  await expect(customers.retrieve('x')).resolves.toEqual({ object: 'customer' });
});

test.each(['', 'with space', undefined, null, 7, {}])('a function that returns %j rejects the call', async (key) => {
  const fetch = vi.fn(async () => new Response('{"object":"customer"}'));
  const { customers } = createClient({ token: () => key as string, fetch });

  expect(await catchError(customers.retrieve('x'))).toMatchObject({ code: 'invalid_argument', param: 'token' });
  expect(fetch).not.toHaveBeenCalled();
});

test('an unknown value of auth rejects the call', async () => {
  const { customers } = createClient({ token: () => 'sesame-key', auth: 'bearer' as 'token' });

  expect(await catchError(customers.retrieve('x'))).toMatchObject({ code: 'invalid_argument', param: 'auth' });
});

import { createServer, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ClientOptions, createClient, type Retry } from '../src/index.ts';
import { API_ERRORS, catchError, getCustomer, startServer } from './support.ts';

type Responder = (response: ServerResponse) => void;

const ok: Responder = (response) => response.end('{"object":"customer"}');
const status =
  (code: number, headers: Record<string, string> = {}): Responder =>
  (response) =>
    response.writeHead(code, headers).end(API_ERRORS[503]);

// Math.random returns 0, so that retries do not wait.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

/** Creates a client and a server that gives these responses in turn. The last one is repeated. */
async function createClientForResponses(responders: readonly Responder[], options: Partial<ClientOptions> = {}) {
  const seen = { requests: 0, connections: 0, retries: [] as Retry[] };
  const server = createServer().on('connection', () => seen.connections++);
  const baseUrl = await startServer((_, response) => {
    const respond = responders[Math.min(seen.requests++, responders.length - 1)];
    respond?.(response);
  }, server);
  const onRetry = (retry: Retry) => seen.retries.push(retry);
  return { seen, ...createClient({ token: 'key', baseUrl, onRetry, ...options }) };
}

describe('failures that may be transient are retried', () => {
  test.each([
    ['408', status(408), { code: 'http', status: 408 }],
    ['429', status(429), { code: 'rate_limited', status: 429 }],
    ['500', status(500), { code: 'http', status: 500 }],
    ['503', status(503), { code: 'unavailable', status: 503, message: 'Not now.' }],
    ['599', status(599), { code: 'http', status: 599 }],
    ['a closed connection', (response) => response.destroy(), { code: 'network' }],
    [
      'an incomplete body',
      (response) => response.writeHead(200, { 'Content-Length': 99 }).write('{', () => response.destroy()),
      { code: 'network' },
    ],
  ] as [string, Responder, object][])('%s', async (_, respond, error) => {
    const { customers, api, seen } = await createClientForResponses([respond, ok, respond, ok]);

    await expect(customers.retrieve('x')).resolves.toEqual({ object: 'customer' });
    expect(seen.requests).toBe(2);
    expect(seen.retries).toEqual([{ attempt: 1, delay: 0, error: expect.objectContaining(error) }]);

    const { data } = await getCustomer(api, 'x');
    expect(data).toEqual({ object: 'customer' });
    expect(seen.requests).toBe(4);
  });

  test('an attempt that times out, with a new time limit for the next attempt', async () => {
    const { customers, seen } = await createClientForResponses([() => {}, ok], { timeout: 1_000 });

    await expect(customers.retrieve('x')).resolves.toEqual({ object: 'customer' });
    expect(seen.retries).toMatchObject([{ attempt: 1, error: { code: 'timeout' } }]);
  });
});

test.each([200, 204, 301, 400, 401, 403, 404, 409, 422])('a response with status %i is not retried', async (code) => {
  const { customers, seen } = await createClientForResponses([status(code)]);
  await catchError(customers.retrieve('x'));

  expect(seen.requests).toBe(1);
  expect(seen.retries).toEqual([]);
});

test('after two retries the call rejects with the last error, and onRetry was called for each retry', async () => {
  const { customers, seen } = await createClientForResponses([status(500), status(502), status(503)]);

  expect(await catchError(customers.retrieve('x'))).toMatchObject({ code: 'unavailable', status: 503 });
  expect(seen.requests).toBe(3);
  expect(seen.retries).toMatchObject([
    { attempt: 1, error: { status: 500 } },
    { attempt: 2, error: { status: 502 } },
  ]);
});

test('the number of retries can be set for the client and for the call', async () => {
  const { customers, seen } = await createClientForResponses([status(500)], { maxRetries: 1 });

  await catchError(customers.retrieve('x'));
  expect(seen.requests).toBe(2);
  await catchError(customers.retrieve('x', { maxRetries: 0 }));
  expect(seen.requests).toBe(3);
  await catchError(customers.retrieve('x', { maxRetries: 4 }));
  expect(seen.requests).toBe(8);
});

test('api resolves with the response of the last attempt', async () => {
  const { api, seen } = await createClientForResponses([status(503)]);
  const { error, response } = await getCustomer(api, 'x');

  expect(error).toEqual({ error: { type: 'api_error', message: 'Not now.' } });
  expect(response.status).toBe(503);
  expect(seen.requests).toBe(3);
});

test('the wait is random, and its maximum doubles from 0.5 to 8 seconds', async () => {
  const { customers, seen } = await createClientForResponses([status(500)], {
    maxRetries: 7,
    // Records the wait, and replaces its timer so that the test does not wait. The client passes the timer only to
    // clearTimeout, which ignores an Immediate, so its type does not matter.
    onRetry: (retry) => {
      seen.retries.push(retry);
      vi.spyOn(globalThis, 'setTimeout').mockImplementationOnce((resume) => setImmediate(resume) as never);
    },
  });
  vi.mocked(Math.random).mockReturnValue(0.5);
  await catchError(customers.retrieve('x'));

  expect(seen.retries.map(({ delay }) => delay)).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000]);
});

describe('Retry-After', () => {
  /** Returns the wait before the first retry, or the error of the call if there is no retry. */
  async function measureWait(value: string) {
    const { customers, seen } = await createClientForResponses([status(503, { 'Retry-After': value }), ok], {
      onRetry: (retry) => {
        seen.retries.push(retry);
        throw new Error('seen');
      },
    });
    vi.mocked(Math.random).mockReturnValue(0.5);
    const error = await customers.retrieve('x').catch((reason: unknown) => reason);
    return { error, delay: seen.retries[0]?.delay };
  }
  const JITTER = 250;

  const formatAsctime = (date: Date) => {
    const [weekday, day, month, year, time] = date.toUTCString().split(/,? /);
    return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
  };

  test.each([
    ['0', 0],
    ['1', 1_000],
    ['60', 60_000],
  ])('%s is the wait', async (value, delay) => {
    expect(await measureWait(value)).toMatchObject({ delay });
  });

  // The three forms of a date in RFC 9110, 5.6.7.
  test.each<[string, (date: Date) => string]>([
    ['IMF-fixdate', (date) => date.toUTCString()],
    [
      'RFC 850',
      (date) => {
        const [, day, month, year, time] = date.toUTCString().split(' ');
        const weekday = date.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' });
        return `${weekday}, ${day}-${month}-${year?.slice(2)} ${time} GMT`;
      },
    ],
    ['asctime', (date) => formatAsctime(date)],
    ['asctime with a leading zero', (date) => formatAsctime(date).replace('  ', ' 0')],
  ])('can be a date in the form of %s', async (_, format) => {
    // The sixth is a day with one digit.
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 6, 8, 49, 37), toFake: ['Date'] });
    const { delay } = await measureWait(format(new Date(Date.now() + 40_000)));
    vi.useRealTimers();

    expect(delay).toBe(40_000);
  });

  test.each([
    '-1',
    '1.5',
    'soon',
    'try 3000',
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'Xyz, 99 Foo 2026 99:99:99 GMT',
    'Fri, 31-Feb-96 08:49:37 GMT',
    'Sun, 06 Nov 2093 25:00:00 GMT',
    '2093-11-06T08:49:37Z',
    '',
  ])('%j is ignored: the wait is random', async (value) => {
    expect(await measureWait(value)).toMatchObject({ delay: JITTER });
  });

  test.each(['61', '86400', new Date(Date.now() + 3_600_000).toUTCString()])(
    '%s is more than a minute: the call fails at once',
    async (value) => {
      const { error, delay } = await measureWait(value);

      expect(delay).toBeUndefined();
      expect(error).toMatchObject({ code: 'unavailable', status: 503, retryAfter: expect.any(Number) });
      expect((error as { retryAfter: number }).retryAfter).toBeGreaterThan(60);
    },
  );
});

test('a retry reuses the connection, because the bodies of error responses are read', async () => {
  const { customers, seen } = await createClientForResponses([status(503), status(500), ok]);
  await customers.retrieve('x');

  expect(seen).toMatchObject({ requests: 3, connections: 1 });
});

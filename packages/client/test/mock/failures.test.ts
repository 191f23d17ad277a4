import { type Answer, DEFAULT_TOKEN } from '@firstofficer/mock';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ClientOptions, createClient, type Retry } from '../../src/index.ts';
import { retrieveMany } from '../../src/retrieve-many.ts';
import { fetch as undiciFetch } from '../../src/undici.ts';
import { runCommand } from '../cli/run.ts';
import { catchError, getCustomer } from '../support.ts';
import { examples, findMessage, isOlder, served, startTestMock, validateServed } from './served.ts';

const [{ customer: CUSTOMER, body: PAYING } = { customer: '', body: {} }] = examples;
const [OTHER = { customer: '', body: {} }] = examples.filter(({ body }) => body.id !== PAYING.id);

// The matrix runs this file with another global fetch, which is only for the client.
const { fetch: nativeFetch } = globalThis;

const mock = await startTestMock();
afterAll(() => mock.close());

// Math.random returns 0, so that retries without Retry-After do not wait either.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => {
  vi.restoreAllMocks();
  mock.reset();
});

/** Creates a client of the mock that records its retries. */
function createTestClient(options: Partial<ClientOptions> = {}) {
  const retries: Retry[] = [];
  const onRetry = (retry: Retry) => void retries.push(retry);
  return { retries, ...createClient({ token: DEFAULT_TOKEN, baseUrl: mock.url, onRetry, ...options }) };
}

/** How a test asks the mock for an answer. */
type Way = 'header' | 'scenario';
const WAYS: readonly Way[] = ['header', 'scenario'];

/** Returns the header that asks for an answer, or adds the scenario that gives it. */
function request(way: Way, preference: string, answer: Answer | readonly Answer[], times?: number) {
  if (way === 'header') return { Prefer: preference };
  mock.use({ operation: 'retrieveCustomer', answer, ...(times !== undefined && { times }) });
  return {};
}

/**
 * Lets the first attempts of a client time out when the mock has received them, whatever the time. Returns an option of
 * the client that marks the timers of its attempts.
 */
function expireAttempts(count: number): { readonly timeout: number } {
  const timeout = 123_456;
  const { setTimeout } = globalThis;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((expire: () => void, delay?: number, ...args: []) => {
    const before = mock.requests().length;
    if (delay !== timeout || before >= count) return setTimeout(expire, delay, ...args);
    return setInterval(() => mock.requests().length > before && expire(...args), 1);
  }) as typeof setTimeout);
  return { timeout };
}

interface Failure {
  readonly name: string;
  readonly preference: string;
  readonly answer: Answer;
  readonly error: { readonly code: string; readonly attempts: number; readonly [member: string]: unknown };
}

const FAILURES: readonly Failure[] = [
  {
    name: '400',
    preference: 'code=400',
    answer: { code: 400 },
    error: { code: 'invalid_request', status: 400, type: 'invalid_request_error', param: 'customer', attempts: 1 },
  },
  {
    name: '401',
    preference: 'code=401',
    answer: { code: 401 },
    error: { code: 'unauthorized', status: 401, type: 'invalid_request_error', attempts: 1 },
  },
  {
    name: '404',
    preference: 'code=404',
    answer: { code: 404 },
    error: { code: 'not_found', status: 404, type: 'invalid_request_error', message: findMessage(404), attempts: 1 },
  },
  {
    name: '429',
    preference: 'code=429, retry-after=0',
    answer: { code: 429, retryAfter: 0 },
    error: { code: 'rate_limited', status: 429, retryAfter: 0, type: 'invalid_request_error', attempts: 3 },
  },
  {
    name: '429 with a long wait',
    preference: 'code=429, retry-after=3600',
    answer: { code: 429, retryAfter: 3600 },
    error: { code: 'rate_limited', status: 429, retryAfter: 3600, type: 'invalid_request_error', attempts: 1 },
  },
  {
    name: '503',
    preference: 'code=503, retry-after=0',
    answer: { code: 503, retryAfter: 0 },
    error: { code: 'unavailable', status: 503, retryAfter: 0, type: 'api_error', attempts: 3 },
  },
  {
    name: '500, which the API does not document',
    preference: 'code=500',
    answer: { code: 500 },
    error: { code: 'http', status: 500, attempts: 3 },
  },
  {
    name: '502 with Retry-After',
    preference: 'code=502, retry-after=0',
    answer: { code: 502, retryAfter: 0 },
    error: { code: 'http', status: 502, retryAfter: 0, attempts: 3 },
  },
  {
    name: '408',
    preference: 'code=408',
    answer: { code: 408 },
    error: { code: 'http', status: 408, attempts: 3 },
  },
  {
    name: '418',
    preference: 'code=418',
    answer: { code: 418 },
    error: { code: 'http', status: 418, attempts: 1 },
  },
  {
    name: 'a redirect',
    preference: 'code=302',
    answer: { code: 302, headers: { Location: '/elsewhere' } },
    error: { code: 'http', status: 302, attempts: 1 },
  },
  {
    name: '304 without If-None-Match',
    preference: 'code=304',
    answer: { code: 304 },
    error: { code: 'http', status: 304, attempts: 1 },
  },
  {
    name: 'a success without a customer',
    preference: 'code=204',
    answer: { code: 204 },
    error: { code: 'invalid_response', attempts: 1 },
  },
  {
    name: 'a connection that is closed before the response',
    preference: 'drop=headers',
    answer: { drop: 'headers' },
    error: { code: 'network', attempts: 3 },
  },
  {
    name: 'a connection that is closed in the body',
    preference: 'drop=body',
    answer: { drop: 'body' },
    error: { code: 'network', attempts: 3 },
  },
  {
    name: 'an error response that is cut',
    preference: 'code=503, drop=body',
    answer: { code: 503, drop: 'body' },
    error: { code: 'network', attempts: 3 },
  },
];

/** The failures, without the statuses that an older release does not document yet. */
const TRIGGERABLE = FAILURES.filter(({ error }) => !isOlder || !error.type || String(error.status) in served.responses);

describe.each(WAYS)('failures by %s', (way) => {
  test.each(TRIGGERABLE)('$name', async ({ preference, answer, error }) => {
    const { customers, retries } = createTestClient({ headers: request(way, preference, answer) });

    expect(await catchError(customers.retrieve(CUSTOMER))).toMatchObject(error);
    const { attempts, ...last } = error;
    expect(retries).toMatchObject(
      Array.from({ length: attempts - 1 }, (_, index) => ({ attempt: index + 1, delay: 0, error: last })),
    );
    const requests = mock.requests({ operation: 'retrieveCustomer', parameters: { customer: CUSTOMER } });
    expect(requests).toHaveLength(attempts);
    for (const { isScenario } of requests) expect(isScenario).toBe(way === 'scenario');
  });

  test.each(TRIGGERABLE.filter(({ error }) => error.attempts > 1))('$name once, then a customer', async (failure) => {
    const headers = request(way, `fail=1, ${failure.preference}`, failure.answer, 1);
    const { customers, retries } = createTestClient({ headers });

    expect(await customers.retrieve(CUSTOMER)).toMatchObject(PAYING);
    expect(retries).toMatchObject([{ attempt: 1, error: { code: failure.error.code } }]);
    expect(mock.requests()).toHaveLength(2);
    expect(mock.requests().at(-1)).toMatchObject({ status: 200 });
  });

  test.each([
    ['the global fetch', {}],
    ['undici', { fetch: undiciFetch }],
  ])('a cut connection, with %s', async (_, options) => {
    for (const drop of ['headers', 'body'] as const) {
      const headers = request(way, `drop=${drop}`, { drop });
      const { customers } = createTestClient({ headers, maxRetries: 1, ...options });

      expect(await catchError(customers.retrieve(CUSTOMER))).toMatchObject({ code: 'network', attempts: 2 });
      expect(mock.requests()).toMatchObject([{ dropped: drop }, { dropped: drop }]);
      mock.reset();
    }
  });

  test('a slow response times out, and all attempts were received', async () => {
    const headers = request(way, 'delay=600000', { delay: 600_000 });
    const { customers, retries } = createTestClient({ headers, ...expireAttempts(3) });

    expect(await catchError(customers.retrieve(CUSTOMER))).toMatchObject({ code: 'timeout', attempts: 3 });
    expect(retries).toMatchObject([{ error: { code: 'timeout' } }, { error: { code: 'timeout' } }]);
    expect(mock.requests()).toHaveLength(3);
    for (const { status } of mock.requests()) expect(status).toBeUndefined();
  });

  test('a slow response once, then a customer', async () => {
    const headers = request(way, 'fail=1, delay=600000', { delay: 600_000 }, 1);
    const { customers, retries } = createTestClient({ headers, ...expireAttempts(1) });

    expect(await customers.retrieve(CUSTOMER)).toMatchObject(PAYING);
    expect(retries).toMatchObject([{ attempt: 1, error: { code: 'timeout' } }]);
  });

  test('a delay within the timeout is a success', async () => {
    const { customers } = createTestClient({ headers: request(way, 'delay=5', { delay: 5 }) });

    expect(await customers.retrieve(CUSTOMER)).toMatchObject(PAYING);
  });

  test('a call is aborted while the mock waits', async () => {
    const controller = new AbortController();
    const { customers } = createTestClient({ headers: request(way, 'delay=600000', { delay: 600_000 }) });
    const call = catchError(customers.retrieve(CUSTOMER, { signal: controller.signal }));
    await vi.waitUntil(() => mock.requests().length === 1, { interval: 1, timeout: 30_000 });
    controller.abort();

    expect(await call).toMatchObject({ code: 'aborted', attempts: 1 });
  });

  test('api resolves with a documented error, and with neither data nor error for a 304', async () => {
    const { api } = createTestClient({ maxRetries: 0 });
    const limited = await getCustomer(api, CUSTOMER, { headers: request(way, 'code=429', { code: 429 }) });
    expect(limited.error).toMatchObject({ error: { type: 'invalid_request_error' } });
    expect(limited.response.headers.get('Retry-After')).toBe('1');

    const unchanged = await getCustomer(api, CUSTOMER, { headers: request(way, 'code=304', { code: 304 }) });
    expect([unchanged.response.status, unchanged.data, unchanged.error]).toEqual([304, undefined, undefined]);
  });

  test('random data passes the validation of the client, and a seed repeats it', async () => {
    const { customers } = createTestClient({ validate: validateServed });
    const retrieve = (seed: string) =>
      customers.retrieve(CUSTOMER, {
        headers: request(way, `dynamic=true, seed=${seed}`, { dynamic: true, seed }),
      });
    const [first, other, again] = [await retrieve('one'), await retrieve('two'), await retrieve('one')];

    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('if the key is rejected, the client asks for another one', async () => {
    const token = vi.fn(({ isRejected }: { isRejected: boolean }) => (isRejected ? 'another-key' : DEFAULT_TOKEN));
    const headers = request(way, 'fail=1, code=401', { code: 401 }, 1);
    const { customers } = createTestClient({ token, headers });

    // The mock accepts one key only, so it rejects the other one.
    expect(await catchError(customers.retrieve(CUSTOMER))).toMatchObject({ code: 'unauthorized', attempts: 2 });
    expect(token.mock.calls).toEqual([[{ isRejected: false }], [{ isRejected: true }]]);
    expect(mock.requests()).toMatchObject([{ status: 401 }, { status: 401 }]);
  });
});

describe('failures in sequence', () => {
  test('a limit, then a cut connection, then a customer', async () => {
    mock.use({
      parameters: { customer: CUSTOMER },
      answer: [{ code: 429, retryAfter: 0 }, { drop: 'body' }],
      times: 1,
    });
    const { customers, retries } = createTestClient();

    expect(await customers.retrieve(CUSTOMER)).toMatchObject(PAYING);
    expect(retries.map(({ error }) => error.code)).toEqual(['rate_limited', 'network']);
    expect(mock.requests()).toMatchObject([{ status: 429 }, { dropped: 'body' }, { status: 200 }]);
  });

  test('fail starts again after a success', async () => {
    const { customers, retries } = createTestClient({ headers: { Prefer: 'fail=2, retry-after=0' } });
    for (const count of [2, 4]) {
      expect(await customers.retrieve(CUSTOMER)).toMatchObject(PAYING);
      expect(retries).toHaveLength(count);
    }
    expect(mock.requests().map(({ status }) => status)).toEqual([503, 503, 200, 503, 503, 200]);
  });

  test('one more failure than retries ends the call with the last error', async () => {
    const { customers } = createTestClient({ headers: { Prefer: 'fail=3, code=503, retry-after=0' } });

    expect(await catchError(customers.retrieve(CUSTOMER))).toMatchObject({ code: 'unavailable', attempts: 3 });
    expect(await customers.retrieve(CUSTOMER)).toMatchObject(PAYING);
  });

  test('a share of the requests fails, the same one after a reset', async () => {
    const count = async () => {
      mock.use({ answer: { code: 503, retryAfter: 0 }, rate: 0.5, seed: 'seed of this test' });
      const { customers, retries } = createTestClient({ maxRetries: 20 });
      for (let call = 0; call < 20; call++) expect(await customers.retrieve(CUSTOMER)).toMatchObject(PAYING);
      return retries.length;
    };
    const retries = await count();
    mock.reset();

    expect(retries).toBeGreaterThan(0);
    expect(await count()).toBe(retries);
  });
});

describe('failures that only a scenario causes', () => {
  test.each<[string, Answer, Partial<ClientOptions>, object]>([
    [
      'the error page of a proxy',
      { code: 502, headers: { 'Content-Type': 'text/html' }, body: '<h1>Bad Gateway</h1>' },
      {},
      { code: 'http', status: 502, attempts: 3, message: expect.stringContaining('Body: <h1>Bad Gateway</h1>') },
    ],
    ['a success that is not JSON', { body: '{"object":' }, {}, { code: 'invalid_response', attempts: 1 }],
    ['a success that is not a customer', { body: { object: 'invoice' } }, {}, { code: 'invalid_response' }],
    [
      'a success with an invalid member',
      { body: { ...PAYING, current_mrr: '699.00' } },
      { validate: validateServed },
      { code: 'invalid_response', message: expect.stringContaining('/current_mrr must be integer') },
    ],
    [
      'a large body',
      { body: { ...PAYING, extra_id: 'x'.repeat(2_000) } },
      { maxResponseBytes: 1_000 },
      { code: 'response_too_large', attempts: 1 },
    ],
    [
      'Retry-After as a date',
      { code: 503, headers: { 'Retry-After': 'Fri, 31 Dec 9999 23:59:59 GMT' } },
      {},
      { code: 'unavailable', retryAfter: expect.any(Number), attempts: 1 },
    ],
    [
      '503 without Retry-After',
      { code: 503, headers: { 'Retry-After': null } },
      {},
      { code: 'unavailable', attempts: 3 },
    ],
  ])('%s', async (_, answer, options, error) => {
    mock.use({ operation: 'retrieveCustomer', answer });
    const { customers } = createTestClient(options);

    expect(await catchError(customers.retrieve(CUSTOMER))).toMatchObject(error);
  });
});

test('a key that is no longer valid is replaced by a new one', async () => {
  const { customers } = createTestClient({ token: ({ isRejected }) => (isRejected ? DEFAULT_TOKEN : 'old-key') });

  expect(await customers.retrieve(CUSTOMER)).toMatchObject(PAYING);
  expect(mock.requests().map(({ status }) => status)).toEqual([401, 200]);
  expect(JSON.stringify(mock.requests())).not.toMatch(RegExp(`old-key|${DEFAULT_TOKEN}`));
});

test('retrieveMany retries the customer that fails, and the others are retrieved once', async () => {
  mock.use({ parameters: { customer: CUSTOMER }, answer: { code: 429, retryAfter: 0 }, times: 2 });
  const { retries, ...client } = createTestClient();
  const results: unknown[] = [];
  for await (const { customer, error } of retrieveMany(client, [CUSTOMER, OTHER.customer, 'nobody'])) {
    results.push(error ? error.code : customer.current_mrr);
  }

  expect(results).toEqual([PAYING.current_mrr, OTHER.body.current_mrr, 'not_found']);
  expect(mock.requests({ parameters: { customer: CUSTOMER } })).toHaveLength(3);
  expect(mock.requests({ parameters: { customer: OTHER.customer } })).toHaveLength(1);
  expect(mock.requests({ status: 429 })).toHaveLength(2);
  expect(retries).toHaveLength(2);
});

test('a program in another process adds a scenario and reads the requests over HTTP', async () => {
  const scenario = { parameters: { customer: CUSTOMER }, answer: { code: 503, retryAfter: 0 }, times: 1 };
  const headers = { 'Content-Type': 'application/json' };
  const added = await nativeFetch(`${mock.url}/__mock/scenarios`, {
    method: 'POST',
    headers,
    body: JSON.stringify(scenario),
  });
  expect(added.status).toBe(204);
  const { customers, retries } = createTestClient();

  expect(await customers.retrieve(CUSTOMER)).toMatchObject(PAYING);
  expect(retries).toMatchObject([{ delay: 0, error: { code: 'unavailable' } }]);
  const received = await nativeFetch(`${mock.url}/__mock/requests?operation=retrieveCustomer`);
  expect(await received.json()).toMatchObject([
    { status: 503, isScenario: true },
    { status: 200, isScenario: false },
  ]);
});

test('the command of the client, which cannot set headers, ends with the exit code of the failure', async () => {
  mock.use({ operation: 'retrieveCustomer', answer: { code: 429, retryAfter: 0 } });
  const { code, stderr } = await runCommand(['customers', 'retrieve', CUSTOMER], { url: mock.url });

  expect(code, stderr).toBe(5);
  expect(mock.requests()).toHaveLength(3);
});

test('a customer of your own is found by each of its identifiers', async () => {
  const own = { id: 7, stripe_id: 'cus_Own', extra_id: 'workspace-7', email: 'own@example.com' };
  const metrics = { total_contract_value: 1000, current_mrr: 500, current_subscription_count: 1, currency: 'eur' };
  await using mockOfOwn = await startTestMock({ examples: [{ ...PAYING, ...own, ...metrics }] });
  const { customers } = createTestClient({ baseUrl: mockOfOwn.url, validate: validateServed });

  for (const identifier of Object.values(own)) {
    expect(await customers.retrieve(String(identifier))).toMatchObject({ object: 'customer', id: 7, ...metrics });
  }
  expect(await customers.retrieve(CUSTOMER)).toMatchObject(PAYING);
  expect(await catchError(customers.retrieve('nobody'))).toMatchObject({ code: 'not_found' });
});

test('after a reset the mock answers normally and has received nothing', async () => {
  mock.use({ answer: { code: 503, retryAfter: 0 } });
  const { customers } = createTestClient({ maxRetries: 0 });
  await catchError(customers.retrieve(CUSTOMER));
  mock.reset();

  expect(mock.requests()).toEqual([]);
  expect(await customers.retrieve(CUSTOMER)).toMatchObject(PAYING);
});

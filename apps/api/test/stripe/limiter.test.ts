import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLimiter, LIMITS } from '../../src/stripe/client/limiter.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Starts requests that take no time, and returns when each was sent, in milliseconds. */
function sendMany(limiter: ReturnType<typeof createLimiter>, count: number, endpoint = '/v1/invoices'): number[] {
  const start = performance.now();
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    void limiter.acquire(endpoint).then((release) => {
      times.push(performance.now() - start);
      release();
    });
  }
  return times;
}

/** Returns the largest number of requests within one second. */
function findBusiestSecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
}

test('an endpoint gets at most 24 requests in any second, and 20 on average', async () => {
  const times = sendMany(createLimiter(LIMITS.live), 204);
  await vi.advanceTimersByTimeAsync(10_050);
  expect(times).toHaveLength(204);
  expect(findBusiestSecond(times)).toBeLessThanOrEqual(24);
  expect(times.at(-1)).toBeGreaterThan(9_900);
});

test('all endpoints together stay below the limit of the mode', async () => {
  for (const [limits, most] of [
    [LIMITS.live, 96],
    [LIMITS.test, 24],
  ] as const) {
    const limiter = createLimiter(limits);
    const times = ['a', 'b', 'c', 'd', 'e', 'f'].map((endpoint) => sendMany(limiter, 60, endpoint));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(times.flat()).toHaveLength(360);
    expect(findBusiestSecond(times.flat())).toBeLessThanOrEqual(most);
  }
});

test('an endpoint that must wait does not block another one', async () => {
  const limiter = createLimiter(LIMITS.live);
  const busy = sendMany(limiter, 40, '/v1/invoices');
  const other = sendMany(limiter, 1, '/v1/charges');
  await vi.advanceTimersByTimeAsync(0);
  expect(busy).toHaveLength(4);
  expect(other).toHaveLength(1);
});

test('only a number of requests run at the same time', async () => {
  const limiter = createLimiter({ perSecond: 1_000, perEndpoint: 1_000, concurrency: 3 });
  const releases: (() => void)[] = [];
  for (let index = 0; index < 5; index += 1) {
    void limiter.acquire('/v1/invoices').then((release) => releases.push(release));
  }
  await vi.advanceTimersByTimeAsync(60_000);
  expect(releases).toHaveLength(3);
  releases[0]?.();
  releases[0]?.(); // The second call has no effect.
  await vi.advanceTimersByTimeAsync(0);
  expect(releases).toHaveLength(4);
});

test('a 429 halves the rate once per burst, and the rate recovers by a tenth every 10 seconds', async () => {
  const limiter = createLimiter(LIMITS.live);
  const excess = { endpoint: '/v1/invoices', scope: 'endpoint', sentAt: performance.now(), waitMs: 2_000 } as const;
  await vi.advanceTimersByTimeAsync(10);
  limiter.slowDown(excess);
  limiter.slowDown(excess); // Another request of the same burst.
  const times = sendMany(limiter, 600);
  await vi.advanceTimersByTimeAsync(120_000);
  const countIn = (from: number, to: number) => times.filter((at) => at >= from && at < to).length;
  expect(countIn(0, 2_000)).toBe(0);
  // 10 per second, and 20 seconds later 12.1 per second. Timers are exact to a millisecond, so one request may differ.
  expect(Math.abs(countIn(2_000, 10_000) - 80)).toBeLessThanOrEqual(1);
  expect(Math.abs(countIn(20_000, 30_000) - 121)).toBeLessThanOrEqual(1);
  expect(times).toHaveLength(600);
});

test('a 429 slows down what it names', async () => {
  const waitMs = 1_000;
  for (const [scope, invoices, charges] of [
    ['endpoint', 0, 1],
    ['total', 0, 0],
    ['unknown', 0, 0],
  ] as const) {
    const limiter = createLimiter(LIMITS.live);
    limiter.slowDown({ endpoint: '/v1/invoices', scope, sentAt: performance.now(), waitMs });
    const times = { invoices: sendMany(limiter, 1), charges: sendMany(limiter, 1, '/v1/charges') };
    await vi.advanceTimersByTimeAsync(waitMs - 1);
    expect([times.invoices.length, times.charges.length]).toEqual([invoices, charges]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([times.invoices.length, times.charges.length]).toEqual([1, 1]);
  }
});

test('a request that is cancelled leaves the queue', async () => {
  const limiter = createLimiter({ perSecond: 1, perEndpoint: 1, concurrency: 1 });
  const release = await limiter.acquire('/v1/invoices');
  const controller = new AbortController();
  const waiting = limiter.acquire('/v1/invoices', controller.signal);
  const next = limiter.acquire('/v1/invoices');
  controller.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  await expect(limiter.acquire('/v1/invoices', controller.signal)).rejects.toThrow('stopped');
  release();
  await vi.advanceTimersByTimeAsync(1_000);
  (await next)();
});

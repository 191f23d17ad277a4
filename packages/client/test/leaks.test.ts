import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { localServer } from './local-server.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

async function heapUsed(): Promise<number> {
  // What finalizers free is free only after a turn of the event loop.
  await new Promise(setImmediate);
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Bytes per call, by least squares. */
function slope(points: readonly { readonly calls: number; readonly bytes: number }[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const calls = mean(points.map((point) => point.calls));
  const bytes = mean(points.map((point) => point.bytes));
  const covariance = points.map((point) => (point.calls - calls) * (point.bytes - bytes));
  return mean(covariance) / mean(points.map((point) => (point.calls - calls) ** 2));
}

// A listener, a timer or a promise that stays is worth 100 bytes and more.
const GROWTH = 8;

test('200,000 calls with one signal leave no listener, no timer and no growth', async () => {
  const { signal } = new AbortController();
  const fetch = async () => new Response('{"object":"customer"}');
  const { customers } = createClient({ token: 'key', fetch });
  const before = timers();

  const points = [];
  for (let calls = 0; calls <= 200_000; calls += 20_000) {
    // The first round warms up: what it compiles and caches stays.
    for (let call = 0; call < 20_000; call++) await customers.retrieve('cus_1234ABCD', { signal });
    points.push({ calls, bytes: await heapUsed() });
  }

  expect(getEventListeners(signal, 'abort')).toEqual([]);
  expect(timers()).toBeLessThanOrEqual(before);
  expect(slope(points)).toBeLessThan(GROWTH);
});

test('nor do calls that go over the network, succeed, fail and are sent again', async () => {
  const { signal } = new AbortController();
  const baseUrl = await localServer(({ url = '' }, response) => {
    if (url.endsWith('/200')) response.end('{"object":"customer"}');
    else response.writeHead(503, { 'Retry-After': '0' }).end('{"error":{"message":"Not now."}}');
  });
  const { customers } = createClient({ token: 'key', baseUrl, maxRetries: 1 });
  const before = timers();

  for (let call = 0; call < 1_000; call++) {
    await Promise.allSettled([customers.retrieve('200', { signal }), customers.retrieve('503', { signal })]);
  }

  expect(getEventListeners(signal, 'abort')).toEqual([]);
  // The platform's own: keep-alive.
  expect(timers() - before).toBeLessThanOrEqual(1);
});

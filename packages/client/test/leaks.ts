import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';
import { createClient } from '../src/index.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Counts the timers that keep this process alive. */
export const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

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

/** Expects that calls which share a signal leave no listener and no timer behind, and that the heap does not grow. */
export async function expectNoLeaks(calls: number): Promise<void> {
  const { signal } = new AbortController();
  const fetch = async () => new Response('{"object":"customer"}');
  const { customers } = createClient({ token: 'key', fetch });
  const before = timers();

  const rounds = 10;
  const points = [];
  for (let round = 0; round <= rounds; round += 1) {
    // The first round warms up: what it compiles and caches stays.
    for (let call = 0; call < calls / rounds; call++) await customers.retrieve('cus_1234ABCD', { signal });
    points.push({ calls: (round * calls) / rounds, bytes: await heapUsed() });
  }

  expect(getEventListeners(signal, 'abort')).toEqual([]);
  expect(timers()).toBeLessThanOrEqual(before);
  expect(slope(points)).toBeLessThan(GROWTH);
}

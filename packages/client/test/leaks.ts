import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';
import { createClient } from '../src/index.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Counts the timers that keep this process alive. */
export const countTimers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

async function heapUsed(): Promise<number> {
  // Finalizers run after a turn of the event loop.
  await new Promise(setImmediate);
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Returns the heap growth in bytes per call, by least squares. */
function computeGrowth(points: readonly { readonly calls: number; readonly bytes: number }[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const calls = mean(points.map((point) => point.calls));
  const bytes = mean(points.map((point) => point.bytes));
  const covariance = points.map((point) => (point.calls - calls) * (point.bytes - bytes));
  return mean(covariance) / mean(points.map((point) => (point.calls - calls) ** 2));
}

// A leaked listener, timer or promise takes at least 100 bytes.
const MAX_BYTES_PER_CALL = 8;

/** Expects that calls with one signal leave no listener and no timer, and that the heap does not grow. */
export async function expectNoLeaks(calls: number): Promise<void> {
  const { signal } = new AbortController();
  const fetch = async () => new Response('{"object":"customer"}');
  const { customers } = createClient({ token: 'key', fetch });
  const before = countTimers();

  const rounds = 10;
  const points = [];
  for (let round = 0; round <= rounds; round += 1) {
    // The first round warms up: compiled code and caches stay in memory.
    for (let call = 0; call < calls / rounds; call++) await customers.retrieve('cus_1234ABCD', { signal });
    points.push({ calls: (round * calls) / rounds, bytes: await heapUsed() });
  }

  expect(getEventListeners(signal, 'abort')).toEqual([]);
  expect(countTimers()).toBeLessThanOrEqual(before);
  expect(computeGrowth(points)).toBeLessThan(MAX_BYTES_PER_CALL);
}

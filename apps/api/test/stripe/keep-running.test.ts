import { expect, test } from 'vitest';
import { keepRunning } from '../../src/stripe/thread/keep-running.ts';

/** Runs a task by a clock of its own until it has ended a number of times. Returns the waits in seconds. */
async function measureWaits(durations: readonly number[]): Promise<number[]> {
  const stopping = new AbortController();
  const waits: number[] = [];
  let now = 0;
  await keepRunning(
    async () => {
      now += durations[waits.length] ?? 0;
      throw new Error('fault');
    },
    {
      signal: stopping.signal,
      onEnd(error, waitMs) {
        expect(error).toEqual(new Error('fault'));
        waits.push(waitMs / 1_000);
      },
      wait: async (ms) => {
        now += ms;
        if (waits.length === durations.length) stopping.abort();
      },
      now: () => now,
    },
  );
  return waits;
}

test('a task that fails again and again waits twice as long each time, up to five minutes', async () => {
  expect(await measureWaits(Array(11).fill(0))).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
});

test('a task that ran for a minute begins with a short wait again', async () => {
  expect(await measureWaits([0, 0, 0, 60_000, 59_999])).toEqual([1, 2, 4, 1, 2]);
});

test('a task that ends because of the signal does not run again', async () => {
  const stopping = new AbortController();
  let runs = 0;
  await keepRunning(
    async () => {
      runs += 1;
      stopping.abort();
    },
    { signal: stopping.signal, onEnd: () => expect.fail() },
  );
  expect(runs).toBe(1);
});

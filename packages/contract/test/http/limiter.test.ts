import { afterEach, describe, expect, test, vi } from 'vitest';
import { createLimiter } from '../../src/http/limiter.ts';

describe('a limit of concurrent tasks', () => {
  /** Creates tasks that end on request, and records which have started. */
  function createTasks() {
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const task = (number: number) => () => {
      started.push(number);
      return new Promise<number>((resolve) => ends.push(() => resolve(number)));
    };
    return { started, ends, task };
  }

  /** Waits until all pending microtasks have run. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  test('is never exceeded, and tasks start in order', async () => {
    const limiter = createLimiter(2, undefined);
    const { started, ends, task } = createTasks();
    const all = [1, 2, 3, 4].map((number) => limiter.run(task(number)));

    await settle();
    expect(started).toEqual([1, 2]);
    ends[1]?.();
    await settle();
    expect(started).toEqual([1, 2, 3]);
    ends[0]?.();
    ends[2]?.();
    await settle();
    ends[3]?.();
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4]);
  });

  test('starts the next task after one fails', async () => {
    const limiter = createLimiter(1, undefined);
    const failing = limiter.run(() => Promise.reject(new Error('no')));
    const next = limiter.run(async () => 'next');

    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('next');
  });

  test('is the same after all tasks have ended', async () => {
    const limiter = createLimiter(2, undefined);
    await Promise.all([1, 2, 3].map(() => limiter.run(async () => {})));
    const { started, task } = createTasks();
    for (const number of [1, 2, 3]) void limiter.run(task(number));

    await settle();
    expect(started).toEqual([1, 2]);
  });
});

describe('a limit of tasks per second', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Runs tasks and returns the times in milliseconds at which they start. */
  async function startTimes(limiter: ReturnType<typeof createLimiter>, count: number): Promise<number[]> {
    const times: number[] = [];
    const start = performance.now();
    const run = () => limiter.run(async () => void times.push(performance.now() - start));
    const all = Promise.all(Array.from({ length: count }, run));
    await vi.runAllTimersAsync();
    await all;
    return times;
  }

  test('delays each task after the one before', async () => {
    vi.useFakeTimers();

    expect(await startTimes(createLimiter(10, 4), 3)).toEqual([0, 250, 500]);
  });

  test('allows no extra tasks after idle time', async () => {
    vi.useFakeTimers();
    const limiter = createLimiter(10, 4);
    await limiter.run(async () => {});
    await vi.advanceTimersByTimeAsync(10_000);

    expect(await startTimes(limiter, 2)).toEqual([0, 250]);
  });
});

test('a pause delays the tasks that follow, and ends with its signal', async () => {
  const waits: number[] = [];
  const clock = { now: () => waits.reduce((sum, ms) => sum + ms, 0), wait: async (ms: number) => void waits.push(ms) };
  const closing = new AbortController();
  const limiter = createLimiter(2, undefined, { clock, signal: closing.signal });
  limiter.pause(2000);
  limiter.pause(500);

  expect(await limiter.run(async () => clock.now())).toBe(2000);
  limiter.pause(1000);
  closing.abort();
  expect(await limiter.run(async () => clock.now())).toBe(2000);
});

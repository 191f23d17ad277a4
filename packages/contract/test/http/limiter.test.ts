import { afterEach, describe, expect, test, vi } from 'vitest';
import { createLimiter } from '../../src/http/limiter.ts';

describe('concurrent tasks', () => {
  /** Creates tasks that end on request, and counts how many have started. */
  function workload() {
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const work = (number: number) => () => {
      begun.push(number);
      return new Promise<number>((resolve) => ends.push(() => resolve(number)));
    };
    return { begun, ends, work };
  }

  /** Waits until all pending microtasks have run. */
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  test('never exceed the limit and start in order', async () => {
    const limiter = createLimiter(2, undefined);
    const { begun, ends, work } = workload();
    const all = [1, 2, 3, 4].map((number) => limiter.run(work(number)));

    await settled();
    expect(begun).toEqual([1, 2]);
    ends[1]?.();
    await settled();
    expect(begun).toEqual([1, 2, 3]);
    ends[0]?.();
    ends[2]?.();
    await settled();
    ends[3]?.();
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4]);
  });

  test('make room for the next task also when they fail', async () => {
    const limiter = createLimiter(1, undefined);
    const failing = limiter.run(() => Promise.reject(new Error('no')));
    const next = limiter.run(async () => 'next');

    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('next');
  });

  test('can start again after all have finished', async () => {
    const limiter = createLimiter(2, undefined);
    await Promise.all([1, 2, 3].map(() => limiter.run(async () => {})));
    const { begun, work } = workload();
    for (const number of [1, 2, 3]) void limiter.run(work(number));

    await settled();
    expect(begun).toEqual([1, 2]);
  });
});

describe('tasks per second', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('start at equal intervals', async () => {
    vi.useFakeTimers();
    const limiter = createLimiter(10, 4);
    const begun: number[] = [];
    const start = performance.now();
    const all = Promise.all([1, 2, 3].map(() => limiter.run(async () => void begun.push(performance.now() - start))));
    await vi.runAllTimersAsync();
    await all;

    expect(begun).toEqual([0, 250, 500]);
  });

  test('do not start faster after a pause', async () => {
    vi.useFakeTimers();
    const limiter = createLimiter(10, 4);
    await limiter.run(async () => {});
    await vi.advanceTimersByTimeAsync(10_000);
    const begun: number[] = [];
    const start = performance.now();
    const all = Promise.all([1, 2].map(() => limiter.run(async () => void begun.push(performance.now() - start))));
    await vi.runAllTimersAsync();
    await all;

    expect(begun).toEqual([0, 250]);
  });
});

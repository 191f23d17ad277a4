import { type Clock, SYSTEM_CLOCK } from './clock.ts';

/** Limits how many tasks run at the same time and how many start per second. */
export interface Limiter {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Starts no task for this long. */
  pause(ms: number): void;
}

/** How a limiter waits. */
interface Waiting {
  readonly clock?: Clock;
  /** Ends all waiting. */
  readonly signal?: AbortSignal;
}

/**
 * Creates a limiter.
 *
 * @param perSecond - How many tasks may start per second. Undefined means no limit.
 */
export function createLimiter(
  atOnce: number,
  perSecond: number | undefined,
  { clock = SYSTEM_CLOCK, signal }: Waiting = {},
): Limiter {
  const waiting: (() => void)[] = [];
  let running = 0;
  let nextStart = 0;
  let pausedUntil = 0;

  async function pace(): Promise<void> {
    while (pausedUntil > clock.now() && !signal?.aborted) await clock.wait(pausedUntil - clock.now(), signal);
    if (perSecond === undefined) return;
    const now = clock.now();
    const start = Math.max(now, nextStart);
    nextStart = start + 1000 / perSecond;
    if (start > now) await clock.wait(start - now, signal);
  }

  return {
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, clock.now() + ms);
    },
    async run(work) {
      if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
      else running += 1;
      try {
        await pace();
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}

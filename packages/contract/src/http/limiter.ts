/** Limits how many tasks run at the same time and how many start per second. */
export interface Limiter {
  run<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Creates a limiter.
 *
 * @param perSecond - How many tasks may start per second. Undefined means no limit.
 */
export function createLimiter(atOnce: number, perSecond: number | undefined): Limiter {
  const waiting: (() => void)[] = [];
  let running = 0;
  let nextStart = 0;

  async function pace(): Promise<void> {
    if (perSecond === undefined) return;
    const now = performance.now();
    const start = Math.max(now, nextStart);
    nextStart = start + 1000 / perSecond;
    if (start > now) await new Promise((resolve) => setTimeout(resolve, start - now));
  }

  return {
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

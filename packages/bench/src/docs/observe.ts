import type { BrowserContext, Page } from '@firstofficer/browser';
import type { Observations } from './vitals.ts';

declare global {
  // The entries that the performance observers of a page have recorded.
  var observed: { -readonly [Name in keyof Observations]: Observations[Name] extends number ? number : object[] };
}

/** Records performance entries in every page of the context, from the start of navigation. */
export async function recordObservations(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const seen = { fcp: 0, lcp: 0, longTasks: [] as object[], shifts: [] as object[] };
    globalThis.observed = seen;
    const on = (type: string, note: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
    on('paint', ({ name, startTime }) => {
      if (name === 'first-contentful-paint') seen.fcp = startTime;
    });
    on('largest-contentful-paint', ({ startTime }) => {
      seen.lcp = startTime;
    });
    on('longtask', ({ startTime, duration }) => seen.longTasks.push({ start: startTime, duration }));
    on('layout-shift', (entry) => {
      const { startTime, value, hadRecentInput } = entry as PerformanceEntry & {
        readonly value: number;
        readonly hadRecentInput: boolean;
      };
      if (!hadRecentInput) seen.shifts.push({ start: startTime, value });
    });
  });
}

/** Returns the performance entries that a page has recorded so far. */
export async function readObservations(page: Page): Promise<Observations> {
  return (await page.evaluate(() => globalThis.observed)) as Observations;
}

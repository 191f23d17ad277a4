/** A time span in milliseconds. It starts relative to the start of navigation. */
interface Span {
  readonly start: number;
  readonly duration: number;
}

/** A layout shift, with its start in milliseconds and its score of the Layout Instability API. */
interface Shift {
  readonly start: number;
  readonly value: number;
}

/** The performance entries of a page while it loads. */
export interface Observations {
  readonly fcp: number;
  readonly lcp: number;
  readonly longTasks: readonly Span[];
  readonly shifts: readonly Shift[];
}

/** Web Vitals of a page: FCP, LCP and TBT in milliseconds, and the CLS score. */
export type Vitals = Readonly<Record<'fcp' | 'lcp' | 'tbt' | 'cls', number>>;

// Tasks longer than this block the page, by the definition of TBT.
const LONG_MS = 50;

/** Computes the Web Vitals of a page from its performance entries. */
export function computeVitals({ fcp, lcp, longTasks, shifts }: Observations): Vitals {
  return { fcp, lcp, tbt: computeBlockingTime(longTasks, fcp), cls: computeCumulativeShift(shifts) };
}

/** Returns the total blocking time: the time beyond 50 ms of each task after the first paint. */
function computeBlockingTime(longTasks: readonly Span[], since: number): number {
  return longTasks
    .map(({ start, duration }) => start + duration - Math.max(start, since) - LONG_MS)
    .filter((excess) => excess > 0)
    .reduce((sum, excess) => sum + excess, 0);
}

/**
 * Returns the cumulative layout shift: the highest sum of a session window. The shifts of a window are less than one
 * second apart, and a window lasts at most five seconds.
 */
function computeCumulativeShift(shifts: readonly Shift[]): number {
  let worst = 0;
  let sum = 0;
  let begin = Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { start, value } of shifts) {
    if (start - last >= 1_000 || start - begin >= 5_000) {
      begin = start;
      sum = 0;
    }
    sum += value;
    last = start;
    worst = Math.max(worst, sum);
  }
  return worst;
}

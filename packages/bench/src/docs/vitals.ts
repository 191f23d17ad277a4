/** When something happened, and for how long, in milliseconds since navigation began. */
interface Span {
  readonly start: number;
  readonly duration: number;
}

/** A move of content: when, and how far, as Layout Instability counts it. */
interface Shift {
  readonly start: number;
  readonly value: number;
}

/** What the browser tells of a page while it loads. */
export interface Observations {
  readonly fcp: number;
  readonly lcp: number;
  readonly longTasks: readonly Span[];
  readonly shifts: readonly Shift[];
}

/** How soon a page is there (milliseconds) and how quietly. */
export type Vitals = Readonly<Record<'fcp' | 'lcp' | 'tbt' | 'cls', number>>;

/** A task shorter than this does not keep a reader waiting. */
const LONG = 50;

export function vitals({ fcp, lcp, longTasks, shifts }: Observations): Vitals {
  return { fcp, lcp, tbt: blockingTime(longTasks, fcp), cls: cumulativeShift(shifts) };
}

/** By how much tasks since the first paint were too long. */
function blockingTime(longTasks: readonly Span[], since: number): number {
  return longTasks
    .map(({ start, duration }) => start + duration - Math.max(start, since) - LONG)
    .filter((excess) => excess > 0)
    .reduce((sum, excess) => sum + excess, 0);
}

/** The worst window of shifts: each less than a second after the one before, all within five seconds. */
function cumulativeShift(shifts: readonly Shift[]): number {
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

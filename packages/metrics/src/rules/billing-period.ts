import { findLineStart, isEverInForce } from './in-force.ts';
import type { SubscriptionLine } from './mrr-lines.ts';

/** The lines of one subscription item whose periods end at the same time. */
export interface BillingPeriod {
  readonly item: string;
  /** The earliest start of a line. */
  readonly start: number;
  readonly end: number;
  readonly lines: readonly SubscriptionLine[];
  /** The latest payment. */
  readonly paidAt: number;
}

/**
 * Groups the lines of paid invoices by subscription item and period end, and returns the newest group of each item that
 * has a line in force.
 *
 * Source: our decision, "Per subscription item only the newest billing period counts". Proration lines end with the
 * billing period that they change, so lines with the same end are one billing period. A monthly period that begins in the
 * middle of an annual one is newer, and ends it.
 */
export function findNewestPeriods(
  lines: Iterable<SubscriptionLine>,
  findItem: (line: SubscriptionLine) => string,
  at: number,
): ReadonlyMap<string, BillingPeriod> {
  const items = new Map<string, Map<number, MutableBillingPeriod>>();
  for (const line of lines) {
    if (findLineStart(line) > at || !isEverInForce(line)) continue;
    const item = findItem(line);
    const periods = items.get(item) ?? new Map<number, MutableBillingPeriod>();
    items.set(item, periods);
    const { start, end } = line.line;
    const period = periods.get(end);
    if (period === undefined) {
      periods.set(end, { item, start, end, lines: [line], paidAt: line.paidAt });
    } else {
      period.lines.push(line);
      period.start = Math.min(period.start, start);
      period.paidAt = Math.max(period.paidAt, line.paidAt);
    }
  }
  const newest = new Map<string, BillingPeriod>();
  for (const [item, periods] of items) {
    const [first, ...others] = periods.values();
    if (first !== undefined)
      newest.set(
        item,
        others.reduce((best, period) => (isNewer(period, best) ? period : best), first),
      );
  }
  return newest;
}

type MutableBillingPeriod = { -readonly [K in keyof BillingPeriod]: BillingPeriod[K] } & { lines: SubscriptionLine[] };

function isNewer(period: BillingPeriod, other: BillingPeriod): boolean {
  return (period.start - other.start || period.paidAt - other.paidAt || period.end - other.end) > 0;
}

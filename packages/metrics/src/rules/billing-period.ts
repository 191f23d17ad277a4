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
  const inForce = [...lines].filter((line) => findLineStart(line) <= at && isEverInForce(line));
  const newest = new Map<string, BillingPeriod>();
  for (const [item, itemLines] of Map.groupBy(inForce, findItem)) {
    const groups = Map.groupBy(itemLines, ({ line }) => line.end);
    const periods = [...groups].map(([end, periodLines]) => createPeriod(item, end, periodLines));
    newest.set(
      item,
      periods.reduce((best, period) => (isNewer(period, best) ? period : best)),
    );
  }
  return newest;
}

function createPeriod(item: string, end: number, lines: readonly SubscriptionLine[]): BillingPeriod {
  const start = lines.reduce((earliest, { line }) => Math.min(earliest, line.start), Number.POSITIVE_INFINITY);
  const paidAt = lines.reduce((latest, line) => Math.max(latest, line.paidAt), Number.NEGATIVE_INFINITY);
  return { item, start, end, lines, paidAt };
}

function isNewer(period: BillingPeriod, other: BillingPeriod): boolean {
  return (period.start - other.start || period.paidAt - other.paidAt || period.end - other.end) > 0;
}

import type { BillingPeriod } from './billing-period.ts';
import { findLineStart } from './in-force.ts';
import { computeLineNet } from './line-net.ts';
import type { SubscriptionLine } from './mrr-lines.ts';

/** 24 hours, in seconds. */
const LEAST_GRACE = 24 * 60 * 60;

/**
 * Returns the time at which the lines of a billing period end if no newer period begins.
 *
 * Source: FirstOfficer's published rule 4, "A customer is lost when a subscription is not renewed ('should pay again, but
 * doesn't')". Our decision: "A regular line lasts beyond its end until the item's next regular line begins, but no longer
 * than a grace of 24 hours, or of the invoice's payment terms (`due_date − created`) if it was sent as an invoice". The
 * lines of a billing period last together, so that a seat that was given back stays given back. Payment terms below 24
 * hours give 24 hours. A first period that has only proration lines has the grace, too. `isRenewedWithout` ends it earlier.
 */
export function findPeriodEnd({ lines, end }: Pick<BillingPeriod, 'lines' | 'end'>): number {
  return end + computeGrace(lines);
}

function computeGrace(lines: readonly SubscriptionLine[]): number {
  const regular = lines.filter(({ line }) => !line.isProration);
  const charged = lines.filter(({ line }) => computeLineNet(line) > 0);
  const renewable = regular.length > 0 ? regular : charged;
  if (renewable.length === 0) return 0;
  return renewable.reduce((grace, { invoice }) => Math.max(grace, invoice.terms), LEAST_GRACE);
}

/** Returns the latest start of a regular line that is in force or was, by subscription. */
export function findRenewals(lines: Iterable<SubscriptionLine>, at: number): ReadonlyMap<string, number> {
  const renewals = new Map<string, number>();
  for (const line of lines) {
    if (line.line.isProration || findLineStart(line) > at) continue;
    const { subscription } = line;
    renewals.set(subscription, Math.max(renewals.get(subscription) ?? Number.NEGATIVE_INFINITY, line.line.start));
  }
  return renewals;
}

/**
 * Returns whether a subscription was renewed after a billing period without the item of this period.
 *
 * Source: our decision. The grace bridges the time until a late payment. An item that the paid renewal does not contain was
 * removed or replaced: it would otherwise count beside the item that replaces it.
 *
 * @param renewals - What `findRenewals` returns.
 */
export function isRenewedWithout({ lines, end }: BillingPeriod, renewals: ReadonlyMap<string, number>): boolean {
  return lines.some(({ subscription }) => (renewals.get(subscription) ?? Number.NEGATIVE_INFINITY) >= end);
}

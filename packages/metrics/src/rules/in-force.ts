import type { SubscriptionLine } from './mrr-lines.ts';

/**
 * Returns the time from which a line is in force.
 *
 * Source: FirstOfficer's published rule 5, "No committed MRR: only what was paid". Our decision: "From the later of period
 * start and payment, until period end".
 */
export function findLineStart({ line, paidAt }: SubscriptionLine): number {
  return Math.max(line.start, paidAt);
}

/**
 * Returns whether a line can be in force at all. A proration that is paid after the end of its period never is. A regular
 * line is, because it lasts beyond its end.
 */
export function isEverInForce(line: SubscriptionLine): boolean {
  return !line.line.isProration || findLineStart(line) < line.line.end;
}

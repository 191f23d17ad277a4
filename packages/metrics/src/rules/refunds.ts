import type { RefundFacts } from '../facts.ts';
import { Rational } from '../rational.ts';
import { findBalanceTransaction, findCharge, hasHappened, type View } from '../view.ts';
import { isCreditNoteInForce } from './credit-notes.ts';
import type { InvoiceSums, Reduction } from './spread.ts';

/** When a refund counts: from a time, until it fails. */
export interface RefundTimes {
  readonly from: number;
  readonly until: number | undefined;
}

/**
 * Returns when a refund counts, or undefined if it never does.
 *
 * Source: our decisions, "A refund counts from `created`, a failed refund is taken back at its failure balance transaction"
 * and "refunds (not cancelled ones, not those of an uncaptured rest)". A failed refund whose failure balance transaction
 * is unknown never counts.
 */
export function findRefundTimes(view: View, refund: RefundFacts): RefundTimes | undefined {
  if (findRefundObstacle(view, refund) !== undefined) return undefined;
  return { from: refund.created, until: findFailure(view, refund) };
}

/** Returns why a refund never counts, or undefined if it counts. */
export function findRefundObstacle(view: View, refund: RefundFacts): string | undefined {
  // Stripe creates such a refund when it gives back money of a cash balance, which never was a charge.
  if (refund.charge === undefined && refund.paymentIntent === undefined) return 'the refund belongs to no charge';
  if (refund.isCanceled) return 'the refund was canceled';
  if (isUncapturedRest(view, refund)) return 'the refund only releases an amount that was not captured';
  if (findCharge(view, refund)?.hasSucceeded === false) return 'the charge did not succeed';
  const isFailed = refund.isFailed || refund.failureBalanceTransaction !== undefined;
  if (isFailed && findFailure(view, refund) === undefined) return 'the refund failed, and the data does not say when';
  return undefined;
}

function findFailure({ data }: View, { failureBalanceTransaction }: RefundFacts): number | undefined {
  return findBalanceTransaction(data, failureBalanceTransaction)?.created;
}

/**
 * Stripe creates one refund for the part of an authorisation that is not captured. No money moves. Without balance
 * transactions, the first refund of this amount is taken for it.
 */
function isUncapturedRest(view: View, refund: RefundFacts): boolean {
  if (refund.isExpiredAuthorization) return true;
  const charge = findCharge(view, refund);
  if (charge === undefined) return false;
  if (charge.amountCaptured === 0) return true;
  const rest = charge.amount - charge.amountCaptured;
  const isRest = (other: RefundFacts) => other.amount === rest && !other.hasBalanceTransaction;
  if (!isRest(refund)) return false;
  return !view.data.refunds.some(
    (other) => isRest(other) && isEarlier(other, refund) && findCharge(view, other)?.id === charge.id,
  );
}

function isEarlier(refund: RefundFacts, other: RefundFacts): boolean {
  return refund.created < other.created || (refund.created === other.created && refund.id < other.id);
}

export function isRefundInForce(times: RefundTimes | undefined, at: number): times is RefundTimes {
  return times !== undefined && times.from <= at && !hasHappened(times.until, at);
}

/**
 * Returns the part of each refund that belongs to credit notes, by the ID of the refund.
 *
 * Source: our decision, "A refund that is part of a credit note is not booked twice".
 */
export function sumCreditedRefunds({ data, at }: View): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const note of data.creditNotes) {
    if (!isCreditNoteInForce(note, at)) continue;
    for (const { refund, amount } of note.refunds) sums.set(refund, (sums.get(refund) ?? 0) + amount);
  }
  return sums;
}

/**
 * Returns what a refund takes off the lines of an invoice.
 *
 * Source: our decision, "A refund that equals the sum of the lines that are not MRR lines belongs to those". Shipping and
 * metered lines are such lines.
 */
export function createRefundReduction(refund: RefundFacts, amount: Rational, sums: InvoiceSums): Reduction {
  const isOther = amount.compare(Rational.of(sums.other)) === 0;
  const { id, created } = refund;
  return { rule: 'refunds', type: 'refund', id, at: created, amount, lines: isOther ? 'other' : 'all' };
}

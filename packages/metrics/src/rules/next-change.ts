import type { CustomerData } from '../customer-data.ts';
import type { BalanceTransactionReference, InvoiceFacts } from '../facts.ts';
import { findBalanceTransaction } from '../view.ts';
import { findPeriodEnd } from './grace.ts';
import { listSubscriptionLines } from './mrr-lines.ts';

/**
 * Returns the next time after `at`, in seconds, at which the figures of a customer may change if no further object
 * arrives; undefined if there is none. Until then, a computed snapshot stays right.
 *
 * Source: FirstOfficer's published rule 6, "Time integrity: the snapshot for a point in time is the same whenever it is
 * computed". The figures change only when a line begins, ends or outlasts its grace, and at the times of the objects.
 *
 * @example
 * findNextChange(data, 1_767_225_600); // 1769904000, the end of the current period
 */
export function findNextChange(data: CustomerData, at: number): number | undefined {
  let next: number | undefined;
  for (const time of listTimes(data)) {
    if (time !== undefined && time > at && (next === undefined || time < next)) next = time;
  }
  return next;
}

function* listTimes(data: CustomerData): Generator<number | undefined> {
  function findCreated(reference: BalanceTransactionReference | undefined): number | undefined {
    return findBalanceTransaction(data, reference)?.created;
  }

  for (const invoice of data.invoices) yield* listInvoiceTimes(data, invoice);
  for (const { created, paidAt } of data.payments) yield* [created, paidAt];
  for (const { created, balanceTransaction, failureBalanceTransaction } of data.charges) {
    yield* [created, findCreated(balanceTransaction), findCreated(failureBalanceTransaction)];
  }
  for (const { created, failureBalanceTransaction } of data.refunds) {
    yield* [created, findCreated(failureBalanceTransaction)];
  }
  for (const { created, voidedAt } of data.creditNotes) yield* [created, voidedAt];
  for (const { balanceTransactions } of data.disputes) yield* balanceTransactions.map(findCreated);
}

/** Each line is taken for a billing period of its own: its grace is at least one that the period may have. */
function* listInvoiceTimes(data: CustomerData, invoice: InvoiceFacts): Generator<number | undefined> {
  yield invoice.paidAt;
  for (const line of listSubscriptionLines(data, invoice)) {
    const { start, end } = line.line;
    yield* [start, end, findPeriodEnd({ lines: [line], end })];
  }
}

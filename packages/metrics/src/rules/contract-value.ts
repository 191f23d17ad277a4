import { MissingMemberError } from '../errors.ts';
import type { ChargeFacts } from '../facts.ts';
import { findBalanceTransaction, findCharge, listPayments, type View } from '../view.ts';
import { isCreditNoteInForce } from './credit-notes.ts';
import { listDisputeMovements } from './disputes.ts';
import { findRefundTimes } from './refunds.ts';

/**
 * Money that a customer paid (above 0) or got back (below 0).
 *
 * @example
 * const printMovement = ({ type, id, amount, reason }: MoneyMovement) => console.log(type, id, amount, reason);
 */
export interface MoneyMovement {
  readonly rule: 'contract-value';
  readonly type: 'charge' | 'invoice_payment' | 'invoice' | 'refund' | 'dispute' | 'credit_note';
  readonly id: string;
  /** When the money counts, in seconds. */
  readonly at: number;
  readonly currency: string;
  readonly amount: number;
  /** Why the money counts, and where its time comes from. */
  readonly reason: string;
}

/**
 * Lists the money that adds up to the total contract value.
 *
 * Source: FirstOfficer's published rule 1, "MRR and revenue include taxes and Stripe fees; discounts and refunds are
 * deducted". Our decision: "total_contract_value the money: captured charges + invoices paid outside Stripe
 * (`amount_paid_off_stripe`) − refunds (not cancelled ones, not those of an uncaptured rest) ± disputes − out-of-band
 * credit notes".
 */
export function listMoneyMovements(view: View): MoneyMovement[] {
  const movements = [
    ...listChargeMovements(view),
    ...listOffStripeMovements(view),
    ...listRefundMovements(view),
    ...listCreditNoteMovements(view),
  ];
  for (const dispute of view.data.disputes) {
    const { id } = dispute;
    for (const { at, currency, amount } of listDisputeMovements(view, dispute)) {
      const reason = amount < 0 ? 'withdrawn by a dispute' : 'given back after a dispute';
      movements.push({ rule: 'contract-value', type: 'dispute', id, at, currency, amount, reason });
    }
  }
  return movements.filter(({ amount, at }) => amount !== 0 && at <= view.at);
}

/** The time at which the money of a charge arrives, and where the time comes from. */
interface Arrival {
  readonly at: number;
  readonly from: string;
}

/**
 * Returns when the money of a charge arrives; undefined if it never does.
 *
 * Source: our decision, "A charge counts when the money arrives: `paid_at` of its InvoicePayment, else `created` of its
 * balance transaction, else its own; with `amount_captured`".
 */
function findArrival(view: View, charge: ChargeFacts): Arrival | undefined {
  const { id, paymentIntent } = charge;
  if (findChargeObstacle(view, charge) !== undefined) return undefined;
  const paidAt = listPayments(view, { charge: id, paymentIntent }).reduce(
    (earliest, payment) => Math.min(earliest, payment.paidAt ?? Number.POSITIVE_INFINITY),
    Number.POSITIVE_INFINITY,
  );
  if (paidAt < Number.POSITIVE_INFINITY) return { at: paidAt, from: 'paid_at of the InvoicePayment' };
  const transaction = findBalanceTransaction(view.data, charge.balanceTransaction);
  if (transaction !== undefined) return { at: transaction.created, from: 'created of the balance transaction' };
  const isUnknown = charge.balanceTransaction !== undefined;
  const from = isUnknown
    ? 'created of the charge, because its balance transaction is unknown'
    : 'created of the charge';
  return { at: charge.created, from };
}

/** Returns why a charge never counts, or undefined if it counts. */
export function findChargeObstacle({ data }: View, charge: ChargeFacts): string | undefined {
  if (!charge.hasSucceeded) return 'the charge did not succeed';
  if (charge.amountCaptured === 0) return 'nothing was captured';
  const { failureBalanceTransaction } = charge;
  const isUnknown = findBalanceTransaction(data, failureBalanceTransaction) === undefined;
  if (failureBalanceTransaction !== undefined && isUnknown) return 'the charge failed, and the data does not say when';
  return undefined;
}

function listChargeMovements(view: View): MoneyMovement[] {
  return view.data.charges.flatMap((charge) => {
    const arrival = findArrival(view, charge);
    if (arrival === undefined) return [];
    const { id, currency, amountCaptured } = charge;
    const common = { rule: 'contract-value', type: 'charge', id, currency } as const;
    const failure = findBalanceTransaction(view.data, charge.failureBalanceTransaction);
    return [
      { ...common, at: arrival.at, amount: amountCaptured, reason: `captured; time: ${arrival.from}` },
      ...(failure === undefined
        ? []
        : [{ ...common, at: failure.created, amount: -amountCaptured, reason: 'the payment failed afterwards' }]),
    ];
  });
}

/** `amount_paid_off_stripe` contains the recorded payments, which have times of their own. */
function listOffStripeMovements({ data }: View): MoneyMovement[] {
  const recorded = new Map<string, number>();
  const movements: MoneyMovement[] = [];
  const invoices = new Map(data.invoices.map((invoice) => [invoice.id, invoice]));
  for (const { id, invoice, paidAt, amountPaid, isPaymentRecord } of data.payments) {
    const currency = invoices.get(invoice)?.currency;
    if (!isPaymentRecord || paidAt === undefined || currency === undefined) continue;
    recorded.set(invoice, (recorded.get(invoice) ?? 0) + amountPaid);
    const reason = 'recorded payment outside Stripe';
    movements.push({
      rule: 'contract-value',
      type: 'invoice_payment',
      id,
      at: paidAt,
      currency,
      amount: amountPaid,
      reason,
    });
  }
  for (const { id, paidAt, currency, paidOffStripe } of data.invoices) {
    if (paidAt === undefined) continue;
    const amount = Math.max(0, paidOffStripe - (recorded.get(id) ?? 0));
    const reason = 'paid outside Stripe';
    movements.push({ rule: 'contract-value', type: 'invoice', id, at: paidAt, currency, amount, reason });
  }
  return movements;
}

function listRefundMovements(view: View): MoneyMovement[] {
  return view.data.refunds.flatMap((refund) => {
    const times = findRefundTimes(view, refund);
    if (times === undefined) return [];
    const currency = refund.currency ?? findCharge(view, refund)?.currency ?? failWithoutCurrency(refund);
    const common = { rule: 'contract-value', type: 'refund', id: refund.id, currency } as const;
    const { from, until } = times;
    return [
      { ...common, at: from, amount: -refund.amount, reason: 'refunded' },
      ...(until === undefined ? [] : [{ ...common, at: until, amount: refund.amount, reason: 'the refund failed' }]),
    ];
  });
}

function listCreditNoteMovements({ data, at, invoicesById }: View): MoneyMovement[] {
  return data.creditNotes.flatMap((note): MoneyMovement[] => {
    const { id, created, outOfBand } = note;
    if (outOfBand === 0 || !isCreditNoteInForce(note, at)) return [];
    const currency = note.currency ?? invoicesById.get(note.invoice)?.currency ?? failWithoutCurrency(note);
    const reason = 'given back outside Stripe';
    return [{ rule: 'contract-value', type: 'credit_note', id, at: created, currency, amount: -outOfBand, reason }];
  });
}

function failWithoutCurrency({ type, id }: { type: string; id: string }): never {
  throw new MissingMemberError({ object: type, id, member: 'currency' });
}

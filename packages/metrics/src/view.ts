import type { CustomerData } from './customer-data.ts';
import type {
  BalanceTransactionFacts,
  BalanceTransactionReference,
  ChargeFacts,
  InvoiceFacts,
  InvoicePaymentFacts,
} from './facts.ts';

/**
 * The data of a customer at a point in time. What happened later does not exist in it.
 */
export interface View {
  readonly data: CustomerData;
  /** The point in time, in seconds. */
  readonly at: number;
  /** The invoices that are paid. */
  readonly paidInvoices: readonly InvoiceFacts[];
  readonly invoicesById: ReadonlyMap<string, InvoiceFacts>;
  readonly chargesById: ReadonlyMap<string, ChargeFacts>;
  /** The InvoicePayments of each charge and each PaymentIntent, by the ID of the charge or PaymentIntent. */
  readonly paymentsById: ReadonlyMap<string, readonly InvoicePaymentFacts[]>;
}

export function createView(data: CustomerData, at: number): View {
  const paymentsById = new Map<string, InvoicePaymentFacts[]>();
  for (const payment of data.payments) {
    const createdAt = Math.min(payment.created ?? Number.NEGATIVE_INFINITY, payment.paidAt ?? Number.POSITIVE_INFINITY);
    if (createdAt > at) continue;
    for (const id of new Set([payment.charge, payment.paymentIntent])) {
      if (id === undefined) continue;
      const payments = paymentsById.get(id);
      if (payments === undefined) paymentsById.set(id, [payment]);
      else payments.push(payment);
    }
  }
  return {
    data,
    at,
    paidInvoices: data.invoices.filter(({ paidAt }) => hasHappened(paidAt, at)),
    invoicesById: new Map(data.invoices.map((invoice) => [invoice.id, invoice])),
    chargesById: new Map(data.charges.map((charge) => [charge.id, charge])),
    paymentsById,
  };
}

/** Returns whether an event has happened at a point in time. An event without a time never happens. */
export function hasHappened(time: number | undefined, at: number): time is number {
  return time !== undefined && time <= at;
}

/** Returns the InvoicePayments that a charge or a PaymentIntent made. */
export function listPayments(
  view: View,
  { charge, paymentIntent }: { charge: string | undefined; paymentIntent: string | undefined },
): readonly InvoicePaymentFacts[] {
  const intent = paymentIntent ?? view.chargesById.get(charge ?? '')?.paymentIntent;
  const payments = [...(view.paymentsById.get(charge ?? '') ?? []), ...(view.paymentsById.get(intent ?? '') ?? [])];
  return [...new Set(payments)];
}

/** Returns a balance transaction; undefined if the data does not contain it. */
export function findBalanceTransaction(
  data: CustomerData,
  reference: BalanceTransactionReference | undefined,
): BalanceTransactionFacts | undefined {
  return typeof reference === 'string' ? data.balanceTransactions.get(reference) : reference;
}

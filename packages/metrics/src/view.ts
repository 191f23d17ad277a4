import type { CustomerData } from './customer-data.ts';
import type {
  BalanceTransactionFacts,
  BalanceTransactionReference,
  ChargeFacts,
  InvoiceFacts,
  InvoicePaymentFacts,
} from './facts.ts';

/**
 * The data of a customer, and the point in time that the figures are computed for. The rules ignore what happened later.
 */
export interface View {
  readonly data: CustomerData;
  /** The point in time, in seconds. */
  readonly at: number;
  /** The invoices that are paid. */
  readonly paidInvoices: readonly InvoiceFacts[];
  readonly invoicesById: ReadonlyMap<string, InvoiceFacts>;
  /** The charges by their ID, and those that succeeded also by the ID of their PaymentIntent. */
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
  const chargesById = new Map(data.charges.map((charge) => [charge.id, charge]));
  for (const charge of data.charges) {
    if (charge.hasSucceeded && charge.paymentIntent !== undefined) chargesById.set(charge.paymentIntent, charge);
  }
  return {
    data,
    at,
    paidInvoices: data.invoices.filter(({ paidAt }) => hasHappened(paidAt, at)),
    invoicesById: new Map(data.invoices.map((invoice) => [invoice.id, invoice])),
    chargesById,
    paymentsById,
  };
}

/** Returns whether an event has happened at a point in time. An event without a time never happens. */
export function hasHappened(time: number | undefined, at: number): time is number {
  return time !== undefined && time <= at;
}

/** The charge that an object refers to: by its ID, or by its PaymentIntent. */
interface ChargeReference {
  readonly charge: string | undefined;
  readonly paymentIntent: string | undefined;
}

/** Returns the charge of a reference; undefined if the data does not contain it. */
export function findCharge({ chargesById }: View, { charge, paymentIntent }: ChargeReference): ChargeFacts | undefined {
  return chargesById.get(charge ?? paymentIntent ?? '');
}

/** Returns the InvoicePayments of a charge: the invoices that it paid. */
export function listPayments(view: View, reference: ChargeReference): readonly InvoicePaymentFacts[] {
  const charge = findCharge(view, reference);
  const ids = [reference.charge ?? charge?.id, reference.paymentIntent ?? charge?.paymentIntent];
  return [...new Set(ids.flatMap((id) => view.paymentsById.get(id ?? '') ?? []))];
}

/** Returns a balance transaction; undefined if the data does not contain it. */
export function findBalanceTransaction(
  data: CustomerData,
  reference: BalanceTransactionReference | undefined,
): BalanceTransactionFacts | undefined {
  return typeof reference === 'string' ? data.balanceTransactions.get(reference) : reference;
}

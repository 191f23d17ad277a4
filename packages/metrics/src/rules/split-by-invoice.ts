import { Rational } from '../rational.ts';
import { hasHappened, listPayments, type View } from '../view.ts';

/**
 * Splits an amount that was paid back over the invoices that the charge paid.
 *
 * Source: our decision. The rules spread refunds and disputes over "all lines of the invoice", and a charge may pay
 * several invoices: each bears its part by `amount_paid` of its InvoicePayment. An amount that was paid for no invoice
 * reduces no line.
 */
export function splitByInvoice(
  view: View,
  source: { charge: string | undefined; paymentIntent: string | undefined },
  amount: Rational,
): ReadonlyMap<string, Rational> {
  const known = listPayments(view, source);
  const paid = known.filter(({ paidAt }) => hasHappened(paidAt, view.at));
  const payments = paid.length > 0 ? paid : known;
  const total = payments.reduce((sum, { amountPaid }) => sum + amountPaid, 0);
  const parts = new Map<string, Rational>();
  for (const { invoice, amountPaid } of payments) {
    const share = total > 0 ? Rational.of(amountPaid, total) : Rational.of(1, payments.length);
    parts.set(invoice, (parts.get(invoice) ?? Rational.ZERO).plus(amount.times(share)));
  }
  return parts;
}

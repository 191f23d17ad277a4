import type Stripe from 'stripe';
import type { InvoicePaymentFacts } from '../facts.ts';
import type { ObjectReader } from './object-reader.ts';

/**
 * Reads an InvoicePayment.
 *
 * @param invoice - The ID of the invoice that contains the payment, if an invoice contains it.
 */
export function readInvoicePayment(
  reader: ObjectReader<Stripe.InvoicePayment>,
  id: string,
  invoice?: string,
): InvoicePaymentFacts {
  const payment = reader.requiredChild('payment');
  const charge = payment.optionalReference('charge');
  const paymentIntent = payment.optionalReference('payment_intent');
  const isPaymentRecord = payment.has('payment_record');
  if (charge === undefined && paymentIntent === undefined && !isPaymentRecord) payment.fail('payment_intent');
  const paidAt = reader.child('status_transitions')?.optionalTime('paid_at');
  // The amount of a recorded payment is part of the contract value. Other amounts only divide what a charge paid.
  const needsAmount = isPaymentRecord && paidAt !== undefined;
  return {
    type: 'invoice_payment',
    id,
    invoice: invoice ?? reader.reference('invoice'),
    created: reader.optionalTime('created'),
    paidAt,
    amountPaid: needsAmount ? reader.integer('amount_paid') : (reader.optionalInteger('amount_paid') ?? 0),
    charge,
    paymentIntent,
    isPaymentRecord,
  };
}

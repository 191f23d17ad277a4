import type Stripe from 'stripe';
import { MissingMemberError } from '../errors.ts';
import type { InvoiceFacts, InvoicePaymentFacts, LineFacts, PriceFacts } from '../facts.ts';
import { readLine } from './invoice-line.ts';
import { readInvoicePayment } from './invoice-payment.ts';
import type { ObjectReader } from './object-reader.ts';
import { readPrice } from './price.ts';
import { NONE, shareEmpty } from './share-empty.ts';

export function readInvoice(reader: ObjectReader<Stripe.Invoice>, id: string): InvoiceFacts {
  const paidAt = readPaidAt(reader);
  const isPaid = paidAt !== undefined;
  if (!reader.isPresent('customer')) reader.fail('customer');
  if (isPaid && !reader.has('lines')) reader.fail('lines');
  const lineFacts = isPaid ? readLines(reader) : readLinesIfComplete(reader);
  return {
    type: 'invoice',
    id,
    customer: reader.optionalReference('customer'),
    currency: reader.currency('currency'),
    paidAt,
    terms: isPaid && lineFacts.some(({ subscription }) => subscription !== undefined) ? readTerms(reader) : 0,
    paidOffStripe: reader.optionalInteger('amount_paid_off_stripe') ?? 0,
    shipping:
      reader.child('shipping_cost')?.optionalInteger('amount_total') ?? reader.optionalInteger('amount_shipping') ?? 0,
    lines: lineFacts,
    payments: shareEmpty(readPayments(reader, id)),
    prices: isPaid ? shareEmpty(readPrices(reader, lineFacts)) : NONE,
  };
}

function readLines(reader: ObjectReader<Stripe.Invoice>): LineFacts[] {
  return reader.objects('lines').map(readLine);
}

/** The lines of an unpaid invoice only explain why they do not count. They may be incomplete. */
function readLinesIfComplete(reader: ObjectReader<Stripe.Invoice>): LineFacts[] {
  try {
    return readLines(reader);
  } catch (error) {
    if (error instanceof MissingMemberError) return [];
    throw error;
  }
}

function readPrices(reader: ObjectReader<Stripe.Invoice>, lines: readonly LineFacts[]): PriceFacts[] {
  return reader.objects('lines').flatMap((line, index) => {
    if (lines[index]?.subscription === undefined) return [];
    const price = line.child('pricing')?.child('price_details')?.child('price');
    return price?.has('id') ? [readPrice(price, price.string('id'))] : [];
  });
}

function readPaidAt(reader: ObjectReader<Stripe.Invoice>): number | undefined {
  const status = reader.optionalString('status');
  const transitions = reader.child('status_transitions');
  const paidAt = transitions?.optionalTime('paid_at');
  if (paidAt !== undefined) return paidAt;
  if (status === 'paid' || (status === undefined && !transitions?.isPresent('paid_at'))) {
    return reader.requiredChild('status_transitions').time('paid_at');
  }
  return undefined;
}

function readTerms(reader: ObjectReader<Stripe.Invoice>): number {
  const isSent = reader.has('collection_method')
    ? reader.optionalString('collection_method') === 'send_invoice'
    : reader.has('due_date');
  if (!isSent) return 0;
  if (!reader.isPresent('due_date')) reader.fail('due_date');
  const created = reader.time('created');
  return (reader.optionalTime('due_date') ?? created) - created;
}

function readPayments(reader: ObjectReader<Stripe.Invoice>, invoice: string): InvoicePaymentFacts[] {
  return reader
    .list('payments')
    .flatMap((payment) =>
      typeof payment === 'string' ? [] : [readInvoicePayment(payment, payment.string('id'), invoice)],
    );
}

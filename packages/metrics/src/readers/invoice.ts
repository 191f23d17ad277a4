import type Stripe from 'stripe';
import { MissingMemberError } from '../errors.ts';
import type { InvoiceFacts, InvoicePaymentFacts, LineFacts, PriceFacts } from '../facts.ts';
import { readInvoicePayment } from './invoice-payment.ts';
import type { ObjectReader } from './object-reader.ts';
import { readPrice } from './price.ts';

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

function readLine(reader: ObjectReader<Stripe.InvoiceLineItem>): LineFacts {
  if (!reader.isPresent('parent')) reader.fail('parent');
  const parent = reader.child('parent');
  const item = parent?.child('subscription_item_details');
  const invoiceItem = parent?.child('invoice_item_details');
  if (parent !== undefined && item === undefined && invoiceItem === undefined) refuseUnknownParent(parent);
  const isProration = item?.isTrue('proration') === true || invoiceItem?.isTrue('proration') === true;
  const itemId = item?.reference('subscription_item');
  const subscription = readSubscription({ reader, item, invoiceItem: isProration ? invoiceItem : undefined }) ?? itemId;
  const isSubscriptionLine = subscription !== undefined;
  const pricing = reader.child('pricing');
  const period = isSubscriptionLine ? reader.requiredChild('period') : undefined;
  const credited =
    item?.child('proration_details')?.child('credited_items') ??
    invoiceItem?.child('proration_details')?.child('credited_items');
  return {
    id: reader.string('id'),
    amount: reader.integer('amount'),
    discounts: readDiscounts(reader),
    taxes: sumExclusiveTaxes(reader),
    quantity: reader.optionalDecimal('quantity_decimal') ?? reader.optionalDecimal('quantity') ?? 1,
    subscription,
    item: itemId,
    isProration,
    credits: shareEmpty(credited?.list('invoice_line_items').filter((line) => typeof line === 'string')),
    price: isSubscriptionLine ? reader.requiredChild('pricing').requiredChild('price_details').reference('price') : '',
    start: period?.time('start') ?? 0,
    end: period?.time('end') ?? 0,
    unitAmount: pricing?.optionalDecimal('unit_amount_decimal'),
  };
}

interface LineReaders {
  readonly reader: ObjectReader<Stripe.InvoiceLineItem>;
  readonly item: ObjectReader<Stripe.InvoiceLineItem.Parent.SubscriptionItemDetails> | undefined;
  readonly invoiceItem: ObjectReader<Stripe.InvoiceLineItem.Parent.InvoiceItemDetails> | undefined;
}

/** Returns the subscription of a line; undefined if the line belongs to none. */
function readSubscription({ reader, item, invoiceItem }: LineReaders): string | undefined {
  if (item === undefined && invoiceItem === undefined) return undefined;
  const subscription =
    item?.optionalReference('subscription') ??
    invoiceItem?.optionalReference('subscription') ??
    reader.optionalReference('subscription');
  if (subscription === undefined && invoiceItem?.isPresent('subscription') === false) invoiceItem.fail('subscription');
  return subscription;
}

/** A line of a parent type that Stripe adds later belongs to no subscription. */
function refuseUnknownParent(parent: ObjectReader<Stripe.InvoiceLineItem.Parent>): void {
  const type = parent.optionalString('type');
  if (type === undefined || type === 'subscription_item_details') parent.fail('subscription_item_details');
  if (type === 'invoice_item_details') parent.fail('invoice_item_details');
}

/** An empty list that many facts share, because there may be millions of them. */
const NONE: readonly never[] = [];

function shareEmpty<T>(list: readonly T[] | undefined): readonly T[] {
  return list === undefined || list.length === 0 ? NONE : list;
}

function readDiscounts(reader: ObjectReader<Stripe.InvoiceLineItem>): number {
  if (reader.has('discount_amounts')) {
    return sum(reader.objects('discount_amounts').map((discount) => discount.integer('amount')));
  }
  const credits = reader
    .objects('pretax_credit_amounts')
    .filter((credit) => credit.optionalString('type') === 'discount');
  return sum(credits.map((credit) => credit.integer('amount')));
}

/** Sums the taxes that are added to the amount. Inclusive taxes are part of the amount. */
export function sumExclusiveTaxes(reader: ObjectReader<Pick<Stripe.InvoiceLineItem, 'taxes'>>): number {
  const exclusive = reader.objects('taxes').filter((tax) => tax.optionalString('tax_behavior') === 'exclusive');
  return sum(exclusive.map((tax) => tax.integer('amount')));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

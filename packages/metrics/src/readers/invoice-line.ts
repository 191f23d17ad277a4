import type Stripe from 'stripe';
import type { LineFacts } from '../facts.ts';
import type { ObjectReader } from './object-reader.ts';
import { shareEmpty } from './share-empty.ts';

export function readLine(reader: ObjectReader<Stripe.InvoiceLineItem>): LineFacts {
  if (!reader.isPresent('parent')) reader.fail('parent');
  const parent = reader.child('parent');
  const item = parent?.child('subscription_item_details');
  const invoiceItem = parent?.child('invoice_item_details');
  if (parent !== undefined && item === undefined && invoiceItem === undefined) checkParent(parent);
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

/** A line, and the details of its parent. */
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

/**
 * Throws if the parent lacks the details of its type. A parent of a type that Stripe adds later is accepted: its line
 * belongs to no subscription.
 */
function checkParent(parent: ObjectReader<Stripe.InvoiceLineItem.Parent>): void {
  const type = parent.optionalString('type');
  if (type === undefined || type === 'subscription_item_details') parent.fail('subscription_item_details');
  if (type === 'invoice_item_details') parent.fail('invoice_item_details');
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

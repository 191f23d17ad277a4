import type Stripe from 'stripe';
import type { CreditNoteFacts } from '../facts.ts';
import { sumExclusiveTaxes } from './invoice-line.ts';
import type { ObjectReader } from './object-reader.ts';

export function readCreditNote(reader: ObjectReader<Stripe.CreditNote>, id: string): CreditNoteFacts {
  const lines = reader.objects('lines').map((line) => ({
    invoiceLine: line.optionalReference('invoice_line_item'),
    net: line.integer('amount') - (line.optionalInteger('discount_amount') ?? 0) + sumExclusiveTaxes(line),
  }));
  return {
    type: 'credit_note',
    id,
    customer: reader.optionalReference('customer'),
    invoice: reader.reference('invoice'),
    currency: reader.optionalCurrency('currency'),
    created: reader.time('created'),
    voidedAt: reader.optionalTime('voided_at'),
    outOfBand: reader.optionalInteger('out_of_band_amount') ?? 0,
    lines: lines.length > 0 ? lines : [{ invoiceLine: undefined, net: readAmountWithoutShipping(reader) }],
    refunds: reader.objects('refunds').flatMap((part) => {
      const refund = part.optionalReference('refund');
      return refund === undefined ? [] : [{ refund, amount: part.integer('amount_refunded') }];
    }),
  };
}

/** Shipping is not a line of the invoice: its part of the amount reduces no line. */
function readAmountWithoutShipping(reader: ObjectReader<Stripe.CreditNote>): number {
  return reader.integer('amount') - (reader.child('shipping_cost')?.optionalInteger('amount_total') ?? 0);
}

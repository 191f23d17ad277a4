import type { CustomerData } from '../customer-data.ts';
import { MissingMemberError } from '../errors.ts';
import type { InvoiceFacts, LineFacts, PriceFacts } from '../facts.ts';

/** A line that belongs to a subscription, with its invoice and its price. */
export interface SubscriptionLine {
  readonly invoice: InvoiceFacts;
  readonly line: LineFacts;
  readonly price: PriceFacts;
  readonly subscription: string;
  readonly paidAt: number;
}

/**
 * Returns the lines of a paid invoice that belong to a subscription. Some of them may not be MRR lines.
 *
 * Throws a MissingMemberError if the data does not contain the price of a line.
 */
export function listSubscriptionLines(data: CustomerData, invoice: InvoiceFacts): SubscriptionLine[] {
  const { paidAt } = invoice;
  if (paidAt === undefined) return [];
  return invoice.lines.flatMap((line, index) => {
    const { subscription } = line;
    if (subscription === undefined) return [];
    const price = data.prices.get(line.price);
    if (price === undefined) {
      const member = `lines.data[${index}].pricing.price_details.price`;
      const problem = `refers to ${line.price}, which the data does not contain. Add this price`;
      throw new MissingMemberError({ object: 'invoice', id: invoice.id, member }, problem);
    }
    return [{ invoice, line, price, subscription, paidAt }];
  });
}

/**
 * Returns whether a line of a subscription is part of the MRR.
 *
 * Source: FirstOfficer's published rule 2, "MRR is subscriptions only: other charges on the same invoice and single
 * purchases are not part of it". Our decision: "Lines of paid invoices that belong to a subscription (parent
 * `subscription_item_details`, or `invoice_item_details` with `proration: true`) and whose price is recurring and not
 * metered".
 */
export function isMrrLine({ price }: SubscriptionLine): boolean {
  return price.interval !== undefined && !price.isMetered;
}

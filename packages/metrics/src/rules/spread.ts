import type { CustomerData } from '../customer-data.ts';
import type { InvoiceFacts, LineFacts } from '../facts.ts';
import { Rational } from '../rational.ts';
import { computeLineNet } from './line-net.ts';
import { isMrrLine, listSubscriptionLines } from './mrr-lines.ts';

/** An amount that a credit note, refund or dispute takes off an invoice. */
export interface Reduction {
  readonly rule: 'credit-notes' | 'refunds' | 'disputes';
  readonly type: 'credit_note' | 'refund' | 'dispute';
  readonly id: string;
  /** The time from which the reduction counts. */
  readonly at: number;
  readonly amount: Rational;
  /** What it reduces: all lines of the invoice, those that are not MRR lines, or one line by its ID. */
  readonly lines: 'all' | 'other' | { readonly id: string };
}

/** The sums of the nets of an invoice. Its shipping is a line that is not an MRR line. */
export interface InvoiceSums {
  readonly all: number;
  readonly other: number;
  /** The lines with a net above 0. */
  readonly positive: number;
}

export function sumInvoice(data: CustomerData, invoice: InvoiceFacts): InvoiceSums {
  const mrrLines = new Set(
    listSubscriptionLines(data, invoice)
      .filter(isMrrLine)
      .map(({ line }) => line),
  );
  let [all, other, positive] = [invoice.shipping, invoice.shipping, Math.max(0, invoice.shipping)];
  for (const line of invoice.lines) {
    const net = computeLineNet(line);
    all += net;
    if (!mrrLines.has(line)) other += net;
    positive += Math.max(0, net);
  }
  return { all, other, positive };
}

/**
 * Returns what a reduction takes off an MRR line.
 *
 * Source: our decision, "Other refunds and disputes are spread over all lines of the invoice in proportion to their
 * *signed* net (an upgrade invoice has negative lines)". If the nets of all lines add up to 0 or less, the lines with a
 * net above 0 share the amount.
 */
export function computeShare({ amount, lines }: Reduction, line: LineFacts, sums: InvoiceSums): Rational {
  if (lines === 'other') return Rational.ZERO;
  if (lines !== 'all') return lines.id === line.id ? amount : Rational.ZERO;
  const net = computeLineNet(line);
  if (sums.all > 0) return amount.times(Rational.of(net, sums.all));
  return net > 0 ? amount.times(Rational.of(net, sums.positive)) : Rational.ZERO;
}

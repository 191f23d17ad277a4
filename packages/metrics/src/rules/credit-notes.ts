import type { CreditNoteFacts, InvoiceFacts } from '../facts.ts';
import { Rational } from '../rational.ts';
import { hasHappened } from '../view.ts';
import type { Reduction } from './spread.ts';

/**
 * Returns whether a credit note counts.
 *
 * Source: our decision, "A credit note counts from `created` until `voided_at`".
 */
export function isCreditNoteInForce({ created, voidedAt }: CreditNoteFacts, at: number): boolean {
  return created <= at && !hasHappened(voidedAt, at);
}

/**
 * Returns what a credit note takes off the lines of its invoice.
 *
 * Source: our decision, "Credit-note lines reduce the invoice line they name, with their exclusive taxes; custom lines and
 * amount-only notes are spread over all lines".
 */
export function listCreditNoteReductions({ id, created, lines }: CreditNoteFacts, invoice: InvoiceFacts): Reduction[] {
  const ids = new Set(invoice.lines.map((line) => line.id));
  return lines.map(({ invoiceLine, net }): Reduction => {
    const isKnown = invoiceLine !== undefined && ids.has(invoiceLine);
    const target = isKnown ? { id: invoiceLine } : 'all';
    return { rule: 'credit-notes', type: 'credit_note', id, at: created, amount: Rational.of(net), lines: target };
  });
}

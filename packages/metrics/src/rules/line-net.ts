import type { LineFacts } from '../facts.ts';

/**
 * Returns the net of a line.
 *
 * Source: FirstOfficer's published rule 1, "MRR and revenue include taxes and Stripe fees; discounts and refunds are
 * deducted". Our decision: "Net of a line = amount − discounts + exclusive taxes". Inclusive taxes are part of the amount.
 */
export function computeLineNet({ amount, discounts, taxes }: LineFacts): number {
  return amount - discounts + taxes;
}

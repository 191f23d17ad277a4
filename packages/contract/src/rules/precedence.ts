/** The members of a customer that identify it. */
export interface Identified {
  readonly id: number;
  readonly stripe_id: string;
  readonly extra_id: string | null;
}

/**
 * Returns whether a server may return another customer for an identifier, because that customer takes precedence. The
 * order is: Stripe ID, FirstOfficer ID, extra ID; among equals, the lowest FirstOfficer ID.
 *
 * Source: the parameter `customer` in spec/openapi.yaml.
 */
export function mayAnswerInstead(other: Identified, customer: Identified, identifier: string): boolean {
  const [theirs, ours] = [rankOf(other, identifier), rankOf(customer, identifier)];
  return theirs < ours || (theirs === ours && theirs < NOT_VISIBLE && other.id < customer.id);
}

// The response has no email address, so the tests cannot see whether one matches.
const NOT_VISIBLE = 3;

function rankOf({ id, stripe_id, extra_id }: Identified, identifier: string): number {
  const rank = [stripe_id, String(id), extra_id].indexOf(identifier);
  return rank === -1 ? NOT_VISIBLE : rank;
}

/** The members of a customer that identify it. */
export interface Identified {
  readonly id: number;
  readonly stripe_id: string;
  readonly extra_id: string | null;
}

/**
 * Says whether a server may answer an identifier of one customer with another: when several fit, a Stripe ID wins over a
 * FirstOfficer ID, that over an extra ID, and among equals the lowest FirstOfficer ID wins.
 *
 * Source: the parameter `customer` in spec/openapi.yaml.
 */
export function mayAnswerInstead(other: Identified, customer: Identified, identifier: string): boolean {
  const [theirs, ours] = [rankOf(other, identifier), rankOf(customer, identifier)];
  return theirs < ours || (theirs === ours && theirs < NOT_VISIBLE && other.id < customer.id);
}

// The e-mail address is no member of the customer, so neither its owner nor a mismatch can be seen.
const NOT_VISIBLE = 3;

function rankOf({ id, stripe_id, extra_id }: Identified, identifier: string): number {
  const rank = [stripe_id, String(id), extra_id].indexOf(identifier);
  return rank === -1 ? NOT_VISIBLE : rank;
}

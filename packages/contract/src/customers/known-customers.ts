import { find } from './find.ts';
import type { StoredCustomer } from './stored-customer.ts';

/**
 * Customers as a run can be told of them: each with those of its identifiers that retrieve it, and not another that
 * comes first. Figures are left out: they may be updated at any time.
 *
 * @param all - All customers of the account, if those are not all.
 * @example
 * const customers = knownCustomers(demandingCustomers);
 */
export function knownCustomers(
  customers: readonly StoredCustomer[],
  all: readonly StoredCustomer[] = customers,
): KnownCustomer[] {
  return customers.map((customer) => {
    const { stripe_id, id, extra_id, email } = customer;
    const identifiers = Object.entries({ stripe_id, id: String(id), extra_id, email }).flatMap(([label, value]) =>
      value !== null && find(value, all) === customer ? [{ label, value }] : [],
    );
    return { identifiers, expected: { stripe_id, id, ...(extra_id !== null && { extra_id }) } };
  });
}

/**
 * One way to name a known customer.
 *
 * @example
 * const identifier: Identifier = { label: 'email', value: 'jane@example.com' };
 */
export interface Identifier {
  /** What reports call it, such as `email`: the identifier itself may be personal data and is not in them. */
  readonly label: string;
  /** The identifier before percent-encoding. */
  readonly value: string;
}

/**
 * A customer that the target is known to have.
 *
 * @example
 * const customer: KnownCustomer = { identifiers: [identifier], expected: { id: 1340573 } };
 */
export interface KnownCustomer {
  /** Its identifiers; each must retrieve it. */
  readonly identifiers: readonly Identifier[];
  /** Members that it must have, as far as they are known. */
  readonly expected: Readonly<Record<string, unknown>>;
}

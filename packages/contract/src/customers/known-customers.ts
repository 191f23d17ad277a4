import { find, type StoredCustomer } from './stored-customer.ts';

/**
 * Converts stored customers to the `customers` option of a run. Each has only the identifiers that retrieve it, and not
 * another customer that takes precedence. Figures are left out, because they may be updated at any time.
 *
 * @param all - All customers of the account. Default: `customers`.
 * @example
 * import { demandingCustomers, knownCustomers } from '@firstofficer/contract';
 *
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
 * An identifier of a known customer.
 *
 * @example
 * import type { Identifier } from '@firstofficer/contract';
 *
 * const identifier: Identifier = { label: 'email', value: 'jane@example.com' };
 */
export interface Identifier {
  /** The name of the identifier in reports, such as `email`. Test case names do not have the value, which may be personal data. */
  readonly label: string;
  /** The identifier before percent-encoding. */
  readonly value: string;
}

/**
 * A customer that the target has.
 *
 * @example
 * import type { KnownCustomer } from '@firstofficer/contract';
 *
 * const customer: KnownCustomer = {
 *   identifiers: [{ label: 'email', value: 'jane@example.com' }],
 *   expected: { id: 1340573 },
 * };
 */
export interface KnownCustomer {
  /** The identifiers of the customer. Each must retrieve it. */
  readonly identifiers: readonly Identifier[];
  /** Members with the values that the response must have. */
  readonly expected: Readonly<Record<string, unknown>>;
}

/** Returns why a URL path cannot contain an identifier, or undefined if it can. */
export function explainUnsendable(identifier: string): string | undefined {
  if (identifier === '') return 'is empty';
  // URLs resolve these segments as folders, even if they are percent-encoded.
  if (identifier === '.' || identifier === '..') return `is "${identifier}", which a URL path cannot contain`;
  return identifier.isWellFormed() ? undefined : 'is not valid Unicode';
}

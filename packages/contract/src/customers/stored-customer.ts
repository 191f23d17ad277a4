import type { Customer } from '@firstofficer/client/types';

export type { Customer };

/**
 * A customer as a server stores it. The email address is an identifier, but is not in responses.
 *
 * @example
 * import { demandingCustomers, type StoredCustomer } from '@firstofficer/contract';
 *
 * const [customer]: readonly StoredCustomer[] = demandingCustomers;
 */
export interface StoredCustomer extends Readonly<Customer> {
  readonly email: string | null;
}

/** The members of a customer that identify it. A customer in a response has no email address. */
export type Identified = Pick<Customer, 'id' | 'stripe_id' | 'extra_id'> & { readonly email?: string | null };

/** Returns one kind of identifier of a customer. */
export type Kind = (customer: Identified) => string | null | undefined;

export const byStripeId: Kind = ({ stripe_id }) => stripe_id;
export const byId: Kind = ({ id }) => String(id);
export const byExtraId: Kind = ({ extra_id }) => extra_id;
export const byEmail: Kind = ({ email }) => email;

/** All kinds in order of precedence, as the parameter `customer` in spec/openapi.yaml states it. */
const KINDS = [byStripeId, byId, byExtraId, byEmail];

/** Returns the customer that an identifier retrieves: by the first kind that matches, then by the lowest FirstOfficer ID. */
export function find<T extends Identified>(identifier: string, customers: readonly T[]): T | undefined {
  return findBy(KINDS, (value) => value === identifier, customers);
}

/** Finds a customer by the given kinds of identifiers, in that order. */
export function findBy<T extends Identified>(
  kinds: readonly Kind[],
  matches: (value: string) => boolean,
  customers: readonly T[],
): T | undefined {
  for (const kind of kinds) {
    const found = customers.filter((customer) => {
      const value = kind(customer);
      return typeof value === 'string' && matches(value);
    });
    if (found.length > 0) return found.toSorted((a, b) => a.id - b.id)[0];
  }
  return undefined;
}

import type { StoredCustomer } from './stored-customer.ts';

/** Returns one kind of identifier of a customer. */
export type Kind = (customer: StoredCustomer) => string | null;

export const byStripeId: Kind = ({ stripe_id }) => stripe_id;
export const byId: Kind = ({ id }) => String(id);
export const byExtraId: Kind = ({ extra_id }) => extra_id;
export const byEmail: Kind = ({ email }) => email;

/** All kinds in order of precedence. */
const KINDS = [byStripeId, byId, byExtraId, byEmail];

/** Returns the customer that an identifier retrieves: by the first kind that matches, then by the lowest FirstOfficer ID. */
export function find(identifier: string, customers: readonly StoredCustomer[]): StoredCustomer | undefined {
  return findBy(KINDS, (value) => value === identifier, customers);
}

/** Finds a customer by the given kinds of identifiers, in that order. */
export function findBy(
  kinds: readonly Kind[],
  matches: (value: string) => boolean,
  customers: readonly StoredCustomer[],
): StoredCustomer | undefined {
  for (const kind of kinds) {
    const found = customers.filter((customer) => {
      const value = kind(customer);
      return value !== null && matches(value);
    });
    if (found.length > 0) return lowest(found);
  }
  return undefined;
}

function lowest(found: readonly StoredCustomer[]): StoredCustomer | undefined {
  return found.toSorted((a, b) => a.id - b.id)[0];
}

import type { StoredCustomer } from '../../src/customers/stored-customer.ts';
import { byEmail, byExtraId, byId, byStripeId, find, findBy, type Kind } from '../../src/customers/stored-customer.ts';
import type { Fault } from '../fault.ts';
import { example } from '../server/description.ts';
import type { Variant } from '../server/steps.ts';
import { retrieve, retrieveRaw } from '../test-request.ts';

/** Finds a customer by an identifier. */
export type Find = (identifier: string, customers: readonly StoredCustomer[]) => StoredCustomer | undefined;

/** All kinds in order of precedence. */
export const KINDS = [byStripeId, byId, byExtraId, byEmail];
/** The kinds by their names in faults. */
export const ALL_KINDS: Readonly<Record<string, Kind>> = {
  'Stripe IDs': byStripeId,
  'FirstOfficer IDs': byId,
  'extra IDs': byExtraId,
  'email addresses': byEmail,
};

export const STRIPE_ID = example('stripe_id');
export const ID = example('firstofficer_id');
export const EXTRA_ID = example('extra_id');
export const EMAIL = example('email');
/** An example of each kind. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  'Stripe IDs': STRIPE_ID,
  'FirstOfficer IDs': ID,
  'extra IDs': EXTRA_ID,
  'email addresses': EMAIL,
};

/** Returns faults that affect only customers that are in no example. */
export const own = { onlyKnownCustomers: true };

export function fault(
  name: string,
  check: string,
  variant: Variant,
  triggeredBy: Fault['triggeredBy'],
  more: Partial<Fault> = {},
): Fault {
  return { name, check, variant, ...(triggeredBy && { triggeredBy }), ...more };
}

/** Returns a server that also finds customers by similar identifiers. */
export function finds(name: string, also: Find, identifier: string, more: Partial<Fault> = {}): Fault {
  const variant: Variant = { find: (wanted, customers) => find(wanted, customers) ?? also(wanted, customers) };
  return fault(name, 'exact_match', variant, retrieve(identifier), more);
}

/** Returns a server that changes an identifier before the lookup. */
export function normalizes(name: string, change: (identifier: string) => string, identifier: string): Fault {
  return finds(name, (wanted, customers) => find(change(wanted), customers), identifier);
}

/** Returns a server with another lookup. */
export function looksUp(name: string, check: string, look: Find, identifier: string, more: Partial<Fault> = {}): Fault {
  return fault(name, check, { find: look }, retrieve(identifier), more);
}

/** Returns a server that parses numbers like a programming language or a database. */
export function readsNumbers(name: string, read: (text: string) => number, identifier: string): Fault {
  return finds(name, (wanted, customers) => customers.find(({ id }) => id === read(wanted)), identifier);
}

/** Returns a server that rejects valid identifiers or accepts invalid ones. */
export function reads(
  name: string,
  check: string,
  readable: (identifier: string) => boolean,
  identifier: string,
): Fault {
  return fault(name, check, { isReadable: readable }, retrieve(identifier));
}

export function decodes(
  name: string,
  check: string,
  change: (segment: string) => string | undefined,
  segment: string,
  more: Partial<Fault> = {},
): Fault {
  return fault(name, check, { decode: change }, retrieveRaw(segment), more);
}

/** Returns a lookup by these kinds, in this order. */
export const byKinds =
  (...kinds: readonly Kind[]): Find =>
  (identifier, customers) =>
    findBy(kinds, (value) => value === identifier, customers);

export const sameCase = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

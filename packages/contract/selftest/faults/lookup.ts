import { byEmail, byExtraId, byId, byStripeId, find, findBy, type Kind } from '../../src/customers/stored-customer.ts';
import { createRequest, EMAIL, EXTRA_ID, type FaultyServer, ID, STRIPE_ID } from '../fault.ts';
import type { Find } from '../server/steps.ts';

export { byEmail, byExtraId, byId, byStripeId, find, findBy };

/** The kinds of identifiers in order of precedence, each with its plural and an example. */
export const KINDS = [
  { plural: 'Stripe IDs', kind: byStripeId, identifier: STRIPE_ID },
  { plural: 'FirstOfficer IDs', kind: byId, identifier: ID },
  { plural: 'extra IDs', kind: byExtraId, identifier: EXTRA_ID },
  { plural: 'email addresses', kind: byEmail, identifier: EMAIL },
];

/** Returns a server with this lookup. A request for `identifier` triggers its fault. */
export function looksUp(identifier: string, lookup: Find): FaultyServer {
  return { variant: { find: lookup }, triggeredBy: createRequest(identifier) };
}

/** Returns a server that also finds customers by identifiers that they don't have. */
export function finds(identifier: string, findMore: Find): FaultyServer {
  return looksUp(identifier, (wanted, customers) => find(wanted, customers) ?? findMore(wanted, customers));
}

/** Returns a lookup by these kinds of identifiers, in this order. */
export const createLookup =
  (...kinds: readonly Kind[]): Find =>
  (identifier, customers) =>
    findBy(kinds, (value) => value === identifier, customers);

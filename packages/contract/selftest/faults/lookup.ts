import { byEmail, byExtraId, byId, byStripeId, find, findBy, type Kind } from '../../src/customers/stored-customer.ts';
import { EMAIL, EXTRA_ID, type FaultyServer, ID, retrieve, STRIPE_ID } from '../fault.ts';
import type { Find } from '../server/steps.ts';

export { byEmail, byExtraId, byId, byStripeId, find, findBy };

/** The kinds of identifiers in order of precedence, each with its name in the plural and an example. */
export const KINDS = [
  { names: 'Stripe IDs', kind: byStripeId, identifier: STRIPE_ID },
  { names: 'FirstOfficer IDs', kind: byId, identifier: ID },
  { names: 'extra IDs', kind: byExtraId, identifier: EXTRA_ID },
  { names: 'email addresses', kind: byEmail, identifier: EMAIL },
];

/** Returns a server with another lookup. `identifier` triggers its fault. */
export function looksUp(identifier: string, variantFind: Find): FaultyServer {
  return { variant: { find: variantFind }, triggeredBy: retrieve(identifier) };
}

/** Returns a server that also finds customers by wrong identifiers. */
export function finds(identifier: string, findMore: Find): FaultyServer {
  return looksUp(identifier, (wanted, customers) => find(wanted, customers) ?? findMore(wanted, customers));
}

/** Returns a lookup by these kinds, in this order. */
export const byKinds =
  (...kinds: readonly Kind[]): Find =>
  (identifier, customers) =>
    findBy(kinds, (value) => value === identifier, customers);

export const isSameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

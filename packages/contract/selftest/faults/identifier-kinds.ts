import type { Customer, StoredCustomer } from '../../src/index.ts';
import {
  createRequest,
  createServers,
  EMAIL,
  EXTRA_ID,
  type FaultGroup,
  type FaultyServer,
  foundBy,
  ID,
} from '../fault.ts';
import { CORRECT } from '../server/correct.ts';
import { getIdentifier } from '../server/description.ts';
import type { Find } from '../server/steps.ts';
import { byEmail, byExtraId, byId, byStripeId, createLookup, find, findBy, finds, KINDS, looksUp } from './lookup.ts';

const ALL = KINDS.map(({ kind }) => kind);

/** Returns a lookup that maps the customer that it found to another one, or to none. */
const mapFound =
  (map: (found: StoredCustomer, ...request: Parameters<Find>) => ReturnType<Find>): Find =>
  (wanted, customers) => {
    const found = find(wanted, customers);
    return found && map(found, wanted, customers);
  };

/** Returns a server that renders a customer differently if `isAffected` returns true. */
function renders(
  triggeredBy: string,
  isAffected: (customer: StoredCustomer, identifier: string) => boolean,
  change: (customer: Customer, identifier: string) => unknown,
): FaultyServer {
  const renderCustomer = (stored: StoredCustomer, identifier: string) => {
    const customer = CORRECT.renderCustomer(stored);
    return isAffected(stored, identifier) ? change(customer, identifier) : customer;
  };
  return { variant: { renderCustomer }, triggeredBy: createRequest(triggeredBy) };
}

const isById = ({ id }: Customer, identifier: string) => String(id) === identifier;

const findHighest: Find = mapFound((found, wanted, customers) => {
  const kind = ALL.find((candidate) => candidate(found) === wanted);
  return customers.filter((customer) => kind?.(customer) === wanted).toSorted((a, b) => b.id - a.id)[0];
});

const findFirstStored: Find = (wanted, customers) => {
  for (const kind of ALL) {
    const first = customers.find((customer) => kind(customer) === wanted);
    if (first) return first;
  }
  return undefined;
};

export const identifierKinds: FaultGroup = {
  name: 'kinds of identifiers',
  faults: [
    ...foundBy('example_conformance', [
      ...createServers(
        KINDS,
        ({ plural }) => `does not find customers by ${plural}`,
        ({ kind, identifier }) => looksUp(identifier, createLookup(...ALL.filter((other) => other !== kind))),
      ),
      {
        'does not find lost customers': looksUp(
          getIdentifier('lost_customer'),
          mapFound((found) => (found.current_subscription_count === 0 ? undefined : found)),
        ),
        'returns the wrong customer for an email address': looksUp(
          EMAIL,
          mapFound((found, wanted, customers) =>
            found.email === wanted ? customers[(customers.indexOf(found) + 1) % customers.length] : found,
          ),
        ),
        'treats a FirstOfficer ID as a position in the list': looksUp(ID, (wanted, customers) =>
          /^\d+$/.test(wanted) ? customers[Number(wanted) % customers.length] : find(wanted, customers),
        ),
      },
    ]),
    ...foundBy(
      'known_customer',
      {
        'does not find Stripe IDs without the prefix cus_': looksUp(
          'legacy-4711',
          mapFound((found, wanted) => (found.stripe_id === wanted && !wanted.startsWith('cus_') ? undefined : found)),
        ),
        'looks up digits as a FirstOfficer ID and not as a Stripe ID': looksUp('00815', (wanted, customers) =>
          /^\d+$/.test(wanted) ? createLookup(byId)(wanted, customers) : find(wanted, customers),
        ),
        'does not find FirstOfficer IDs above 2^31': looksUp(
          String(Number.MAX_SAFE_INTEGER),
          mapFound((found) => (found.id > 2 ** 31 ? undefined : found)),
        ),
      },
      { onlyKnownCustomers: true },
    ),
    ...foundBy(
      'same_customer',
      {
        'looks up identifiers with @ as email addresses and not as Stripe IDs': looksUp(
          'imported@customers.example',
          (wanted, customers) =>
            wanted.includes('@') ? createLookup(byEmail)(wanted, customers) : find(wanted, customers),
        ),
        'prefers an extra ID to a Stripe ID': looksUp('acct-7001', createLookup(byExtraId, byStripeId, byId, byEmail)),
        'prefers an email address to a Stripe ID': looksUp(
          'imported@customers.example',
          createLookup(byEmail, byStripeId, byId, byExtraId),
        ),
        'prefers a FirstOfficer ID to a Stripe ID': looksUp(
          '2000105',
          createLookup(byId, byStripeId, byExtraId, byEmail),
        ),
        'prefers an extra ID to a FirstOfficer ID': looksUp(
          '2000112',
          createLookup(byStripeId, byExtraId, byId, byEmail),
        ),
        'prefers an email address to an extra ID': looksUp(
          'both@customers.example',
          createLookup(byStripeId, byId, byEmail, byExtraId),
        ),
        'ignores the order of kinds and returns the lowest FirstOfficer ID': looksUp('acct-7001', (wanted, customers) =>
          findBy(
            [(customer) => (ALL.some((kind) => kind(customer) === wanted) ? wanted : null)],
            () => true,
            customers,
          ),
        ),
        'returns the customer with the highest ID for a shared identifier': looksUp('shared-extra', findHighest),
        'returns the customer that was stored first for a shared identifier': looksUp('shared-extra', findFirstStored),
        'does not find a shared extra ID': looksUp('shared-extra', (wanted, customers) =>
          customers.filter(({ extra_id }) => extra_id === wanted).length > 1 ? undefined : find(wanted, customers),
        ),
      },
      { onlyKnownCustomers: true },
    ),
    ...foundBy('response_schema_conformance', {
      'returns a list of customers for an extra ID': renders(
        EXTRA_ID,
        ({ extra_id }, identifier) => extra_id === identifier,
        (customer) => [customer],
      ),
      'returns a customer without figures for an email address': renders(
        EMAIL,
        ({ email }, identifier) => email === identifier,
        ({ id }) => ({ object: 'customer', id }),
      ),
      'returns id as a string for a FirstOfficer ID': renders(ID, isById, (customer, id) => ({ ...customer, id })),
    }),
    ...foundBy('same_customer', {
      'returns another MRR for a FirstOfficer ID': renders(ID, isById, (customer) => ({
        ...customer,
        current_mrr: customer.current_mrr + 100,
      })),
      'returns the requested identifier as extra_id': renders(
        EMAIL,
        () => true,
        (customer, identifier) => ({ ...customer, extra_id: identifier }),
      ),
    }),
    ...foundBy('exact_match', {
      'finds a customer by its currency': finds('usd', (wanted, customers) =>
        customers.find(({ currency }) => currency === wanted),
      ),
      'finds a customer by its MRR': finds('69900', (wanted, customers) =>
        customers.find(({ current_mrr }) => String(current_mrr) === wanted),
      ),
      'finds a customer by its object': finds('customer', (wanted, customers) =>
        customers.find(({ object }) => object === wanted),
      ),
      'finds a customer by the domain of the email address': finds(
        EMAIL.slice(EMAIL.indexOf('@') + 1),
        (wanted, customers) => customers.find(({ email }) => email?.endsWith(`@${wanted}`)),
      ),
      'finds a customer by the local part of the email address': finds(
        EMAIL.slice(0, EMAIL.indexOf('@')),
        (wanted, customers) => customers.find(({ email }) => email?.startsWith(`${wanted}@`)),
      ),
    }),
  ],
};

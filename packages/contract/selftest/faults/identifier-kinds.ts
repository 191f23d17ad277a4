import { byEmail, byExtraId, byId, byStripeId, find, findBy } from '../../src/customers/stored-customer.ts';
import type { FaultGroup } from '../fault.ts';
import { example } from '../server/description.ts';
import { render } from '../server/render.ts';
import { retrieve } from '../test-request.ts';
import {
  ALL_KINDS,
  byKinds,
  EMAIL,
  EXAMPLES,
  EXTRA_ID,
  type Find,
  fault,
  finds,
  ID,
  KINDS,
  looksUp,
  own,
} from './lookup.ts';

const highest: Find = (identifier, customers) => {
  const found = find(identifier, customers);
  const kind = KINDS.find((candidate) => found && candidate(found) === identifier);
  return customers.filter((customer) => kind?.(customer) === identifier).toSorted((a, b) => b.id - a.id)[0];
};

export const identifierKinds: FaultGroup = {
  name: 'kinds of identifiers',
  faults: [
    ...Object.entries(ALL_KINDS).map(([name, kind]) =>
      looksUp(
        `${name} are not found`,
        'example_conformance',
        byKinds(...KINDS.filter((other) => other !== kind)),
        EXAMPLES[name] ?? '',
      ),
    ),
    looksUp(
      'imported Stripe IDs are not found',
      'positive_data_acceptance',
      (wanted, customers) => {
        const found = find(wanted, customers);
        return found?.stripe_id === wanted && !wanted.startsWith('cus_') ? undefined : found;
      },
      'legacy-4711',
      own,
    ),
    looksUp(
      'lost customers are not found',
      'example_conformance',
      (wanted, customers) => {
        const found = find(wanted, customers);
        return found?.current_subscription_count === 0 ? undefined : found;
      },
      example('lost_customer'),
    ),
    looksUp(
      'what looks like a number is only an ID',
      'positive_data_acceptance',
      (wanted, customers) => (/^\d+$/.test(wanted) ? byKinds(byId)(wanted, customers) : find(wanted, customers)),
      '00815',
      own,
    ),
    looksUp(
      'what has an @ in it is only an email address',
      'same_customer',
      (wanted, customers) => (wanted.includes('@') ? byKinds(byEmail)(wanted, customers) : find(wanted, customers)),
      'imported@customers.example',
      own,
    ),
    looksUp(
      'large FirstOfficer IDs are not found',
      'positive_data_acceptance',
      (wanted, customers) => {
        const found = find(wanted, customers);
        return found && found.id > 2 ** 31 ? undefined : found;
      },
      String(Number.MAX_SAFE_INTEGER),
      own,
    ),
    looksUp(
      'an extra ID comes before a Stripe ID',
      'same_customer',
      byKinds(byExtraId, byStripeId, byId, byEmail),
      'acct-7001',
      own,
    ),
    looksUp(
      'an email address comes before a Stripe ID',
      'same_customer',
      byKinds(byEmail, byStripeId, byId, byExtraId),
      'imported@customers.example',
      own,
    ),
    looksUp(
      'a FirstOfficer ID comes before a Stripe ID',
      'same_customer',
      byKinds(byId, byStripeId, byExtraId, byEmail),
      '2000105',
      own,
    ),
    looksUp(
      'an extra ID comes before a FirstOfficer ID',
      'same_customer',
      byKinds(byStripeId, byExtraId, byId, byEmail),
      '2000112',
      own,
    ),
    looksUp(
      'an email address comes before an extra ID',
      'same_customer',
      byKinds(byStripeId, byId, byEmail, byExtraId),
      'both@customers.example',
      own,
    ),
    looksUp(
      'the lowest ID wins, whatever the kind',
      'same_customer',
      (wanted, customers) =>
        findBy(
          [({ id, ...others }) => (KINDS.some((kind) => kind({ id, ...others }) === wanted) ? wanted : null)],
          (value) => value === wanted,
          customers,
        ),
      'acct-7001',
      own,
    ),
    looksUp('ties go to the highest ID', 'same_customer', highest, 'shared-extra', own),
    looksUp(
      'ties go to the one who was stored first',
      'same_customer',
      (wanted, customers) => {
        for (const kind of KINDS) {
          const first = customers.find((customer) => kind(customer) === wanted);
          if (first) return first;
        }
        return undefined;
      },
      'shared-extra',
      own,
    ),
    looksUp(
      'what is shared is not found',
      'same_customer',
      (wanted, customers) =>
        customers.filter(({ extra_id }) => extra_id === wanted).length > 1 ? undefined : find(wanted, customers),
      'shared-extra',
      own,
    ),
    fault(
      'an extra ID gets a list of customers',
      'response_schema_conformance',
      {
        render: (customer, identifier) => (customer.extra_id === identifier ? [render(customer)] : render(customer)),
      },
      retrieve(EXTRA_ID),
    ),
    fault(
      'an email address gets a customer without figures',
      'response_schema_conformance',
      {
        render: (customer, identifier) =>
          customer.email === identifier ? { object: 'customer', id: customer.id } : render(customer),
      },
      retrieve(EMAIL),
    ),
    fault(
      'a FirstOfficer ID gets other figures',
      'same_customer',
      {
        render: (customer, identifier) =>
          String(customer.id) === identifier
            ? { ...render(customer), current_mrr: customer.current_mrr + 100 }
            : render(customer),
      },
      retrieve(ID),
    ),
    fault(
      'the ID is a string when it was asked for by ID',
      'response_schema_conformance',
      {
        render: (customer, identifier) =>
          String(customer.id) === identifier ? { ...render(customer), id: identifier } : render(customer),
      },
      retrieve(ID),
    ),
    fault(
      'extra_id is what was asked for',
      'same_customer',
      {
        render: (customer, identifier) => ({ ...render(customer), extra_id: identifier }),
      },
      retrieve(EMAIL),
    ),
    looksUp(
      'an email address finds the customer after the right one',
      'example_conformance',
      (wanted, customers) => {
        const found = find(wanted, customers);
        return found?.email === wanted ? customers[(customers.indexOf(found) + 1) % customers.length] : found;
      },
      EMAIL,
    ),
    looksUp(
      'a FirstOfficer ID finds by position',
      'example_conformance',
      (wanted, customers) =>
        /^\d+$/.test(wanted) ? customers[Number(wanted) % customers.length] : find(wanted, customers),
      ID,
    ),
    finds(
      'customers are found by their currency',
      (wanted, customers) => customers.find(({ currency }) => currency === wanted),
      'usd',
    ),
    finds(
      'customers are found by their MRR',
      (wanted, customers) => customers.find(({ current_mrr }) => String(current_mrr) === wanted),
      '69900',
    ),
    finds(
      'customers are found by object',
      (wanted, customers) => customers.find(({ object }) => object === wanted),
      'customer',
    ),
    finds(
      'the domain of an email address finds a customer',
      (wanted, customers) => customers.find(({ email }) => email?.endsWith(`@${wanted}`)),
      EMAIL.slice(EMAIL.indexOf('@') + 1),
    ),
    finds(
      'the name in an email address finds a customer',
      (wanted, customers) => customers.find(({ email }) => email?.startsWith(`${wanted}@`)),
      EMAIL.slice(0, EMAIL.indexOf('@')),
    ),
    finds('me finds a customer', (wanted, customers) => (wanted === 'me' ? customers[0] : undefined), 'me'),
  ],
};

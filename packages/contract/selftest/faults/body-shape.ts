import type { Customer } from '../../src/index.ts';
import {
  createRequest,
  createServers,
  EXTRA_ID,
  type FaultGroup,
  type FaultyServer,
  foundBy,
  STRIPE_ID,
  type TestRequest,
} from '../fault.ts';
import { CORRECT } from '../server/correct.ts';
import { exampleCustomers, getIdentifier } from '../server/description.ts';
import { changeCustomers } from '../variants.ts';

const LOST = createRequest(getIdentifier('lost_customer'));
const WITH_EXTRA_ID = createRequest(EXTRA_ID);

/** The members of a customer with the values of an example. */
const MEMBERS = exampleCustomers.slice(0, 1).flatMap((customer) => Object.entries(CORRECT.renderCustomer(customer)));
const NAMES = MEMBERS.map(([name]) => name);
const INTEGERS = MEMBERS.filter(([, value]) => typeof value === 'number').map(([name]) => name);

/** Returns a server that renders customers differently. */
function rendersAs(change: (customer: Customer) => unknown, triggeredBy?: TestRequest): FaultyServer {
  return { variant: changeCustomers((customer) => change(customer)), ...(triggeredBy && { triggeredBy }) };
}

/** Returns a server that replaces the value of one member. */
function setsMember(member: string, value: unknown): FaultyServer {
  return rendersAs((customer) => ({ ...customer, [member]: value }));
}

/** Returns a server that converts the value of one member. */
function convertsMember(member: string, convert: (value: unknown) => unknown): FaultyServer {
  return rendersAs(mapEntries(([name, value]) => [name, name === member ? convert(value) : value]));
}

/** Returns a function that changes the names and values of all members. */
function mapEntries(convert: (entry: [name: string, value: unknown]) => [name: string, value: unknown]) {
  return (customer: Customer) => Object.fromEntries(Object.entries(customer).map(convert));
}

/** Returns a function that omits some members. */
function withoutMembers(isOmitted: (name: string, value: unknown) => boolean) {
  return (customer: Customer) =>
    Object.fromEntries(Object.entries(customer).filter(([name, value]) => !isOmitted(name, value)));
}

const toCamelCase = (name: string) => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());

export const bodyShape: FaultGroup = {
  name: 'body shape',
  faults: foundBy('response_schema_conformance', [
    ...createServers(
      NAMES,
      (member) => `omits ${member}`,
      (member) => rendersAs(withoutMembers((name) => name === member)),
    ),
    ...createServers(
      NAMES.filter((member) => member !== 'extra_id'),
      (member) => `returns ${member} as null`,
      (member) => setsMember(member, null),
    ),
    ...createServers(
      INTEGERS,
      (member) => `returns ${member} as a string`,
      (member) => convertsMember(member, String),
    ),
    ...createServers(
      INTEGERS,
      (member) => `returns ${member} with a fraction`,
      (member) => convertsMember(member, (value) => Number(value) + 0.5),
    ),
    {
      'returns object as a list': setsMember('object', ['customer']),
      'returns object as "customers"': setsMember('object', 'customers'),
      'returns object as "Customer"': setsMember('object', 'Customer'),
      'returns stripe_id as a number': setsMember('stripe_id', 1234),
      'returns stripe_id as an object': setsMember('stripe_id', { id: STRIPE_ID }),
      'returns an empty stripe_id': setsMember('stripe_id', ''),
      'returns extra_id as a number': setsMember('extra_id', 8812),
      'returns a missing extra_id as false': setsMember('extra_id', false),
      'returns a missing extra_id as an empty string': setsMember('extra_id', ''),
      'omits extra_id if the customer has none': rendersAs(
        withoutMembers((name, value) => name === 'extra_id' && value === null),
      ),
      'returns extra_id as a list': rendersAs(
        (customer) => ({ ...customer, extra_id: [customer.extra_id] }),
        WITH_EXTRA_ID,
      ),
      'returns current_mrr as an object with a currency': setsMember('current_mrr', {
        amount: 69_900,
        currency: 'usd',
      }),
      'returns current_mrr as a list with one amount per subscription': setsMember('current_mrr', [69_900]),
      'returns current_mrr as true': setsMember('current_mrr', true),
      'returns a total_contract_value above 2^53−1': setsMember('total_contract_value', 1e17),
      'returns a total_contract_value below −(2^53−1)': setsMember('total_contract_value', -1e17),
      'returns a negative current_subscription_count': setsMember('current_subscription_count', -1),
      'returns current_subscription_count as a list of IDs': setsMember('current_subscription_count', ['sub_1']),
      'returns id as 0': setsMember('id', 0),
      'returns a negative id': setsMember('id', -1_340_573),
      'returns id as a UUID': setsMember('id', '5f0c7a7e-3b7e-4f2e-9d5a-0a4f1f6f3c11'),
      'returns an id above 2^53−1': setsMember('id', 2 ** 60),
      'returns an empty currency': setsMember('currency', ''),
      'returns a currency of four letters': setsMember('currency', 'usdt'),
      'returns the currency as a symbol': setsMember('currency', '$'),
      'returns the currency as its ISO 4217 number': setsMember('currency', 840),
      'appends a space to the currency': setsMember('currency', 'usd '),
      'appends a line break to the currency': setsMember('currency', 'usd\n'),
      'returns the currency in upper case': convertsMember('currency', (value) => String(value).toUpperCase()),
      'returns member names in camel case': rendersAs(mapEntries(([name, value]) => [toCamelCase(name), value])),
      'returns every value as a string': rendersAs(mapEntries(([name, value]) => [name, String(value)])),
      'omits members that are 0': rendersAs(
        withoutMembers((_, value) => value === 0),
        LOST,
      ),
      'wraps the customer in data': rendersAs((data) => ({ data })),
      'wraps the customer in customer': rendersAs((customer) => ({ customer })),
      'returns the customer in a list': rendersAs((customer) => [customer]),
      'returns the customer in a page of a list': rendersAs((customer) => ({
        object: 'list',
        has_more: false,
        data: [customer],
      })),
      'returns the customer as a list of values': rendersAs((customer) => Object.values(customer)),
      'returns an empty object for a customer': rendersAs(() => ({})),
      'returns null for a customer': rendersAs(() => null),
      'returns true for a customer': rendersAs(() => true),
      'returns only the ID of the customer': rendersAs(({ id }) => id),
      'returns the customer as JSON in a JSON string': rendersAs((customer) => JSON.stringify(customer)),
    },
  ]),
};

/** Faults that conform to the schema, but not to the examples or the rules. */
export const figures: FaultGroup = {
  name: 'figures',
  faults: [
    ...foundBy('example_conformance', {
      'returns amounts in the main unit of the currency': rendersAs((customer) => ({
        ...customer,
        total_contract_value: Math.round(customer.total_contract_value / 100),
        current_mrr: Math.round(customer.current_mrr / 100),
      })),
      'multiplies amounts in yen by 100': rendersAs(
        (customer) => ({
          ...customer,
          current_mrr: customer.currency === 'jpy' ? customer.current_mrr * 100 : customer.current_mrr,
        }),
        createRequest(getIdentifier('zero_decimal_currency')),
      ),
      'returns the revenue of a year as MRR': convertsMember('current_mrr', (mrr) => Number(mrr) * 12),
      'swaps lifetime value and MRR': rendersAs((customer) => ({
        ...customer,
        total_contract_value: customer.current_mrr,
        current_mrr: customer.total_contract_value,
      })),
      'returns usd as the currency of every customer': { ...setsMember('currency', 'usd'), triggeredBy: WITH_EXTRA_ID },
      'returns null as the extra_id of every customer': { ...setsMember('extra_id', null), triggeredBy: WITH_EXTRA_ID },
      'returns a missing extra_id as the text "null"': convertsMember('extra_id', String),
      'removes the prefix of stripe_id': convertsMember('stripe_id', (value) => String(value).replace('cus_', '')),
      'returns stripe_id in lower case': convertsMember('stripe_id', (value) => String(value).toLowerCase()),
      'excludes the current month from the lifetime value': rendersAs((customer) => ({
        ...customer,
        total_contract_value: customer.total_contract_value - customer.current_mrr,
      })),
      'counts one subscription too many': convertsMember('current_subscription_count', (count) => Number(count) + 1),
    }),
    ...foundBy('lost_customer_mrr', {
      'returns MRR for a lost customer': rendersAs(
        (customer) => (customer.current_subscription_count === 0 ? { ...customer, current_mrr: 14_900 } : customer),
        LOST,
      ),
      'returns MRR for a lost customer that is in no example': {
        ...rendersAs((customer) =>
          customer.stripe_id === 'cus_Lost' ? { ...customer, current_mrr: 14_900 } : customer,
        ),
        triggeredBy: createRequest('cus_Lost'),
        onlyKnownCustomers: true,
      },
    }),
    ...foundBy('response_schema_conformance', {
      'rounds amounts to a 32-bit float': {
        ...convertsMember('total_contract_value', (value) => Math.fround(Number(value))),
        triggeredBy: createRequest('cus_Largest'),
        onlyKnownCustomers: true,
      },
    }),
  ],
};

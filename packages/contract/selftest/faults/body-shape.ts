import type { Customer, StoredCustomer } from '../../src/customers/stored-customer.ts';
import type { Fault, FaultGroup } from '../fault.ts';
import { example } from '../server/description.ts';
import { render } from '../server/render.ts';
import type { Variant } from '../server/steps.ts';
import { retrieve } from '../test-request.ts';

/** Returns a server with other customer bodies. */
function triggeredBy(change: (customer: Customer) => unknown): Variant {
  return { render: (customer: StoredCustomer) => change(render(customer)) };
}

type Member = keyof Customer;

const MEMBERS: readonly Member[] = [
  'object',
  'id',
  'stripe_id',
  'extra_id',
  'total_contract_value',
  'current_mrr',
  'current_subscription_count',
  'currency',
];

const INTEGERS = ['id', 'total_contract_value', 'current_mrr', 'current_subscription_count'] as const;

function setTo(member: Member, value: unknown): Omit<Fault, 'name'> {
  return {
    check: 'response_schema_conformance',
    variant: triggeredBy((customer) => ({ ...customer, [member]: value })),
  };
}

/** Faults of the entire body. */
function shape(name: string, change: (customer: Customer) => unknown): Fault {
  return { name, check: 'response_schema_conformance', variant: triggeredBy(change) };
}

function without(members: readonly Member[]): (customer: Customer) => unknown {
  return (customer) =>
    Object.fromEntries(Object.entries(customer).filter(([name]) => !members.some((member) => member === name)));
}

const camelCase = (name: string) => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const withExtraId = retrieve(example('extra_id'));

export const bodyShape: FaultGroup = {
  name: 'body shape',
  faults: [
    ...MEMBERS.map((member) => shape(`${member} is missing`, without([member]))),
    ...MEMBERS.filter((member) => member !== 'extra_id').map((member) => ({
      name: `${member} is null`,
      ...setTo(member, null),
    })),
    ...INTEGERS.map((member) =>
      shape(`${member} is a string`, (customer) => ({ ...customer, [member]: String(customer[member]) })),
    ),
    ...INTEGERS.map((member) =>
      shape(`${member} has a fraction`, (customer) => ({ ...customer, [member]: customer[member] + 0.5 })),
    ),
    { name: 'object is a list of types', ...setTo('object', ['customer']) },
    { name: 'object is another constant', ...setTo('object', 'customers') },
    { name: 'object begins with a capital', ...setTo('object', 'Customer') },
    { name: 'stripe_id is a number', ...setTo('stripe_id', 1234) },
    { name: 'stripe_id is an object, expanded', ...setTo('stripe_id', { id: example('stripe_id') }) },
    { name: 'stripe_id is empty', ...setTo('stripe_id', '') },
    { name: 'extra_id is a number', ...setTo('extra_id', 8812) },
    { name: 'extra_id is false where there is none', ...setTo('extra_id', false) },
    { name: 'extra_id is empty where there is none', ...setTo('extra_id', '') },
    shape('extra_id is left out where there is none', (customer) =>
      customer.extra_id === null ? without(['extra_id'])(customer) : customer,
    ),
    {
      ...shape('extra_id is a list', (customer) => ({ ...customer, extra_id: [customer.extra_id] })),
      triggeredBy: withExtraId,
    },
    { name: 'current_mrr is an object with a currency', ...setTo('current_mrr', { amount: 69_900, currency: 'usd' }) },
    { name: 'current_mrr is a list per subscription', ...setTo('current_mrr', [69_900]) },
    { name: 'current_mrr is true', ...setTo('current_mrr', true) },
    { name: 'total_contract_value is beyond 2^53−1', ...setTo('total_contract_value', 1e17) },
    { name: 'total_contract_value is below −(2^53−1)', ...setTo('total_contract_value', -1e17) },
    { name: 'current_subscription_count is negative', ...setTo('current_subscription_count', -1) },
    { name: 'current_subscription_count is a list of IDs', ...setTo('current_subscription_count', ['sub_1']) },
    { name: 'id is 0', ...setTo('id', 0) },
    { name: 'id is negative, from a signed 32-bit integer', ...setTo('id', -1_340_573) },
    { name: 'id is a UUID', ...setTo('id', '5f0c7a7e-3b7e-4f2e-9d5a-0a4f1f6f3c11') },
    { name: 'id is beyond 2^53−1', ...setTo('id', 2 ** 60) },
    { name: 'currency is empty', ...setTo('currency', '') },
    { name: 'currency has four letters', ...setTo('currency', 'usdt') },
    { name: 'currency is a sign', ...setTo('currency', '$') },
    { name: 'currency is the number of ISO 4217', ...setTo('currency', 840) },
    { name: 'currency ends with a space', ...setTo('currency', 'usd ') },
    { name: 'currency ends with a line break', ...setTo('currency', 'usd\n') },
    shape('currency is in upper case', (customer) => ({ ...customer, currency: customer.currency.toUpperCase() })),
    shape('members are in camel case', (customer) =>
      Object.fromEntries(Object.entries(customer).map(([name, value]) => [camelCase(name), value])),
    ),
    shape('every value is a string', (customer) =>
      Object.fromEntries(Object.entries(customer).map(([name, value]) => [name, String(value)])),
    ),
    {
      ...shape('members that are 0 are left out', (customer) =>
        Object.fromEntries(Object.entries(customer).filter(([, value]) => value !== 0)),
      ),
      triggeredBy: retrieve(example('lost_customer')),
    },
    shape('the customer is wrapped in data', (data) => ({ data })),
    shape('the customer is wrapped in customer', (customer) => ({ customer })),
    shape('the customer is in a list', (customer) => [customer]),
    shape('the customer is a page of a list', (customer) => ({ object: 'list', has_more: false, data: [customer] })),
    shape('the customer is a list of values', (customer) => Object.values(customer)),
    shape('the body is an empty object', () => ({})),
    shape('the body is null', () => null),
    shape('the body is true', () => true),
    shape('the body is the ID alone', ({ id }) => id),
    shape('the customer is JSON within a JSON string', (customer) => JSON.stringify(customer)),
  ],
};

const ofExamples = (name: string, change: (customer: Customer) => unknown): Fault => ({
  name,
  check: 'example_conformance',
  variant: triggeredBy(change),
});

/** Faults that conform to the schema, but not to the examples. */
export const figures: FaultGroup = {
  name: 'figures',
  faults: [
    ofExamples('amounts are in the main unit of the currency', (customer) => ({
      ...customer,
      total_contract_value: Math.round(customer.total_contract_value / 100),
      current_mrr: Math.round(customer.current_mrr / 100),
    })),
    {
      ...ofExamples('amounts in yen are multiplied by 100', (customer) => ({
        ...customer,
        current_mrr: customer.currency === 'jpy' ? customer.current_mrr * 100 : customer.current_mrr,
      })),
      triggeredBy: retrieve(example('zero_decimal_currency')),
    },
    ofExamples('MRR is that of a year', (customer) => ({ ...customer, current_mrr: customer.current_mrr * 12 })),
    ofExamples('lifetime value and MRR are mixed up', (customer) => ({
      ...customer,
      total_contract_value: customer.current_mrr,
      current_mrr: customer.total_contract_value,
    })),
    {
      ...ofExamples('every currency is usd', (customer) => ({ ...customer, currency: 'usd' })),
      triggeredBy: withExtraId,
    },
    {
      ...ofExamples('extra IDs are not shown', (customer) => ({ ...customer, extra_id: null })),
      triggeredBy: withExtraId,
    },
    ofExamples('extra_id is the text null where there is none', (customer) => ({
      ...customer,
      extra_id: String(customer.extra_id),
    })),
    ofExamples('stripe_id has lost its prefix', (customer) => ({
      ...customer,
      stripe_id: customer.stripe_id.replace('cus_', ''),
    })),
    ofExamples('stripe_id is in lower case', (customer) => ({
      ...customer,
      stripe_id: customer.stripe_id.toLowerCase(),
    })),
    ofExamples('the lifetime value does not include the current month', (customer) => ({
      ...customer,
      total_contract_value: customer.total_contract_value - customer.current_mrr,
    })),
    ofExamples('subscriptions are counted once too often', (customer) => ({
      ...customer,
      current_subscription_count: customer.current_subscription_count + 1,
    })),
    {
      name: 'a lost customer has MRR',
      check: 'lost_customer_mrr',
      variant: triggeredBy((customer) => ({
        ...customer,
        current_mrr: customer.current_subscription_count === 0 ? 14_900 : customer.current_mrr,
      })),
      triggeredBy: retrieve(example('lost_customer')),
    },
    {
      name: 'a lost customer that is in no example has MRR',
      check: 'lost_customer_mrr',
      variant: triggeredBy((customer) =>
        customer.stripe_id === 'cus_Lost' ? { ...customer, current_mrr: 14_900 } : customer,
      ),
      triggeredBy: retrieve('cus_Lost'),
      onlyKnownCustomers: true,
    },
    {
      name: 'amounts have gone through a 32-bit float',
      check: 'response_schema_conformance',
      variant: triggeredBy((customer) => ({
        ...customer,
        total_contract_value: Math.fround(customer.total_contract_value),
      })),
      triggeredBy: retrieve('cus_Largest'),
      onlyKnownCustomers: true,
    },
  ],
};

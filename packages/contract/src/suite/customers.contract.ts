import { followLinks, type Operation } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import { exampleCustomers } from '../rules/example-customers.ts';
import { type Identified, mayAnswerInstead } from '../rules/precedence.ts';
import { callConforming, operations, target } from './subject.ts';

const PARAMETER = 'customer';
const operation = operations.find(({ id }) => id === 'retrieveCustomer') as Operation;
const customers = target.customers ?? exampleCustomers(operation, PARAMETER);

type Customer = Identified & Readonly<Record<string, unknown>>;

async function retrieve(identifier: string): Promise<Customer> {
  const { json, status } = await callConforming(operation, { [PARAMETER]: identifier });
  expect(status, `the status of a known customer, GET ${operation.path}`).toBe(200);
  return json as Customer;
}

/** Another customer may answer only if the identifier is its own, too, and it comes first. */
async function expectRetrieves(identifier: string, customer: Customer, what: string): Promise<void> {
  const answer = await retrieve(identifier);
  if (!mayAnswerInstead(answer, customer, identifier)) expect(answer, what).toEqual(customer);
}

describe.each(customers.map((customer, index) => ({ ...customer, number: index + 1 })))(
  'customer $number',
  ({ identifiers, expected }) => {
    const known = identifiers[0]?.value ?? '';

    test('is the one that is expected', async () => {
      expect(await retrieve(known)).toMatchObject(expected);
    });

    test.each(identifiers)('is retrieved by $label', async ({ label, value }) => {
      await expectRetrieves(value, await retrieve(known), label);
    });

    test('is retrieved by every identifier that its response names', async () => {
      const customer = await retrieve(known);

      for (const { name, parameters } of followLinks(operation, '200', customer)) {
        await expectRetrieves(parameters[PARAMETER] ?? '', customer, name);
      }
    });

    test('has no MRR if it is lost', async () => {
      const { current_subscription_count: count, current_mrr: mrr } = await retrieve(known);

      expect(count === 0 && mrr !== 0, `current_subscription_count ${count}, current_mrr ${mrr}`).toBe(false);
    });
  },
);

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
async function expectRetrieves(identifier: string, customer: Customer): Promise<void> {
  const answer = await retrieve(identifier);
  if (!mayAnswerInstead(answer, customer, identifier)) expect(answer).toEqual(customer);
}

const links = Object.keys(operation.responses['200']?.links ?? {});

describe.each(customers.map((customer, index) => ({ ...customer, number: index + 1 })))(
  'customer $number',
  ({ identifiers, expected }) => {
    const [known, ...others] = identifiers;
    const retrieveKnown = () => retrieve(known?.value ?? '');

    test(`is retrieved by ${known?.label}`, async () => {
      expect(await retrieveKnown()).toMatchObject(expected);
    });

    test.each(others)('is retrieved by $label, too', async ({ value }) => {
      await expectRetrieves(value, await retrieveKnown());
    });

    test.each(links)('is retrieved again by what its response names: %s', async (link) => {
      const customer = await retrieveKnown();
      const request = followLinks(operation, '200', customer).find(({ name }) => name === link);

      // A customer need not have an extra ID.
      if (request) await expectRetrieves(request.parameters[PARAMETER] ?? '', customer);
    });

    // JSON Schema could say it with if and then, but the spec's linter then takes valid examples for wrong ones.
    test('has no MRR if it is lost', async () => {
      const { current_subscription_count: count, current_mrr: mrr } = await retrieveKnown();

      expect(count === 0 && mrr !== 0, `current_subscription_count ${count}, current_mrr ${mrr}`).toBe(false);
    });
  },
);

import { followLinks, type Operation } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import { differences } from '../engine/differences.ts';
import { whyUnsendable } from '../identifier.ts';
import { exampleCustomers } from '../rules/example-customers.ts';
import { type Identified, mayAnswerInstead } from '../rules/precedence.ts';
import { callConforming, knownCustomers, operations } from './subject.ts';

const PARAMETER = 'customer';
const operation = operations.find(({ id }) => id === 'retrieveCustomer') as Operation;
const customers = knownCustomers ?? exampleCustomers(operation, PARAMETER);

type Customer = Identified & Readonly<Record<string, unknown>>;

async function retrieve(identifier: string): Promise<Customer> {
  const { json, status } = await callConforming(operation, { [PARAMETER]: identifier });
  expect(status, `the status of a known customer, GET ${operation.path}`).toBe(200);
  return json as Customer;
}

const links = Object.keys(operation.responses['200']?.links ?? {});

/** The values by which the description's links retrieve a customer again, such as its extra ID if it has one. */
function linkedIdentifiers(customer: Customer): string[] {
  return followLinks(operation, '200', customer)
    .map(({ parameters }) => parameters[PARAMETER] ?? '')
    .filter((identifier) => whyUnsendable(identifier) === undefined);
}

describe.each(customers.map((customer, index) => ({ ...customer, number: index + 1 })))(
  'customer $number',
  ({ identifiers, expected }) => {
    const [known, ...others] = identifiers;
    const retrieveKnown = () => retrieve(known?.value ?? '');

    /** Another customer may answer only if the identifier is its own, too, and it comes first. */
    async function expectSameFrom(identifier: string): Promise<void> {
      const customer = await retrieveKnown();
      const answer = await retrieve(identifier);
      if (mayAnswerInstead(answer, customer, identifier) || differences(customer, answer).length === 0) return;
      // The figures may have been updated between the two requests: that is no difference if it is one no more.
      expect(differences(await retrieveKnown(), answer), 'it answers another customer or snapshot').toEqual([]);
    }

    test(`is retrieved by ${known?.label}`, async () => {
      expect(differences(expected, await retrieveKnown()), 'it is not the customer that is expected').toEqual([]);
    });

    test.each(others)('is retrieved by $label, too', async ({ value }) => {
      await expectSameFrom(value);
    });

    test(`is retrieved by all that its response names: ${links.join(', ')}`, async () => {
      const linked = linkedIdentifiers(await retrieveKnown());

      expect(linked.length, 'how many identifiers the response names').toBeGreaterThan(0);
      for (const identifier of linked) await expectSameFrom(identifier);
    });
  },
);

// JSON Schema could say it with if and then, but the spec's linter then takes valid examples for wrong ones.
test('no lost customer has MRR', async () => {
  for (const { identifiers } of customers) {
    const { current_subscription_count: count, current_mrr: mrr } = await retrieve(identifiers[0]?.value ?? '');

    expect(count === 0 && mrr !== 0, 'current_subscription_count is 0, but current_mrr is not').toBe(false);
  }
});

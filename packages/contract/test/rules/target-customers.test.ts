import { loadDescription, type Operation } from '@firstofficer/openapi';
import { expect, type TestContext, test } from 'vitest';
import type { KnownCustomer } from '../../src/customers/known-customers.ts';
import type { Identified } from '../../src/customers/stored-customer.ts';
import { createHttpClient } from '../../src/http/client.ts';
import { addIdentifiers } from '../../src/rules/target-customers.ts';
import { locateSpec } from '../../src/run/context.ts';
import { JANE, known, matchExactly, startCustomersServer } from './customers-server.ts';

async function retrieveCustomer(): Promise<Operation> {
  const [operation] = (await loadDescription(locateSpec(undefined))).operations;
  return operation ?? expect.fail('The description has no operation.');
}

async function addFrom(url: string, context: TestContext, customer: KnownCustomer) {
  const client = createHttpClient(url, 30_000);
  context.onTestFinished(() => client.close());
  return addIdentifiers({ operation: await retrieveCustomer(), target: { url }, client }, customer);
}

/** Adds identifiers from a server that has one customer. */
async function add(context: TestContext, stored: Identified, customer: KnownCustomer) {
  return addFrom(await startCustomersServer(context, matchExactly(stored)), context, customer);
}

test('adds the identifiers that the links of the response name', async (context) => {
  const { identifiers } = await add(context, JANE, known(JANE, 'email'));

  expect(identifiers).toEqual([
    { label: 'email', value: JANE.email },
    { label: 'byStripeId', value: 'cus_1234ABCD' },
    { label: 'byFirstOfficerId', value: '1340573' },
    { label: 'byExtraId', value: 'ws/1' },
  ]);
});

test('keeps known identifiers and expected members', async (context) => {
  const customer = { ...known(JANE, 'extra_id', 'id'), expected: { id: JANE.id } };

  expect(await add(context, JANE, customer)).toEqual({
    identifiers: [...customer.identifiers, { label: 'byStripeId', value: 'cus_1234ABCD' }],
    expected: { id: JANE.id },
  });
});

test.for([
  ['no extra ID', null],
  ['an extra ID that a URL path cannot contain', '..'],
  ['an empty extra ID', ''],
] as const)('adds no identifier for a customer with %s', async ([, extra_id], context) => {
  const { identifiers } = await add(context, { ...JANE, extra_id }, known(JANE, 'id', 'stripe_id'));

  expect(identifiers).toHaveLength(2);
});

test('returns a customer unchanged if it cannot be retrieved', async (context) => {
  const customer = known(JANE, 'id');

  expect(await add(context, { ...JANE, id: 1 }, customer)).toBe(customer);
  expect(await addFrom('http://127.0.0.1:9', context, customer)).toBe(customer);
});

test('returns a customer without identifiers unchanged', async (context) => {
  const nobody = { identifiers: [], expected: {} };

  expect(await add(context, JANE, nobody)).toBe(nobody);
});

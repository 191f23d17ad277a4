import { loadDescription, type Operation } from '@firstofficer/openapi';
import { expect, type TestContext, test } from 'vitest';
import type { KnownCustomer } from '../../src/customers/known-customers.ts';
import { learnIdentifiers } from '../../src/rules/learn-identifiers.ts';
import { openConnection } from '../../src/run/connection.ts';
import { defaultOptions } from '../../src/run/context.ts';
import { specFile } from '../../src/run/description.ts';
import { customersServer, exactly, JANE, known, type Stored } from './customers-server.ts';

async function retrieveCustomer(): Promise<Operation> {
  const [operation] = (await loadDescription(specFile(undefined))).operations;
  return operation ?? expect.fail('The description has no operation.');
}

async function learn(context: TestContext, stored: Stored, customer: KnownCustomer, url?: string) {
  const target = { url: url ?? (await customersServer(context, exactly(stored))) };
  const connection = openConnection(target.url, defaultOptions(target.url));
  context.onTestFinished(() => connection.close());
  return learnIdentifiers(await retrieveCustomer(), target, connection, customer);
}

test('a customer is learnt to have the identifiers that its response links to', async (context) => {
  const { identifiers } = await learn(context, JANE, known(JANE, 'email'));

  expect(identifiers).toEqual([
    { label: 'email', value: JANE.email },
    { label: 'byStripeId', value: 'cus_1234ABCD' },
    { label: 'byFirstOfficerId', value: '1340573' },
    { label: 'byExtraId', value: 'ws/1' },
  ]);
});

test('what is known already keeps its name, and what is expected stays', async (context) => {
  const customer = { ...known(JANE, 'extra_id', 'id'), expected: { id: JANE.id } };

  expect(await learn(context, JANE, customer)).toEqual({
    identifiers: [...customer.identifiers, { label: 'byStripeId', value: 'cus_1234ABCD' }],
    expected: { id: JANE.id },
  });
});

test.for([
  ['no extra ID', null],
  ['one that no URL can carry', '..'],
  ['an empty one', ''],
] as const)('a customer with %s has nothing to be learnt of it', async ([, extra_id], context) => {
  const { identifiers } = await learn(context, { ...JANE, extra_id }, known(JANE, 'id', 'stripe_id'));

  expect(identifiers).toHaveLength(2);
});

test('a customer that cannot be retrieved stays as it is', async (context) => {
  const customer = known(JANE, 'id');

  expect(await learn(context, { ...JANE, id: 1 }, customer)).toBe(customer);
  expect(await learn(context, JANE, customer, 'http://127.0.0.1:9')).toBe(customer);
});

test('a customer without an identifier stays as it is', async (context) => {
  const nobody = { identifiers: [], expected: {} };

  expect(await learn(context, JANE, nobody)).toBe(nobody);
});

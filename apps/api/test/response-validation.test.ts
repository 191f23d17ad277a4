import { expect, type TestContext, test } from 'vitest';
import { loadApiDescription } from '../src/description.ts';
import type { OperationResult } from '../src/server/routes.ts';
import { sqlite } from './databases.ts';
import { createCustomer, retrieve, startServer } from './running-api.ts';

const description = await loadApiDescription();
const { email: _, ...shown } = createCustomer(1);
const valid = { object: 'customer', ...shown };

/** Sends a request to a server that answers every request with one result. */
async function getResponse(context: TestContext, result: OperationResult, validateResponses = true) {
  const handlers = { retrieveCustomer: () => result };
  const parts = { description, handlers, validateResponses };
  const { url, key } = await startServer(context, sqlite, parts);
  return retrieve(url, key, 'cus_1');
}

test('a valid response is sent unchanged', async (context) => {
  const response = await getResponse(context, { status: 200, body: valid });
  expect({ status: response.status, body: await response.json() }).toEqual({ status: 200, body: valid });
});

test('serialization by a schema hides a fraction, and the validation finds it', async (context) => {
  const result = { status: 200, body: { ...valid, current_mrr: 2.5 } };
  expect(await (await getResponse(context, result, false)).json()).toMatchObject({ current_mrr: 2 });
  expect((await getResponse(context, result)).status).toBe(500);
});

test.for<[string, OperationResult]>([
  ['an unknown property', { status: 200, body: { ...valid, name: 'x' } }],
  ['a missing property', { status: 200, body: { ...valid, currency: undefined } }],
  ['an amount as a string', { status: 200, body: { ...valid, current_mrr: '10000' } }],
  ['an amount that is NaN', { status: 200, body: { ...valid, current_mrr: Number.NaN } }],
  ['an undocumented status', { status: 418, body: valid }],
  ['an undocumented status without a body', { status: 204 }],
  ['a missing body', { status: 200 }],
  ['an error in another format', { status: 404, body: { error: 'none' } }],
])('the server answers 500 instead of %s', async ([, result], context) => {
  expect((await getResponse(context, result)).status).toBe(500);
});

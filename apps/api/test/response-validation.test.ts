import Fastify, { type FastifyInstance } from 'fastify';
import { expect, type TestContext, test } from 'vitest';
import { loadApiDescription } from '../src/description.ts';
import type { OperationResult } from '../src/server/handlers.ts';
import { validateResponses } from '../src/server/response-validation.ts';
import { addRoutes } from '../src/server/routes.ts';
import { customer } from './running-api.ts';

const { operations } = await loadApiDescription();
const { email: _, ...shown } = customer(1);
const valid = { object: 'customer', ...shown };

/** Starts a server that answers every request with one result, and sends a request. */
async function serve(
  { onTestFinished }: TestContext,
  result: OperationResult,
  prepare: (app: FastifyInstance) => void,
) {
  const app = Fastify();
  onTestFinished(() => app.close());
  app.decorateRequest('identity', undefined);
  app.addHook('onRequest', async (request) => {
    request.identity = { accountId: 1, keyId: 'key' };
  });
  app.setErrorHandler((_error, _request, reply) => reply.code(500).send());
  prepare(app);
  addRoutes(app, operations, { retrieveCustomer: () => result });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return fetch(`${url}/v2/customers/cus_1`);
}

test('a valid response is sent unchanged', async (context) => {
  const response = await serve(context, { status: 200, body: valid }, validateResponses);
  expect({ status: response.status, body: await response.json() }).toEqual({ status: 200, body: valid });
});

test('serialization by a schema hides a fraction, and the validation finds it', async (context) => {
  const result = { status: 200, body: { ...valid, current_mrr: 2.5 } };
  expect(await (await serve(context, result, () => {})).json()).toMatchObject({ current_mrr: 2 });
  expect((await serve(context, result, validateResponses)).status).toBe(500);
});

test.for<[string, OperationResult]>([
  ['an unknown property', { status: 200, body: { ...valid, name: 'x' } }],
  ['a missing property', { status: 200, body: { ...valid, currency: undefined } }],
  ['an amount as a string', { status: 200, body: { ...valid, current_mrr: '10000' } }],
  ['an amount that is NaN', { status: 200, body: { ...valid, current_mrr: Number.NaN } }],
  ['an undocumented status', { status: 418, body: valid }],
  ['an error in another format', { status: 404, body: { error: 'none' } }],
])('%s is a 500', async ([, result], context) => {
  expect((await serve(context, result, validateResponses)).status).toBe(500);
});

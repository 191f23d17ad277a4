import Fastify, { type FastifyInstance } from 'fastify';
import { expect, type TestContext, test } from 'vitest';
import { apiDescription } from '../src/description.ts';
import type { Outcome } from '../src/server/handlers.ts';
import { validateResponses } from '../src/server/response-validation.ts';
import { addRoutes } from '../src/server/routes.ts';
import { customer } from './running-api.ts';

const { operations } = await apiDescription();
const { email: _, ...shown } = customer(1);
const fit = { object: 'customer', ...shown };

/** Serves one outcome for all requests. */
async function serve({ onTestFinished }: TestContext, outcome: Outcome, prepare: (app: FastifyInstance) => void) {
  const app = Fastify();
  onTestFinished(() => app.close());
  app.decorateRequest('identity', undefined);
  app.addHook('onRequest', async (request) => {
    request.identity = { accountId: 1, keyId: 'key' };
  });
  app.setErrorHandler((_error, _request, reply) => reply.code(500).send());
  prepare(app);
  addRoutes(app, operations, { retrieveCustomer: () => outcome });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return fetch(`${url}/v2/customers/cus_1`);
}

test('a response that the description allows is sent as it is', async (context) => {
  const response = await serve(context, { status: 200, body: fit }, validateResponses);
  expect({ status: response.status, body: await response.json() }).toEqual({ status: 200, body: fit });
});

test('writing by a schema hides a fraction, and the check finds it', async (context) => {
  const outcome = { status: 200, body: { ...fit, current_mrr: 2.5 } };
  expect(await (await serve(context, outcome, () => {})).json()).toMatchObject({ current_mrr: 2 });
  expect((await serve(context, outcome, validateResponses)).status).toBe(500);
});

test.for<[string, Outcome]>([
  ['an unknown member', { status: 200, body: { ...fit, name: 'x' } }],
  ['a missing member', { status: 200, body: { ...fit, currency: undefined } }],
  ['an amount as text', { status: 200, body: { ...fit, current_mrr: '10000' } }],
  ['an amount that is no number', { status: 200, body: { ...fit, current_mrr: Number.NaN } }],
  ['an undocumented status', { status: 418, body: fit }],
  ['an error of another form', { status: 404, body: { error: 'none' } }],
])('%s is a 500', async ([, outcome], context) => {
  expect((await serve(context, outcome, validateResponses)).status).toBe(500);
});

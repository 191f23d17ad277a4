import { createStripeServer, type StripeServerOptions } from '@firstofficer/stripe-server';
import Stripe from 'stripe';
import { expect, onTestFinished, test } from 'vitest';
import { createObjects, NOW } from './account-objects.ts';

const KEY = 'rk_test_51SecretPartOfTheKey';

/** Starts the server, with Stripe's own client. */
async function start(options: StripeServerOptions = {}) {
  const server = await createStripeServer(createObjects({ customers: 12, months: 1 }), { now: NOW, ...options });
  onTestFinished(() => server.close());
  const stripe = new Stripe(KEY, {
    host: '127.0.0.1',
    port: server.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
  return { server, stripe };
}

test("Stripe's own client reads all pages, and objects with expanded members", async () => {
  const { server, stripe } = await start();
  const params = { limit: 5, created: { gte: NOW - 86_400 * 60, lt: NOW } };
  const ids = [];
  for await (const { id } of stripe.customers.list(params)) ids.push(id);
  expect(ids).toHaveLength(12);
  expect(new Set(ids).size).toBe(12);
  expect(server.requests).toHaveLength(3);
  const invoice = await stripe.invoices.retrieve('in_1_0', { expand: ['payments'] });
  expect(invoice.payments?.data).toMatchObject([{ id: 'inpay_1_0', status: 'paid' }]);
  const { data: charges } = await stripe.charges.list({ limit: 1, expand: ['data.balance_transaction'] });
  expect(charges[0]?.balance_transaction).toMatchObject({ object: 'balance_transaction', amount: 1_000 });
  const { data: lines } = await stripe.invoices.listLineItems('in_1_0', { limit: 3 });
  expect(lines).toMatchObject([{ object: 'line_item', amount: 1_000 }]);
});

test("Stripe's own client tells the errors of the server apart", async () => {
  const { server, stripe } = await start({ keys: { [KEY]: { missing: ['rak_dispute_read'] } } });
  const { errors } = Stripe;
  await expect(stripe.disputes.list()).rejects.toBeInstanceOf(errors.StripePermissionError);
  await expect(stripe.customers.retrieve('cus_unknown')).rejects.toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
    requestId: 'req_2',
  });
  server.fail({ status: 429, reason: 'global-rate' });
  await expect(stripe.customers.list()).rejects.toBeInstanceOf(errors.StripeRateLimitError);
  server.fail({ status: 500 });
  await expect(stripe.customers.list()).rejects.toBeInstanceOf(errors.StripeAPIError);
  server.fail({ cut: 'body' });
  await expect(stripe.customers.list()).rejects.toBeInstanceOf(errors.StripeConnectionError);
});

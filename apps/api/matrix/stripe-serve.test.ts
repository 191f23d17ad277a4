import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { createStripeServer, type StripeObject, type StripeServer } from '@firstofficer/stripe-server';
import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { createAccount, createKey } from '../src/accounts.ts';
import { loadSecret } from '../src/api-keys/secret.ts';
import { withDatabase } from '../src/database/open.ts';
import { type Context, type DatabaseKind, databases, sqlite } from '../test/databases.ts';
import { runCommand, startCommand, waitForExit } from '../test/run-command.ts';
import { openInTest, retrieve } from '../test/running-api.ts';

const NOW = Math.floor(Date.now() / 1_000);
const DAY = 86_400;
const SECRET = 'whsec_current';
const CUSTOMERS = 250;

/** Creates customers who have paid 12.00 for a year, a day ago. */
function* createObjects(): Generator<StripeObject> {
  const common = { created: NOW - DAY, currency: 'usd', livemode: false };
  yield { ...common, id: 'price_1', object: 'price', active: true, recurring: { interval: 'year', interval_count: 1 } };
  for (let number = 1; number <= CUSTOMERS; number += 1) yield* createCustomer(number);
}

function createCustomer(number: number): StripeObject[] {
  const common = { created: NOW - DAY + number, currency: 'usd', livemode: false };
  const customer = `cus_${number}`;
  const details = { subscription: `sub_${number}`, subscription_item: `si_${number}`, proration: false };
  const line = {
    id: `il_${number}`,
    object: 'line_item',
    amount: 1_200,
    currency: 'usd',
    quantity: 1,
    period: { start: NOW - DAY, end: NOW + 364 * DAY },
    parent: { type: 'subscription_item_details', subscription_item_details: details },
    pricing: { price_details: { price: 'price_1' } },
  };
  const invoice = {
    ...common,
    id: `in_${number}`,
    object: 'invoice',
    customer,
    status: 'paid',
    status_transitions: { paid_at: NOW - DAY },
    lines: { object: 'list', data: [line], has_more: false },
  };
  return [{ ...common, id: customer, object: 'customer', metadata: {} }, invoice];
}

/** Starts a server of Stripe objects, and creates a database with an account and a key. */
async function prepare(context: Context, kind: DatabaseKind) {
  const stripe = await createStripeServer(createObjects());
  context.onTestFinished(() => stripe.close());
  const location = await kind.create(context);
  const key = await withDatabase(location, async (database) => {
    const accountId = await createAccount(database, 'Acme');
    const secret = await loadSecret(database, location.directory, {});
    return (await createKey(database, secret, { accountId, label: 'test' })).key;
  });
  const env = {
    FIRSTOFFICER_STRIPE_URL: stripe.url,
    FIRSTOFFICER_STRIPE_KEY: 'rk_test_matrix',
    FIRSTOFFICER_STRIPE_WEBHOOK_SECRET: SECRET,
  };
  /** Starts a server. Its first line of output, which is not part of the log, is the URL. */
  const serve = async (...options: readonly string[]) => {
    const server = startCommand(location, ['serve', '--port', '0', '--sync', ...options], env);
    context.onTestFinished(() => void server.kill('SIGKILL'));
    const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
    const findLine = async (pattern: RegExp): Promise<string> => {
      for (;;) {
        const line = (await lines.next()).value ?? expect.fail('The server has ended.');
        if (pattern.test(line)) return line;
      }
    };
    const url = /ready on (\S+)/.exec(await findLine(/ready on/))?.[1] ?? '';
    return { server, url, findLine };
  };
  return { stripe, location, key, serve };
}

/** Waits until the API has a customer with these values. */
async function waitForCustomer(api: { url: string; key: string }, id: string, values: object): Promise<void> {
  for (;;) {
    const response = await retrieve(api.url, api.key, id);
    const customer = Object(await response.json());
    if (Object.entries(values).every(([name, value]) => customer[name] === value)) return;
    await delay(100);
  }
}

/** Waits until a server of Stripe objects gets a request. */
function waitForRequest(stripe: StripeServer, path: string): Promise<void> {
  return new Promise((resolve) => {
    stripe.onRequest((request) => {
      if (request.path === path) resolve();
    });
  });
}

async function stop(server: ChildProcess): Promise<number | null> {
  const exited = waitForExit(server);
  server.kill('SIGTERM');
  return exited;
}

async function send(url: string, event: object): Promise<number> {
  const payload = JSON.stringify(event);
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET });
  const headers = { 'Stripe-Signature': signature };
  return (await fetch(`${url}/stripe/webhook/1`, { method: 'POST', body: payload, headers })).status;
}

describe.each(databases)('serve --sync on $name', (kind) => {
  test.for(['1', '2'])(
    'with %s workers, serves customers from Stripe, and changes after a webhook',
    async (workers, context) => {
      const { stripe, key, serve } = await prepare(context, kind);
      const { server, url } = await serve('--workers', workers);
      await waitForCustomer({ url, key }, `cus_${CUSTOMERS}`, { current_mrr: 100, current_subscription_count: 1 });

      const [customer = expect.fail(), invoice = expect.fail()] = createCustomer(CUSTOMERS + 1);
      stripe.put(customer);
      stripe.put(invoice);
      for (const object of [customer, invoice]) {
        const event = { object: 'event', livemode: false, type: 'created', data: { object } };
        expect(await send(url, event)).toBe(200);
      }
      await waitForCustomer({ url, key }, customer.id, { id: CUSTOMERS + 1, current_mrr: 100 });
      expect(await stop(server)).toBe(0);
    },
  );

  test('SIGTERM in the middle of the first sync stops it, and the next server goes on', async (context) => {
    const { stripe, key, location, serve } = await prepare(context, kind);
    const blocked = Promise.withResolvers<void>();
    context.onTestFinished(() => blocked.resolve());
    stripe.fail({ wait: blocked.promise }, { path: '/v1/invoices', after: 2 });
    const first = await serve();
    await waitForRequest(stripe, '/v1/invoices');
    expect(await stop(first.server)).toBe(0);
    const { server, url } = await serve();
    // Half of the objects would give wrong figures.
    expect((await retrieve(url, key, 'cus_1')).status).toBe(404);
    stripe.clearFaults();
    blocked.resolve();
    const { query } = openInTest(context, location);
    await waitForCustomer({ url, key }, `cus_${CUSTOMERS}`, { current_mrr: 100 });
    expect(await stop(server)).toBe(0);
    const ids = await query.selectFrom('customers').select(['id', 'stripe_id']).orderBy('id').execute();
    expect(ids).toEqual(
      Array.from({ length: CUSTOMERS }, (_, index) => ({ id: index + 1, stripe_id: `cus_${index + 1}` })),
    );
  });

  test('a sync that fails begins again, and the server goes on', async (context) => {
    const { stripe, key, serve } = await prepare(context, kind);
    stripe.fail({ status: 403 }, { path: '/v1/customers', times: 2 });
    const { server, url, findLine } = await serve();
    const line = await findLine(/"sync stopped"/);
    expect(JSON.parse(line)).toMatchObject({ account: 1, waitMs: 1_000, fault: expect.stringContaining('Customers') });
    expect(line).not.toContain('rk_test');
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    await waitForCustomer({ url, key }, 'cus_1', { current_mrr: 100 });
    expect(await stop(server)).toBe(0);
  });
});

describe('serve --sync reports', () => {
  test.for([
    { env: { FIRSTOFFICER_STRIPE_KEY: '' }, code: 2, stderr: '--sync needs a key of Stripe' },
    { env: { FIRSTOFFICER_STRIPE_KEY_1: 'pk_live_1' }, code: 2, stderr: 'not a key that the sync can use' },
    {
      env: { FIRSTOFFICER_STRIPE_KEY: 'rk_test_1' },
      code: 2,
      stderr: 'there are several. Set FIRSTOFFICER_STRIPE_KEY_1',
    },
    {
      env: { FIRSTOFFICER_STRIPE_KEY_1: 'rk_test_1', FIRSTOFFICER_STRIPE_URL: 'http://stripe.example' },
      code: 2,
      stderr: 'FIRSTOFFICER_STRIPE_URL must be an HTTPS URL',
    },
    { env: { FIRSTOFFICER_STRIPE_KEY_9: 'rk_test_1' }, code: 1, stderr: 'Account 9 does not exist' },
  ])('$stderr', async ({ env, code, stderr }, context) => {
    const { location } = await prepare(context, sqlite);
    await withDatabase(location, (database) => createAccount(database, 'Other'));
    const result = await runCommand(location, ['serve', '--sync', '--port', '0'], { env });
    expect(result).toMatchObject({ code, stderr: expect.stringContaining(stderr) });
    expect(result.stderr).not.toContain('k_test_1');
  });
});

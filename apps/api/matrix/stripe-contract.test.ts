import { demandingCustomers, knownCustomers, verifyContract } from '@firstofficer/contract';
import { createStripeServer, type StripeObject } from '@firstofficer/stripe-server';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { createAccount, createKey, updateAccountSettings } from '../src/accounts.ts';
import { loadSecret } from '../src/api-keys/secret.ts';
import { openForCommand, withDatabase } from '../src/database/open.ts';
import { computeExamples } from '../src/seed.ts';
import { parseKey } from '../src/stripe/client/keys.ts';
import { runSync } from '../src/stripe/sync/sync.ts';
import { type Context, databases } from '../test/databases.ts';
import { expectPassed, importAll, startTestApi } from '../test/running-api.ts';
import { readExampleAccount } from './example-account.ts';

type TestCustomer = (typeof demandingCustomers)[number];

const EXTRA_ID_KEY = 'user_id';
/** A year paid, so that the figures stay the same while the test runs. */
const FIGURES = { total_contract_value: 120_000, current_mrr: 10_000, current_subscription_count: 1, currency: 'usd' };
const examples = await computeExamples();
const customers = demandingCustomers.map((customer) => ({ ...customer, ...FIGURES }));

/** Returns what Stripe has of customers who paid for a year that began a day ago. */
function createStripeObjects(): StripeObject[] {
  const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);
  const start = new Date(yesterday).setUTCDate(Math.min(28, yesterday.getUTCDate())) / 1000;
  const paid = Math.floor(start);
  const end = Math.floor(new Date(paid * 1000).setUTCFullYear(yesterday.getUTCFullYear() + 1) / 1000);
  const price = {
    id: 'price_1',
    object: 'price',
    active: true,
    created: paid,
    livemode: false,
    currency: 'usd',
    unit_amount: 120_000,
    recurring: { interval: 'year', interval_count: 1, usage_type: 'licensed' },
  };
  return [price, ...customers.flatMap((customer, index) => createCustomerObjects(customer, { index, paid, end }))];
}

function createCustomerObjects(
  { stripe_id, extra_id, email }: TestCustomer,
  { index, paid, end }: { readonly index: number; readonly paid: number; readonly end: number },
): StripeObject[] {
  const common = { created: paid, livemode: false, currency: 'usd' };
  return [
    {
      ...common,
      id: stripe_id,
      object: 'customer',
      email,
      metadata: extra_id === null ? {} : { [EXTRA_ID_KEY]: extra_id },
    },
    {
      ...common,
      id: `in_${index}`,
      object: 'invoice',
      customer: stripe_id,
      status: 'paid',
      collection_method: 'charge_automatically',
      status_transitions: { paid_at: paid },
      lines: {
        object: 'list',
        has_more: false,
        url: `/v1/invoices/in_${index}/lines`,
        data: [
          {
            id: `il_${index}`,
            object: 'line_item',
            amount: FIGURES.total_contract_value,
            currency: 'usd',
            quantity: 1,
            discount_amounts: [],
            taxes: [],
            period: { start: paid, end },
            parent: {
              type: 'subscription_item_details',
              subscription_item_details: {
                proration: false,
                subscription: `sub_${index}`,
                subscription_item: `si_${index}`,
              },
            },
            pricing: { type: 'price_details', price_details: { price: 'price_1' }, unit_amount_decimal: '120000' },
          },
        ],
      },
    },
    {
      ...common,
      id: `inpay_${index}`,
      object: 'invoice_payment',
      invoice: `in_${index}`,
      amount_paid: FIGURES.total_contract_value,
      payment: { type: 'charge', charge: `ch_${index}` },
      status: 'paid',
      status_transitions: { paid_at: paid },
    },
    {
      ...common,
      id: `ch_${index}`,
      object: 'charge',
      customer: stripe_id,
      amount: FIGURES.total_contract_value,
      amount_captured: FIGURES.total_contract_value,
      captured: true,
      paid: true,
      status: 'succeeded',
    },
  ];
}

/** Creates an account that had imported customers, and whose customers now come from Stripe. Returns its key. */
async function syncAccount(
  context: Context,
  location: Parameters<typeof withDatabase>[0],
): Promise<{ key: string; accountId: number }> {
  const stripe = await createStripeServer([...createStripeObjects(), ...(await readExampleAccount())]);
  context.onTestFinished(() => stripe.close());
  return withDatabase(location, async (database) => {
    const accountId = await createAccount(database, 'Synced');
    // Only the FirstOfficer IDs of the imported customers remain.
    const imported = [...customers, ...examples].map(({ id, stripe_id, object }) => ({
      ...{ id, stripe_id, object, currency: 'gbp' },
      ...{ total_contract_value: 0, current_mrr: 0, current_subscription_count: 0 },
    }));
    await importAll(location, accountId, imported);
    await updateAccountSettings(database, accountId, { extra_id_key: EXTRA_ID_KEY });
    const syncDatabase = openForCommand(location);
    context.onTestFinished(() => syncDatabase.close());
    const synced = await runSync({
      database: syncDatabase,
      account: accountId,
      key: parseKey('rk_test_contract'),
      url: stripe.url,
      log: pino({ enabled: false }),
    });
    expect(synced).toMatchObject({ isComplete: true, customers: customers.length + examples.length });
    const secret = await loadSecret(database, location.directory, {});
    return { accountId, key: (await createKey(database, secret, { accountId, label: 'test' })).key };
  });
}

describe.each(databases)('on $name', (kind) => {
  test('a server whose customers come from Stripe passes the contract tests', async (context) => {
    const location = await kind.create(context);
    const { key } = await syncAccount(context, location);
    const { url } = await startTestApi(context, { database: location });

    const report = await verifyContract({
      target: { url, token: key },
      customers: knownCustomers(customers),
      seed: 20_261_126,
    });
    expectPassed(report);
  });
});

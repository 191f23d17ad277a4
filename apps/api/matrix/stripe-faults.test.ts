import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from '@firstofficer/stripe-server';
import { describe, expect, test } from 'vitest';
import { databases } from '../test/databases.ts';
import { createObjects } from '../test/stripe/account-objects.ts';
import { createSyncedAccount, expectFigures, expectSynced, startStripe } from '../test/stripe/synced-data.ts';

// A function, because a promise that is waited for begins with the fault.
const faults: Readonly<Record<string, () => Fault>> = {
  'rate limits': () => ({ status: 429, reason: 'endpoint-rate' }),
  'rate limits of all endpoints': () => ({ status: 429, reason: 'global-rate', retryAfter: 0 }),
  'rate limits without a reason': () => ({ status: 429 }),
  'locked objects': () => ({ status: 409 }),
  'server errors': () => ({ status: 500 }),
  'unavailable servers': () => ({ status: 503 }),
  'connections that are cut before a response': () => ({ cut: 'before' }),
  'connections that are cut in a response': () => ({ cut: 'body' }),
  'responses that stall': () => ({ stall: true }),
  'slow responses': () => ({ wait: delay(100) }),
  'responses of a proxy': () => ({ body: '<html>' }),
  'responses that are no list': () => ({ body: '{"object":"customer","id":"cus_1"}' }),
  'objects that occur twice': () => ({ repeat: true }),
};

describe.each(databases)('on $name', (kind) => {
  test.for(Object.entries(faults))('%s lose nothing', async ([name, createFault], context) => {
    const stripe = await startStripe(context, createObjects({ customers: 130, months: 2 }));
    const { sync, database, messages } = await createSyncedAccount(context, kind, stripe);
    const isPermanent = name === 'responses that are no list';
    const paths = ['/v1/customers', '/v1/subscriptions', '/v1/prices', '/v1/invoices', '/v1/charges', '/v1/events'];
    const add = () => {
      for (const path of paths) stripe.fail(createFault(), { path, after: 2, times: 2 });
      stripe.fail(createFault(), { path: '/v1/customers/cus_1', times: 2 });
    };
    add();
    const first = sync({ client: { timeoutMs: 400 } });
    if (isPermanent) await expect(first).rejects.toThrow('Stripe did not answer');
    else await first;
    stripe.put({ ...stripe.get('cus_1'), email: 'new@customers.example' });
    stripe.clearFaults();
    if (!isPermanent) add();
    await sync({ client: { timeoutMs: 400 } });
    await expectSynced(context, { stripe, database });
    await expectFigures(stripe, database);
    expect(JSON.stringify(messages)).not.toMatch(/cus_|customers\.example|1234567890/);
  });
});

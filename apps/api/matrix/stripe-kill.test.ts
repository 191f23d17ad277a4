import { setTimeout as delay } from 'node:timers/promises';
import { createRandom } from '@firstofficer/common/testing';
import type { Fault, StripeServer } from '@firstofficer/stripe-server';
import { describe, expect, test } from 'vitest';
import { databases } from '../test/databases.ts';
import { startCommand, waitForExit } from '../test/run-command.ts';
import { createCharge, createObjects, createPaidInvoice, createRefund } from '../test/stripe/account-objects.ts';
import { createSyncedAccount, expectFigures, expectSynced, startStripe } from '../test/stripe/synced-data.ts';

const SEED = Number(process.env.SEED ?? 19);
const KILLS = 20;
const KEY = 'rk_live_1234567890';
const LIVE = { livemode: true };
const CUSTOMERS = 700;

const FAULTS: readonly Fault[] = [
  { status: 429, reason: 'endpoint-rate', retryAfter: 0 },
  { status: 500 },
  { cut: 'before' },
  { cut: 'body' },
  { repeat: true },
];

describe.each(databases)('on $name', (kind) => {
  test(`a sync that is killed at ${KILLS} moments stores what an undisturbed one does, seed ${SEED}`, async (context) => {
    const random = createRandom(SEED);
    const stripe = await startStripe(context, createObjects({ customers: CUSTOMERS, months: 3, ...LIVE }));
    const { location, database, account } = await createSyncedAccount(context, kind, stripe);
    const env = { FIRSTOFFICER_STRIPE_KEY: KEY, FIRSTOFFICER_STRIPE_URL: stripe.url };
    const start = () => {
      const child = startCommand(location, ['sync', '--account', String(account)], env);
      context.onTestFinished(() => void child.kill('SIGKILL'));
      child.stdout.resume();
      child.stderr.resume();
      return child;
    };

    let kills = 0;
    while (kills < KILLS) {
      change(stripe, random);
      const path = ['/v1/customers', '/v1/invoices', '/v1/charges', '/v1/subscriptions', '/v1/events'][random(5)] ?? '';
      stripe.fail(FAULTS[random(FAULTS.length)] ?? { status: 500 }, { path, after: random(4) });
      // Either at a request, or after the last ones, while figures are computed.
      const isLate = random(3) === 0;
      const waitMs = random(isLate ? 1_500 : 150);
      let remaining = isLate ? 1 : 1 + random(45);
      const child = start();
      stripe.onRequest(({ path, params }) => {
        if (!isLate || (path === '/v1/events' && params.limit === '100')) remaining -= 1;
        if (remaining === 0) void delay(waitMs).then(() => child.kill('SIGKILL'));
        // Objects also change while they are read.
        if (random(20) === 0) change(stripe, random);
      });
      const code = await waitForExit(child);
      if (code === null) kills += 1;
      else expect(code).toBe(0);
    }
    stripe.clearFaults();
    stripe.onRequest(undefined);
    expect(await waitForExit(start())).toBe(0);
    await expectSynced(context, { stripe, database, key: KEY });
    await expectFigures(stripe, database);
  }, 600_000);
});

/** Changes some objects, with the events that Stripe sends. */
function change(stripe: StripeServer, random: (limit: number) => number): void {
  stripe.advance(1 + random(30));
  const number = 1 + random(CUSTOMERS);
  const customer = `cus_${number}`;
  const base = { ...LIVE, created: stripe.now };
  const name = `${stripe.now}`;
  const changes = [
    () => stripe.put({ ...stripe.get(customer), id: customer, object: 'customer', email: `${name}@customers.example` }),
    () => stripe.put({ id: `cus_new_${name}`, object: 'customer', ...base, email: null }),
    () => stripe.put(createRefund(`re_${name}`, { ...base, charge: `ch_${number}_1`, amount: 1 })),
    () => {
      const lines = 1 + random(30);
      for (const object of createPaidInvoice(name, { ...base, customer, lines })) stripe.put(object);
    },
    () => {
      const amount = 500 + random(500);
      stripe.put(createCharge(`ch_${number}_0`, { ...base, customer, amount, payment_intent: `pi_${number}_0` }));
    },
  ];
  changes[random(changes.length)]?.();
}

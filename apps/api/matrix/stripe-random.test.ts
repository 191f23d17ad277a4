import { createRandom } from '@firstofficer/common/testing';
import type { Fault, StripeServer } from '@firstofficer/stripe-server';
import { describe, expect, test } from 'vitest';
import { databases } from '../test/databases.ts';
import { createCharge, createObjects, createPaidInvoice, createRefund, NOW } from '../test/stripe/account-objects.ts';
import { createSyncedAccount, expectSynced, startStripe } from '../test/stripe/synced-data.ts';

const SEEDS = [1, 2, 3, 4];
const CUSTOMERS = 120;

const FAULTS: readonly Fault[] = [
  { status: 429 },
  { status: 429, reason: 'endpoint-rate' },
  { status: 429, reason: 'global-concurrency', retryAfter: 0 },
  { status: 500 },
  { status: 503 },
  { status: 409 },
  { cut: 'before' },
  { cut: 'body' },
  { body: '' },
  { repeat: true },
];

/** Changes an object of the account at random. Customers are not deleted: their IDs depend on who saw them before. */
function change(
  stripe: StripeServer,
  { random, number, drafts }: { random: (limit: number) => number; number: number; drafts: string[] },
): void {
  const id = `${1 + random(CUSTOMERS)}`;
  const base = { livemode: false, created: stripe.now };
  const customer = `cus_${id}`;
  const changes: (() => void)[] = [
    () => stripe.put({ ...stripe.get(customer), email: `changed-${number}@customers.example` }),
    () => drafts.length > 0 && stripe.delete(drafts.splice(random(drafts.length), 1).join()),
    () => {
      for (const object of createPaidInvoice(`new_${number}`, { ...base, customer, lines: 1 + random(30) }))
        stripe.put(object);
    },
    () => stripe.put(createRefund(`re_${number}`, { ...base, charge: `ch_${id}_0`, amount: 1 + random(500) })),
    () => stripe.put({ ...stripe.get(`ch_${id}_0`), amount_captured: random(1_000) }),
    () => stripe.put({ ...stripe.get(`sub_${id}`), status: 'canceled' }),
    () => stripe.put({ ...stripe.get(`in_${id}_0`), status: 'void', status_transitions: { paid_at: null } }),
    () =>
      stripe.put(
        createCharge(`ch_late_${number}`, {
          ...base,
          created: stripe.now - random(500),
          customer,
          amount: 100,
          payment_intent: `pi_late_${number}`,
        }),
      ),
    // Without a change: a duplicate, or an event that appears late with an older state.
    () =>
      stripe.addEvent({ type: 'charge.updated', object: stripe.get(`ch_${id}_0`), created: stripe.now - random(500) }),
  ];
  changes[random(changes.length)]?.();
}

describe.each(databases)('on $name', (kind) => {
  test.for(SEEDS)(
    'after faults and changes at any time, a sync ends as an undisturbed one (seed %i)',
    async (seed, context) => {
      const random = createRandom(seed);
      const stripe = await startStripe(context, createObjects({ customers: CUSTOMERS, months: 1 }));
      const { sync, database } = await createSyncedAccount(context, kind, stripe);
      const drafts = Array.from({ length: 20 }, (_, index) => `in_draft_${index}`);
      for (const id of drafts) {
        const [invoice] = createPaidInvoice(id, {
          livemode: false,
          created: NOW - random(9_000_000),
          customer: 'cus_1',
          lines: 1,
        });
        if (invoice)
          stripe.put({ ...invoice, id, status: 'draft', status_transitions: { paid_at: null } }, { event: false });
      }
      let requests = 0;
      stripe.onRequest(() => {
        requests += 1;
        if (random(10) === 0) stripe.advance(random(90));
        if (random(4) === 0) change(stripe, { random, number: requests, drafts });
        const fault = random(5) === 0 ? FAULTS[random(FAULTS.length)] : undefined;
        if (fault) stripe.fail(fault);
      });
      for (let run = 0; run < 3; run += 1) await sync();
      expect(stripe.requests.length).toBeGreaterThan(30);
      stripe.onRequest(undefined);
      stripe.clearFaults();
      expect(stripe.now).toBeGreaterThan(NOW);
      await sync();
      await expectSynced(context, { stripe, database });
    },
  );
});

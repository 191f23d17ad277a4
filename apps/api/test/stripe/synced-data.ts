import { computeSnapshot, createCustomerData, readObject } from '@firstofficer/metrics';
import {
  createStripeServer,
  type StripeObject,
  type StripeServer,
  type StripeServerOptions,
} from '@firstofficer/stripe-server';
import { expect } from 'vitest';
import { createAccount } from '../../src/accounts.ts';
import type { Database } from '../../src/database/database.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { DatabaseLocation } from '../../src/database/open.ts';
import { parseKey } from '../../src/stripe/client/keys.ts';
import { createLimiter } from '../../src/stripe/client/limiter.ts';
import { runSync, type SyncOptions, type SyncResult } from '../../src/stripe/sync/sync.ts';
import { type Context, type DatabaseKind, sqlite } from '../databases.ts';
import { openInTest } from '../running-api.ts';
import { NOW } from './account-objects.ts';

export const TEST_KEY = 'rk_test_1234567890';

/** Starts a server of Stripe objects. Stops it after the test. */
export async function startStripe(
  { onTestFinished }: Pick<Context, 'onTestFinished'>,
  objects: Iterable<StripeObject>,
  options: StripeServerOptions = {},
): Promise<StripeServer> {
  const stripe = await createStripeServer(objects, { now: NOW, ...options });
  onTestFinished(() => stripe.close());
  return stripe;
}

/** An account that a test syncs. */
export interface SyncedAccount {
  readonly location: DatabaseLocation;
  readonly database: Database;
  readonly account: number;
  /** The messages of the log. */
  readonly messages: string[];
  /** Runs a sync in this process. */
  sync(options?: Partial<SyncOptions>): Promise<SyncResult>;
}

/** Creates a database with an account that can be synced with a server. */
export async function createSyncedAccount(
  context: Context,
  kind: DatabaseKind,
  stripe: Pick<StripeServer, 'url'>,
): Promise<SyncedAccount> {
  const location = await kind.create(context);
  const database = openInTest(context, location);
  await migrate(database);
  const account = await createAccount(database, 'Test');
  const messages: string[] = [];
  const write = (...args: unknown[]) => void messages.push(JSON.stringify(args));
  return {
    location,
    database,
    account,
    messages,
    sync: (options = {}) =>
      runSync({
        database,
        account,
        key: parseKey(TEST_KEY),
        url: stripe.url,
        log: { info: write, warn: write, error: write },
        ...options,
        client: {
          backOffMs: 1,
          limiter: createLimiter({ perSecond: 1e6, perEndpoint: 1e6, concurrency: 8 }),
          ...options.client,
        },
      }),
  };
}

/** Returns everything that a sync stores, except for times that depend on when it ran. */
export async function readAll({ query }: Database) {
  const [objects, computed, customers, hints, ranges, syncs] = await Promise.all([
    query
      .selectFrom('stripe_objects')
      .select(['type', 'id', 'customer', 'parent', 'created', 'deleted', 'data'])
      .execute(),
    query.selectFrom('stripe_customers').select(['stripe_id', 'created', 'dirty', 'next_at', 'error']).execute(),
    query.selectFrom('customers').selectAll().orderBy('id').execute(),
    query.selectFrom('stripe_hints').select(['type', 'id']).execute(),
    query.selectFrom('stripe_ranges').selectAll().execute(),
    query.selectFrom('stripe_syncs').select(['state', 'owner', 'failure', 'events_through']).execute(),
  ]);
  // An undisturbed sync never sees what was deleted before it began, except for customers of other objects.
  const known = objects.filter(({ type, deleted }) => deleted === 0 || type === 'customer');
  const states = computed.map(({ dirty, ...row }) => ({ ...row, isWaiting: dirty > 0 }));
  return { objects: sort(known), computed: sort(states), customers, hints: sort(hints), ranges, syncs };
}

function sort<Row>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Expects that a sync has stored the same as an undisturbed one that begins now, on SQLite. */
export async function expectSynced(
  context: Context,
  { stripe, database, key = TEST_KEY }: { stripe: StripeServer; database: Database; key?: string },
): Promise<void> {
  stripe.clearFaults();
  stripe.onRequest(undefined);
  const undisturbed = await createSyncedAccount(context, sqlite, stripe);
  await undisturbed.sync({ key: parseKey(key) });
  expect(await readAll(database)).toEqual(await readAll(undisturbed.database));
}

/** Expects that the figures of all customers are those that the engine computes from the objects of the server. */
export async function expectFigures(stripe: StripeServer, { query }: Database): Promise<void> {
  const stored = await query.selectFrom('stripe_objects').select(['id', 'type']).where('deleted', '=', 0).execute();
  const objects = stored.flatMap(({ id, type }) => {
    const object = stripe.get(id);
    // The server stores expanded objects on their own.
    return type === 'charge' ? [object, stripe.get(String(object.balance_transaction))] : [object];
  });
  const data = createCustomerData(objects.map(readObject));
  const customers = await query.selectFrom('customers').selectAll().orderBy('id').execute();
  const at = Math.floor(Date.now() / 1_000);
  const expected = customers.map(({ stripe_id }) => {
    const facts = data.get(stripe_id) ?? expect.fail(`The customer ${stripe_id} has no objects.`);
    return computeSnapshot(facts, at, { defaultCurrency: 'usd' });
  });
  expect(customers).toMatchObject(expected);
}

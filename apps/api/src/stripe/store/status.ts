import { sql } from 'kysely';
import type { Database } from '../../database/database.ts';
import { MAX_HINT_ATTEMPTS } from './store.ts';
import { IS_PRESENT, isInScope } from './write-objects.ts';

/** How far the sync of an account is. Times are in milliseconds since 1970. */
export interface SyncStatus {
  /** Whether the sync reads real data, and not test data. */
  readonly isLive: boolean;
  readonly apiVersion: string;
  readonly state: string;
  readonly backfillStartedAt: number | null;
  readonly backfilledAt: number | null;
  /** The time up to which changes in Stripe are known. */
  readonly eventsThrough: number | null;
  readonly polledAt: number | null;
  readonly reconciledAt: number | null;
  /** When all young objects are compared with Stripe again. Null: the first sync is not complete. */
  readonly nextReconcileAt: number | null;
  readonly failedAt: number | null;
  /** Why the last attempt failed. */
  readonly failure: string | null;
  /** The number of customers from Stripe. */
  readonly customers: number;
  /** The number of customers with changes that were not computed yet. */
  readonly waitingCustomers: number;
  /** The number of customers that could not be computed. */
  readonly failedCustomers: number;
  /** Some customers that could not be computed, with the reason. */
  readonly failures: readonly { readonly stripeId: string; readonly error: string }[];
  /** The number of objects that must be fetched. */
  readonly hints: number;
  /** The number of objects that could not be fetched, although they were requested several times. */
  readonly failedHints: number;
  /** The stored objects by type. Deleted ones do not count. */
  readonly objects: readonly { readonly type: string; readonly count: number }[];
}

const MAX_FAILURES = 20;

/** The time between two comparisons of the stored objects with those of Stripe. */
export const RECONCILE_MS = 86_400_000;

/** Returns how far the sync of an account is, or undefined if it was never synced. */
export async function readStatus({ query }: Database, accountId: number): Promise<SyncStatus | undefined> {
  const sync = await query
    .selectFrom('stripe_syncs')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (!sync) return undefined;
  const isOfAccount = isInScope({ accountId, livemode: sync.livemode === 1 });
  const count = (condition: string) => sql<number>`coalesce(sum(case when ${sql.raw(condition)} then 1 else 0 end), 0)`;
  const customers = await query
    .selectFrom('stripe_customers')
    .select(({ fn }) => [
      fn.countAll<number>().as('customers'),
      count('dirty > 0').as('waitingCustomers'),
      count('error is not null').as('failedCustomers'),
    ])
    .where(isOfAccount)
    .executeTakeFirstOrThrow();
  const hints = await query
    .selectFrom('stripe_hints')
    .select([
      count(`attempts < ${MAX_HINT_ATTEMPTS}`).as('hints'),
      count(`attempts >= ${MAX_HINT_ATTEMPTS}`).as('failedHints'),
    ])
    .where(isOfAccount)
    .executeTakeFirstOrThrow();
  const failures = await query
    .selectFrom('stripe_customers')
    .select(['stripe_id as stripeId', 'error'])
    .where(isOfAccount)
    .where('error', 'is not', null)
    .orderBy('created')
    .limit(MAX_FAILURES)
    .execute();
  const objects = await query
    .selectFrom('stripe_objects')
    .select(({ fn }) => ['type', fn.countAll<number>().as('count')])
    .where(isOfAccount)
    .where(IS_PRESENT)
    .groupBy('type')
    .orderBy('type')
    .execute();
  return {
    isLive: sync.livemode === 1,
    apiVersion: sync.api_version,
    state: sync.state,
    backfillStartedAt: toMs(sync.backfill_started),
    backfilledAt: sync.backfilled_at,
    eventsThrough: toMs(sync.events_through),
    polledAt: sync.polled_at,
    reconciledAt: sync.reconciled_at,
    nextReconcileAt: sync.backfilled_at === null ? null : (sync.reconciled_at ?? sync.backfilled_at) + RECONCILE_MS,
    failedAt: sync.failed_at,
    failure: sync.failure,
    ...customers,
    ...hints,
    failures: failures.map(({ stripeId, error }) => ({ stripeId, error: error ?? '' })),
    objects,
  };
}

function toMs(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1_000;
}

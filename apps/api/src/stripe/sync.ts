import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { checkAccount } from '../accounts.ts';
import type { Database, SyncRow } from '../database/database.ts';
import { createRanges, readLists } from './backfill.ts';
import { checkKey } from './check-key.ts';
import { createStripeClient, type Retry, STRIPE_VERSION } from './client.ts';
import type { SyncContext } from './context.ts';
import { MAX_EVENT_AGE_S, pollEvents, type SeenEvents } from './events.ts';
import { fetchHints } from './hints.ts';
import type { StripeKey } from './keys.ts';
import { acquireLease } from './lease.ts';
import { createTracker, type Progress, type Tracker } from './progress.ts';
import { recompute } from './recompute.ts';
import { reconcile } from './reconcile.ts';
import { createStripeStore, type SyncState } from './store.ts';
import { StripeError } from './stripe-error.ts';
import { SyncError } from './sync-error.ts';

const POLL_MS = 60_000;
// Webhooks store hints at any time, and figures change by time. To look for both costs a few indexed reads.
const TICK_MS = 5_000;
const RECONCILE_MS = 86_400_000;
const RECOMPUTE_BATCH = 200;

/** How {@link runSync} works. */
export interface SyncOptions {
  /** A connection that only the sync uses. */
  readonly database: Database;
  /** The ID of the account. */
  readonly account: number;
  readonly key: StripeKey;
  /** Whether to go on until `signal` aborts, and to look for changes every minute. Default: false. */
  readonly follow?: boolean;
  /** Whether to read all objects again. Default: a part of them, if the last time was a day ago. */
  readonly reconcile?: boolean;
  /** Ends the sync after the current transaction. */
  readonly signal?: AbortSignal;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Called after each page. */
  readonly onProgress?: (progress: Progress) => void;
  /** The URL of the API. Default: that of Stripe. */
  readonly url?: string;
  /** How long the account stays locked after this process ended without notice. Default: 30 seconds. */
  readonly leaseMs?: number;
  /** The time between two requests for events. Default: 60 seconds. */
  readonly pollMs?: number;
}

/** What a sync did. */
export interface SyncResult {
  /** Whether all changes were read. It is false if `signal` ended the sync before. */
  readonly isComplete: boolean;
  /** The number of objects that were read. */
  readonly objects: number;
  readonly requests: number;
  /** The number of customers whose figures were computed. */
  readonly customers: number;
}

/**
 * Copies the objects of a Stripe account to the database, and computes the figures of its customers. The first time, it
 * reads all objects. Later, it reads only what changed. It can be stopped at any moment, and goes on where it stopped.
 *
 * @throws SyncError if the key lacks a permission, another process syncs the account, or Stripe does not answer.
 * @throws DatabaseError if the database cannot be used.
 * @example
 * const key = parseKey(findKey(process.env, 1));
 * const { customers } = await runSync({ database, account: 1, key, log });
 */
export async function runSync(options: SyncOptions): Promise<SyncResult> {
  const { database, account, key, log, signal = new AbortController().signal } = options;
  await checkAccount(database.query, account);
  const store = createStripeStore(database);
  const scope = { accountId: account, livemode: key.livemode };
  const client = createStripeClient({
    key: key.key,
    ...(options.url !== undefined && { url: options.url }),
    onRetry: (retry) => logRetry(log, retry),
  });
  const tracker = createTracker(client, { log, ...(options.onProgress && { onProgress: options.onProgress }) });
  const context = { client, store, scope, log, signal, onRead: tracker.add };
  const counts = { customers: 0, isComplete: false };
  try {
    const row = await store.readSync(account);
    if (row && (row.livemode === 1) !== key.livemode) throw createModeError(account, row);
    if (!row) {
      // Before anything is stored, so that the account can still be used otherwise.
      await checkKey(context, key);
      await store.writeSync(scope, { api_version: STRIPE_VERSION, state: 'backfilling' });
    }
    const lease = await acquireLease(database, account, options.leaseMs);
    const owned = { ...context, signal: AbortSignal.any([signal, lease.signal]) };
    try {
      if (row) await checkKey(owned, key);
      await new Sync(owned, { options, tracker, counts }).run();
    } finally {
      await lease.release();
    }
  } catch (error) {
    // The reason of the signal that ends the sync is not an error.
    if (!signal.aborted || error !== signal.reason) throw toSyncError(error);
  }
  const result = { ...counts, objects: tracker.objects, requests: client.requests };
  log.info(result, counts.isComplete ? 'synced' : 'stopped');
  return result;
}

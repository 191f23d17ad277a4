import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { checkAccount } from '../../accounts.ts';
import type { Database, SyncRow } from '../../database/database.ts';
import { findDatabaseError } from '../../database/errors.ts';
import { createStripeClient, type Retry, STRIPE_VERSION, type StripeClientOptions } from '../client/client.ts';
import type { StripeKey } from '../client/keys.ts';
import { StripeError } from '../client/stripe-error.ts';
import { recompute } from '../figures/recompute.ts';
import { RECONCILE_MS } from '../store/status.ts';
import { createStripeStore, type SyncState } from '../store/store.ts';
import { createRanges, readLists } from './backfill.ts';
import { checkKey } from './check-key.ts';
import { type SyncContext, SyncError } from './context.ts';
import { MAX_EVENT_AGE_S, pollEvents, type SeenEvents } from './events.ts';
import { fetchHints } from './hints.ts';
import { acquireLease } from './lease.ts';
import { createTracker, type Progress, type Tracker } from './progress.ts';
import { reconcile } from './reconcile.ts';

const POLL_MS = 60_000;
// Webhooks store hints at any time, and figures change by time. To look for both costs a few indexed reads.
const TICK_MS = 5_000;
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
  /** Settings of the client that tests change. */
  readonly client?: Pick<StripeClientOptions, 'backOffMs' | 'limiter' | 'timeoutMs'>;
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
    ...options.client,
    key: key.key,
    ...(options.url !== undefined && { url: options.url }),
    onRetry: (retry) => logRetry(log, retry),
  });
  const tracker = createTracker(client, { log, ...(options.onProgress && { onProgress: options.onProgress }) });
  const ending = new AbortController();
  const ended = AbortSignal.any([signal, ending.signal]);
  const context = { client, store, scope, log, signal: ended, onRead: tracker.add };
  const counts = { customers: 0, isComplete: false };
  tracker.begin('checking the key');
  try {
    const row = await store.readSync(account);
    if (row && (row.livemode === 1) !== key.livemode) throw createModeError(account, row);
    if (!row) {
      // Before anything is stored, so that the account can still be used otherwise.
      await checkKey(context, key);
      await store.writeSync(scope, { api_version: STRIPE_VERSION, state: 'backfilling' });
    }
    const lease = await acquireLease(database, { account, clock: client.clock, leaseMs: options.leaseMs });
    const owned = { ...context, signal: AbortSignal.any([context.signal, lease.signal]) };
    const job: Job = { ...owned, options, tracker, counts, seen: new Map() };
    try {
      await work(job, async () => {
        if (row) await checkKey(owned, key);
      });
    } catch (error) {
      if (!owned.signal.aborted && (error instanceof StripeError || error instanceof SyncError))
        await saveFailure(job, error);
      throw error;
    } finally {
      await lease.release();
    }
  } catch (error) {
    // The reason of the signal that ends the sync is not an error.
    if (!signal.aborted || error !== signal.reason) throw toSyncError(error);
  } finally {
    // If one request failed, others may still wait for Stripe.
    ending.abort();
  }
  const result = { ...counts, objects: tracker.objects, requests: client.requests };
  log.info(result, counts.isComplete ? 'synced' : 'stopped');
  return result;
}

/** A sync while it runs. */
interface Job extends SyncContext {
  readonly options: SyncOptions;
  readonly tracker: Tracker;
  readonly counts: { customers: number; isComplete: boolean };
  readonly seen: SeenEvents;
}

async function work(job: Job, check: () => Promise<void>): Promise<void> {
  const { options, counts, signal } = job;
  const start = async () => {
    await check();
    if ((await readRow(job)).backfilled_at === null) await backfill(job);
    await update(job, { isFirst: true });
    counts.isComplete = true;
  };
  if (!options.follow) return start();
  while (!(await attempt(job, start))) await wait(options.pollMs ?? POLL_MS, signal);
  await follow(job);
}

/** Reads all objects for the first time, or goes on with it. */
async function backfill(job: Job): Promise<void> {
  const { client, store, scope, tracker, log, signal } = job;
  tracker.begin('reading all objects');
  log.info('backfill started');
  let started = (await readRow(job)).backfill_started;
  if (started === null) {
    // By Stripe's clock: later changes are found by their events, which have its times.
    started = (await client.get('/v1/events', { limit: 1 }, signal)).now;
    await save(job, { backfill_started: started, events_through: started });
  }
  await save(job, { state: 'backfilling' });
  let ranges = await store.readRanges(scope);
  if (ranges.length === 0) {
    ranges = createRanges({ lower: 0, upper: started });
    await store.writePage(scope, [], ranges);
  }
  await readLists(job, ranges, { isResumable: true });
  await fetchHints(job, { hasRead: true });
  await save(job, { backfilled_at: Date.now() });
  log.info({ objects: tracker.objects }, 'backfill finished');
}

/** Looks for changes, and computes the figures of the customers that they concern. */
async function update(job: Job, { isFirst }: { readonly isFirst: boolean }): Promise<void> {
  const { store, scope, tracker, log, options, seen } = job;
  const row = await readRow(job);
  // The ranges remain if the process was killed at the end of the first backfill.
  if (isFirst) await store.clearRanges(scope);
  tracker.begin('reading changes');
  // The clock of the machine went back: figures may be those of a later time, and no change was due since then.
  if (Date.now() < (row.polled_at ?? 0)) await store.markLaterComputed(scope, Date.now());
  const since = row.events_through ?? 0;
  const { through, events } = await pollEvents(job, since, seen);
  if (events > 0) log.info({ events }, 'events read');
  // Without all events, or with objects of another version, only reading everything again helps.
  const isStale = through - since > MAX_EVENT_AGE_S || row.api_version !== STRIPE_VERSION;
  const polled = { events_through: through, polled_at: Date.now() };
  if (!isStale) await save(job, polled);
  const isFull = isStale || (isFirst && options.reconcile === true);
  const sinceReconcileMs = Date.now() - (row.reconciled_at ?? row.backfilled_at ?? 0);
  if (isFull || sinceReconcileMs >= RECONCILE_MS || sinceReconcileMs < 0) {
    tracker.begin('comparing with Stripe');
    await reconcile(job, through, isFull);
    await store.retryHints(scope);
    await save(job, { ...polled, reconciled_at: Date.now(), ...(isFull && { api_version: STRIPE_VERSION }) });
    log.info({ isFull }, 'reconciled');
  }
  await applyHints(job, { hasRead: true });
  await save(job, { state: 'synced', failed_at: null, failure: null });
}

async function applyHints(job: Job, { hasRead }: { readonly hasRead: boolean }): Promise<void> {
  const { tracker, counts, signal, scope, log, options } = job;
  const objects = await fetchHints(job, { hasRead });
  if (objects > 0) log.info({ objects }, 'changed objects read');
  const before = counts.customers;
  for (;;) {
    signal.throwIfAborted();
    const { computed, failed } = await recompute(options.database, { scope, now: Date.now(), limit: RECOMPUTE_BATCH });
    if (computed + failed === 0) break;
    counts.customers += computed;
    tracker.begin('computing figures');
  }
  if (counts.customers > before) log.info({ customers: counts.customers - before }, 'figures computed');
}

/** Looks for changes until the signal aborts. */
async function follow(job: Job): Promise<void> {
  const { options, signal } = job;
  const { pollMs = POLL_MS } = options;
  for (let polledAt = performance.now(); ; ) {
    await wait(Math.min(pollMs, TICK_MS), signal);
    await attempt(job, async () => {
      if (performance.now() - polledAt < pollMs) await applyHints(job, { hasRead: false });
      else {
        polledAt = performance.now();
        await update(job, { isFirst: false });
      }
    });
  }
}

/** Returns false if an action failed, and the next attempt may succeed. */
async function attempt(job: Job, action: () => Promise<void>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    const fault = job.signal.aborted ? undefined : findTransientFault(error);
    if (!fault) throw error;
    job.log.error({ fault: fault.message }, 'failed, the sync tries again');
    // The database may be what failed.
    await saveFailure(job, fault).catch(() => {});
    return false;
  }
}

/** Returns the error if the next attempt may succeed: Stripe or the database did not answer, or not as they should. */
function findTransientFault(error: unknown): Error | undefined {
  if (error instanceof StripeError) return ['unavailable', 'refused'].includes(error.fault) ? error : undefined;
  const fault = findDatabaseError(error);
  return fault?.fault === 'unavailable' || fault?.fault === 'locked' ? fault : undefined;
}

async function readRow({ store, scope }: Pick<Job, 'store' | 'scope'>): Promise<SyncRow> {
  const row = await store.readSync(scope.accountId);
  if (!row) throw new SyncError(`The state of account ${scope.accountId} was deleted while it was synced.`);
  return row;
}

/** Changes some columns of the state. */
async function save(job: Job, changes: Partial<SyncState>): Promise<void> {
  const { api_version, state } = await readRow(job);
  await job.store.writeSync(job.scope, { api_version, state, ...changes });
}

async function saveFailure(job: Job, { message }: Error): Promise<void> {
  await save(job, { state: 'failed', failed_at: Date.now(), failure: message });
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
  signal.throwIfAborted();
}

function createModeError(account: number, { livemode }: SyncRow): SyncError {
  const [before, now] = livemode === 1 ? ['real', 'test'] : ['test', 'real'];
  return new SyncError(
    `Account ${account} was synced with ${before} data of Stripe, but the key reads ${now} data. Create another account for it with: account create NAME`,
  );
}

/** Errors of the client get the exit code of a failure. Their property \`code\` would be taken for that of a database. */
function toSyncError(error: unknown): unknown {
  return error instanceof StripeError ? new SyncError(error.message) : error;
}

function logRetry(log: SyncOptions['log'], { isRateLimit, endpoint, reason, attempt, waitMs, requestId }: Retry): void {
  const details = { endpoint, reason, attempt, waitMs: Math.round(waitMs), requestId };
  if (isRateLimit) log.info(details, 'rate limited');
  else log.warn(details, 'request failed, it is sent again');
}

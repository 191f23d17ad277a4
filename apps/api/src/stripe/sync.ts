import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { StripeKey } from './keys.ts';
import type { Progress } from './progress.ts';

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
export async function runSync(_options: SyncOptions): Promise<SyncResult> {
  throw new Error('not written yet');
}

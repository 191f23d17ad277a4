import type { Database } from '../database/database.ts';
import type { StripeScope } from './objects.ts';

/** What {@link recompute} computes. */
export interface RecomputeOptions {
  readonly scope: StripeScope;
  /** The time that figures are computed for, in milliseconds since 1970. */
  readonly now: number;
  /** The maximum number of customers. */
  readonly limit: number;
}

/** What {@link recompute} did. */
export interface Recomputed {
  /** The number of customers that were computed, whether or not their figures changed. */
  readonly computed: number;
  /** The number of customers that could not be computed. They keep their figures. */
  readonly failed: number;
  /** The number of customers that still have changes, or whose figures change by time. */
  readonly remaining: number;
}

/**
 * Computes the figures of customers whose objects changed, or whose figures change by time. New customers get the next
 * IDs of the account, in the order of their creation in Stripe. Call it only after the first backfill is complete and all
 * hints are done, because half a history gives wrong figures.
 *
 * @example
 * let remaining = 1;
 * while (remaining > 0) ({ remaining } = await recompute(database, { scope, now: Date.now(), limit: 1_000 }));
 */
export async function recompute(_database: Database, _options: RecomputeOptions): Promise<Recomputed> {
  throw new Error('not written yet');
}

import type { Database } from '../database/database.ts';

/** How far the sync of an account is. Times are in milliseconds since 1970. */
export interface SyncStatus {
  readonly isLive: boolean;
  readonly apiVersion: string;
  readonly state: string;
  readonly backfillStartedAt: number | null;
  readonly backfilledAt: number | null;
  /** The time up to which changes in Stripe are known. */
  readonly eventsThrough: number | null;
  readonly polledAt: number | null;
  readonly reconciledAt: number | null;
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
}

/** Returns how far the sync of an account is, or undefined if it was never synced. */
export async function readStatus(_database: Database, _accountId: number): Promise<SyncStatus | undefined> {
  throw new Error('not written yet');
}

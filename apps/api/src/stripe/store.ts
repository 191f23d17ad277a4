import type { Database, RangeRow, SyncRow } from '../database/database.ts';
import type { StripeReference, StripeRow, StripeScope } from './objects.ts';

/** A range of creation times that is listed, without the columns of the scope. */
export type Range = Omit<RangeRow, 'account_id' | 'livemode' | 'done'> & { readonly isDone: boolean };

/** An object that may have changed, and must be fetched. */
export interface Hint extends StripeReference {
  /** Increases with every hint. */
  readonly version: number;
  readonly attempts: number;
}

/** What changed with {@link StripeStore.writePage}. */
export interface Written {
  /** The number of objects that are new or different. */
  readonly changed: number;
  /** The number of objects that were not stored: of test clocks, of deleted customers, or with an ID that cannot be stored. */
  readonly ignored: number;
}

/** The state of a sync, without the columns of the scope. */
export type SyncState = Omit<SyncRow, 'account_id' | 'livemode'>;

/** After this number of failed attempts, a hint waits for the next event of its object. */
export const MAX_ATTEMPTS = 8;

/**
 * The tables of the sync. Each function that writes is one transaction, and locks the account on PostgreSQL, so that
 * nothing is lost between processes.
 */
export interface StripeStore {
  /**
   * Stores objects and the progress of ranges in one transaction. Skips objects that are stored in a later state, and
   * changes nothing for equal ones. Marks the customers of changed objects, and adds hints for prices that are unknown.
   */
  writePage(scope: StripeScope, rows: readonly StripeRow[], ranges?: readonly Range[]): Promise<Written>;
  /** Adds hints. A hint that exists gets a higher version, and new attempts. */
  addHints(scope: StripeScope, hints: readonly StripeReference[]): Promise<void>;
  /** Adds hints for customers that are known from other objects only. Returns their number. */
  addCustomerHints(scope: StripeScope): Promise<number>;
  /** Returns hints of a type with attempts left, those with the fewest attempts first. It does not lock them. */
  claimHints(scope: StripeScope, type: string, limit: number): Promise<Hint[]>;
  /** Removes a hint, unless it got a higher version in the meantime. */
  finishHint(scope: StripeScope, hint: Hint): Promise<void>;
  /** Counts a failed attempt. */
  failHint(scope: StripeScope, hint: Hint): Promise<void>;
  /** Returns the ranges of a purpose, by type and then by time. */
  readRanges(scope: StripeScope, purpose: Range['purpose']): Promise<Range[]>;
  /** Removes all ranges of a purpose. */
  clearRanges(scope: StripeScope, purpose: Range['purpose']): Promise<void>;
  /** Returns the IDs of the stored objects of a type that are not deleted and were created in `[from, to)`, in seconds. */
  listIds(scope: StripeScope, type: string, created: { readonly from: number; readonly to: number }): Promise<string[]>;
  /** Returns the newest object of any type that is not deleted, or undefined if none is stored. */
  findNewest(scope: StripeScope): Promise<StripeReference | undefined>;
  /** Returns the state of the sync of an account, and its mode, or undefined if it was never synced. */
  readSync(accountId: number): Promise<SyncRow | undefined>;
  /** Creates or changes the state of the sync of an account. After the first call, imports into the account are refused. */
  writeSync(scope: StripeScope, state: Partial<SyncState> & Pick<SyncState, 'api_version' | 'state'>): Promise<void>;
}

/** Creates the functions that read and write the tables of the sync. */
export function createStripeStore(_database: Database): StripeStore {
  throw new Error('not written yet');
}

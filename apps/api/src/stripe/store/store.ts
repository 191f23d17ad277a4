import { sql } from 'kysely';
import { lockAccount } from '../../accounts.ts';
import type { Database, SyncRow } from '../../database/database.ts';
import { isOneOf } from '../../database/json-rows.ts';
import { runInTransaction } from '../../database/transaction.ts';
import type { StripeReference, StripeRow, StripeScope } from '../objects.ts';
import { dropErased } from './erased.ts';
import { IS_PRESENT, insertHints, isInScope, markAll, type StripeTransaction, writeObjects } from './write-objects.ts';

/** A part of a list: the objects whose `created` is at least `lower` and less than `upper`, in seconds since 1970. */
export interface Range {
  /** The name of the list, such as `invoice`. */
  readonly type: string;
  readonly lower: number;
  /** No two ranges of a list have the same upper end, and it never changes. */
  readonly upper: number;
  /** The ID of the last object that was read. Null if no page was read. */
  readonly cursor: string | null;
  readonly done: boolean;
}

/** An object that may have changed, and must be fetched. */
export interface Hint extends StripeReference {
  /** Increases with every hint. */
  readonly version: number;
  readonly attempts: number;
}

/** What changed with {@link StripeStore.writePage}. */
interface Written {
  /** The number of objects that are new or different. */
  readonly changed: number;
  /** The number of objects that were not stored: of test clocks, of deleted customers, or with an ID that cannot be stored. */
  readonly ignored: number;
}

/** The state of a sync, without the columns of the scope. */
export type SyncState = Omit<SyncRow, 'account_id' | 'livemode'>;

/** After this number of failed attempts, a hint waits for the next event of its object. */
export const MAX_HINT_ATTEMPTS = 8;

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
  /** Marks the customers whose figures are those of a time after `now`, in milliseconds since 1970. */
  markLaterComputed(scope: StripeScope, now: number): Promise<void>;
  /** Returns hints of a type with attempts left, those with the fewest attempts first. It does not lock them. */
  claimHints(scope: StripeScope, type: string, limit: number): Promise<Hint[]>;
  /** Removes hints, except for those that got a higher version in the meantime. */
  finishHints(scope: StripeScope, hints: readonly Hint[]): Promise<void>;
  /** Counts a failed attempt of each hint, except for those that got a higher version in the meantime. */
  failHints(scope: StripeScope, hints: readonly Hint[]): Promise<void>;
  /** Gives all hints new attempts. */
  retryHints(scope: StripeScope): Promise<void>;
  /** Returns the stored ranges, by type and then by time. */
  readRanges(scope: StripeScope): Promise<Range[]>;
  /** Removes all ranges. */
  clearRanges(scope: StripeScope): Promise<void>;
  /** Returns the IDs of the stored objects of a type that are not deleted and were created in `[from, to)`, in seconds. */
  listIds(scope: StripeScope, type: string, created: { readonly from: number; readonly to: number }): Promise<string[]>;
  /** Returns the newest charge, or else the newest customer: Stripe returns both by their IDs for ever. */
  findNewest(scope: StripeScope): Promise<StripeReference | undefined>;
  /** Returns the state of the sync of an account, and its mode, or undefined if it was never synced. */
  readSync(accountId: number): Promise<SyncRow | undefined>;
  /** Creates or changes the state of the sync of an account. After the first call, imports into the account are refused. */
  writeSync(scope: StripeScope, state: Partial<SyncState> & Pick<SyncState, 'api_version' | 'state'>): Promise<void>;
}

// After how many rows the statistics are updated, first and then each time.
const FIRST_STATISTICS = 500;
const STATISTICS_GROWTH = 10;

/**
 * Creates the functions that read and write the tables of the sync.
 *
 * @example
 * const store = createStripeStore(database);
 * await store.writePage(scope, page.data.flatMap((object) => toRows(object, startedAt)));
 */
export function createStripeStore(database: Database): StripeStore {
  const { query, dialect } = database;
  let rowsSinceUpdate = 0;
  let nextUpdate = FIRST_STATISTICS;
  return {
    async writePage(scope, rows, ranges = []) {
      const written = await write(scope, async (transaction) => {
        const result = await writeObjects(transaction, rows);
        await writeRanges(transaction, ranges);
        return result;
      });
      await updateStatistics(rows.length);
      return written;
    },
    addHints: (scope, hints) =>
      write(scope, async (transaction) => {
        const kept = await dropErased(transaction.db, scope.accountId, hints);
        const again = sql`do update set version = known.version + 1, received_at = excluded.received_at, attempts = 0`;
        await insertHints(transaction, kept, again);
      }),
    addCustomerHints: (scope) =>
      write(scope, async (transaction) => {
        const unknown = await transaction.db
          .selectFrom('stripe_customers')
          .select('stripe_id')
          .where(isInScope(scope))
          .where('created', 'is', null)
          .execute();
        await insertHints(
          transaction,
          unknown.map(({ stripe_id }) => ({ type: 'customer', id: stripe_id })),
          sql`do nothing`,
        );
        return unknown.length;
      }),
    markLaterComputed: (scope, now) => write(scope, (transaction) => markAll(transaction, sql`computed_at > ${now}`)),
    claimHints: (scope, type, limit) =>
      query
        .selectFrom('stripe_hints')
        .select(['type', 'id', 'version', 'attempts'])
        .where(isInScope(scope))
        .where('type', '=', type)
        .where('attempts', '<', MAX_HINT_ATTEMPTS)
        .orderBy('attempts')
        .orderBy('received_at')
        .limit(limit)
        .execute(),
    finishHints: (scope, hints) =>
      write(scope, async ({ db }) => {
        for (const hint of hints) await db.deleteFrom('stripe_hints').where(isHint(scope, hint)).execute();
      }),
    failHints: (scope, hints) =>
      write(scope, async ({ db }) => {
        for (const hint of hints) {
          const increase = db.updateTable('stripe_hints').set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }));
          await increase.where(isHint(scope, hint)).execute();
        }
      }),
    retryHints: (scope) =>
      write(scope, async ({ db }) => {
        await db.updateTable('stripe_hints').set({ attempts: 0 }).where(isInScope(scope)).execute();
      }),
    async readRanges(scope) {
      const rows = await query
        .selectFrom('stripe_ranges')
        .select(['type', 'lower', 'upper', 'cursor', 'done'])
        .where(isInScope(scope))
        .orderBy('type')
        .orderBy('upper')
        .execute();
      return rows.map((row) => ({ ...row, done: row.done === 1 }));
    },
    clearRanges: (scope) =>
      write(scope, async ({ db }) => {
        await db.deleteFrom('stripe_ranges').where(isInScope(scope)).execute();
      }),
    async listIds(scope, type, { from, to }) {
      const rows = await query
        .selectFrom('stripe_objects')
        .select('id')
        .where(isInScope(scope))
        .where('type', '=', type)
        .where('created', '>=', from)
        .where('created', '<', to)
        .where(IS_PRESENT)
        .execute();
      return rows.map(({ id }) => id);
    },
    async findNewest(scope) {
      const newest = query
        .selectFrom('stripe_objects')
        .select(['type', 'id'])
        .where(isInScope(scope))
        .where(IS_PRESENT)
        .where('data', 'is not', null)
        .orderBy('created', 'desc')
        .limit(1);
      const charge = await newest.where('type', '=', 'charge').executeTakeFirst();
      return charge ?? newest.where('type', '=', 'customer').executeTakeFirst();
    },
    readSync: (accountId) =>
      query.selectFrom('stripe_syncs').selectAll().where('account_id', '=', accountId).executeTakeFirst(),
    writeSync: (scope, state) =>
      write(scope, async ({ db }) => {
        const row = { account_id: scope.accountId, livemode: Number(scope.livemode), ...state };
        await db
          .insertInto('stripe_syncs')
          .values(row)
          .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
          .execute();
      }),
  };

  /** Lets PostgreSQL count the rows of growing tables. Without it, it would read all of them to find a few. */
  async function updateStatistics(rows: number): Promise<void> {
    rowsSinceUpdate += rows;
    if (dialect !== 'postgres' || rowsSinceUpdate < nextUpdate) return;
    rowsSinceUpdate = 0;
    nextUpdate *= STATISTICS_GROWTH;
    // If it fails, the server does the same later.
    await sql`analyze stripe_objects, stripe_customers`.execute(query).catch(() => {});
  }

  function write<T>(scope: StripeScope, action: (transaction: StripeTransaction) => Promise<T>): Promise<T> {
    return runInTransaction(database, async (db) => {
      if (dialect === 'postgres') await lockAccount(db, scope.accountId);
      return action({ db, dialect, scope });
    });
  }

  function isHint(scope: StripeScope, { type, id, version }: Hint) {
    const isSame = isOneOf(dialect, 'id', [id]);
    return sql<boolean>`${isInScope(scope)} and type = ${type} and ${isSame} and version = ${version}`;
  }
}

async function writeRanges({ db, scope }: StripeTransaction, ranges: readonly Range[]): Promise<void> {
  for (const range of ranges) {
    const row = { ...range, account_id: scope.accountId, livemode: Number(scope.livemode), done: Number(range.done) };
    const { lower, cursor, done } = row;
    await db
      .insertInto('stripe_ranges')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'livemode', 'type', 'upper']).doUpdateSet({ lower, cursor, done }),
      )
      .execute();
  }
}

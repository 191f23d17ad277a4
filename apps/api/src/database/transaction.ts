import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Database, Schema } from './database.ts';
import { findDatabaseError, toDatabaseError } from './errors.ts';

/**
 * Runs an action in one transaction, and rolls it back if the action throws. On SQLite, the transaction takes the write
 * lock first: one that reads before it writes would fail if another process wrote in between.
 *
 * @param action - Its queries must use the connection that it gets.
 * @example
 * await runInTransaction(database, async (db) => {
 *   await db.updateTable('api_keys').set({ label }).where('id', '=', id).execute();
 *   await recordChange(db, { command: 'key update', subject: id });
 * });
 */
export function runInTransaction<T>(
  { query, dialect }: Pick<Database, 'query' | 'dialect'>,
  action: (db: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  // Whatever the default of the role is: a statement sees what other transactions committed while it waited for their locks.
  if (dialect === 'postgres') return query.transaction().setIsolationLevel('read committed').execute(action);
  return query.connection().execute(async (db) => {
    await beginImmediate(db);
    try {
      const result = await action(db);
      await sql`commit`.execute(db);
      return result;
    } catch (error) {
      // Some errors, such as a full disk, have already rolled back the transaction.
      await sql`rollback`.execute(db).catch(() => {});
      throw error;
    }
  });
}

// How long to wait before the next attempt. Random, so that processes that started together do not try again together.
const MIN_PAUSE_MS = 5;
const MAX_PAUSE_MS = 25;

/**
 * Repeats an action while the database is locked by another process. Waits without blocking this one.
 *
 * @param waitMs - For how long to repeat it.
 * @throws DatabaseError with the fault `locked` if the time is over.
 * @example
 * await retryWhileLocked(() => store.addHints(scope, hints), 2_000);
 */
export async function retryWhileLocked<T>(action: () => Promise<T>, waitMs: number): Promise<T> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    try {
      return await action();
    } catch (error) {
      const fault = findDatabaseError(error);
      if (!fault) throw error;
      if (fault.fault !== 'locked' || performance.now() >= deadline) throw fault;
      await delay(MIN_PAUSE_MS + Math.random() * (MAX_PAUSE_MS - MIN_PAUSE_MS));
    }
  }
}

/**
 * Begins a transaction of SQLite with the write lock. While SQLite itself waits for a lock, its process does nothing else,
 * and would wait in vain for another connection of the same process. So this function tries again and again.
 *
 * @param waitMs - How long to wait while another connection writes. Default: as long as other statements wait.
 * @throws DatabaseError with the fault `locked` if the time is over.
 */
export async function beginImmediate(db: Kysely<Schema>, waitMs?: number): Promise<void> {
  const { rows } = await sql<{ timeout: number }>`pragma busy_timeout`.execute(db);
  const usualMs = rows[0]?.timeout ?? 0;
  const begin = () =>
    sql`begin immediate`.execute(db).catch((error: unknown) => {
      throw toDatabaseError(error);
    });
  await sql`pragma busy_timeout = 0`.execute(db);
  try {
    await retryWhileLocked(begin, waitMs ?? usualMs);
  } finally {
    await sql`pragma busy_timeout = ${sql.lit(usualMs)}`.execute(db);
  }
}

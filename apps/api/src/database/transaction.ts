import { type Kysely, sql } from 'kysely';
import type { Database, Schema } from './database.ts';

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
  if (dialect === 'postgres') return query.transaction().execute(action);
  return query.connection().execute(async (db) => {
    await sql`begin immediate`.execute(db);
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

import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Database } from './database.ts';
import { DatabaseError, databaseError } from './errors.ts';
import { accountsKeysCustomers } from './migrations/0001-accounts-keys-customers.ts';

/** All migrations, in their order. One that has been released is never changed. */
const MIGRATIONS = { '0001-accounts-keys-customers': accountsKeysCustomers };

/**
 * Brings the tables of a database up to date. Of several processes that try at once, one does it and the others wait.
 *
 * @returns The names of the migrations that were missing.
 * @throws DatabaseError if it cannot be reached, or was made by a newer version.
 */
export async function migrate({ query, dialect }: Database): Promise<string[]> {
  const migrations = Object.entries(MIGRATIONS).map(([name, up]): [string, Migration] => [
    name,
    { up: (db) => up(db, dialect) },
  ]);
  const migrator = new Migrator({
    db: query,
    provider: { getMigrations: async () => Object.fromEntries(migrations) },
  });
  await refuseNewer(query);
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw databaseError(error);
  return results.map(({ migrationName }) => migrationName);
}

async function refuseNewer(query: Database['query']): Promise<void> {
  const tables = await query.introspection.getTables({ withInternalKyselyTables: true }).catch((error: unknown) => {
    throw databaseError(error);
  });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(query);
  const unknown = rows.map(({ name }) => name).filter((name) => !(name in MIGRATIONS));
  if (unknown.length > 0) {
    throw new DatabaseError(
      'newer',
      `The database was made by a newer version, which ran ${unknown.join(', ')}. Install that version or a later one.`,
    );
  }
}

import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Database } from './database.ts';
import { DatabaseError, toDatabaseError } from './errors.ts';
import { accountsKeysCustomers } from './migrations/0001-accounts-keys-customers.ts';

/** All migrations, in order. A released migration never changes. */
const MIGRATIONS = { '0001-accounts-keys-customers': accountsKeysCustomers };

/**
 * Runs the missing migrations. If several processes call it at once, one runs the migrations and the others wait.
 *
 * @returns The names of the migrations that ran.
 * @throws DatabaseError if the database cannot be reached, or was created by a newer version.
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
  await checkVersion(query);
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw toDatabaseError(error);
  return results.map(({ migrationName }) => migrationName);
}

async function checkVersion(query: Database['query']): Promise<void> {
  const tables = await query.introspection.getTables({ withInternalKyselyTables: true }).catch((error: unknown) => {
    throw toDatabaseError(error);
  });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(query);
  const unknown = rows.map(({ name }) => name).filter((name) => !(name in MIGRATIONS));
  if (unknown.length > 0) {
    throw new DatabaseError(
      'newer',
      `The database was created by a newer version, which ran ${unknown.join(', ')}. Install that version or a later one.`,
    );
  }
}

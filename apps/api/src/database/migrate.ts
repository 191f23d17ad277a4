import { readdir } from 'node:fs/promises';
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Database, Dialect } from './database.ts';
import { DatabaseError, toDatabaseError } from './errors.ts';

/** The module of a migration. A released migration never changes. */
interface MigrationModule {
  up(db: Kysely<unknown>, dialect: Dialect): Promise<void>;
}

/** The migrations run in the order of their names, which begin with a number. */
const FOLDER = new URL('./migrations/', import.meta.url);
const FILE_NAME = /^(\d{4}-[a-z0-9-]+)\.[jt]s$/;

/**
 * Runs the missing migrations. If several processes call it at once, one runs the migrations and the others wait.
 *
 * @returns The names of the migrations that ran.
 * @throws DatabaseError if the database cannot be reached, or was created by a newer version.
 */
export async function migrate({ query, dialect }: Database): Promise<string[]> {
  const migrations = await loadMigrations(dialect);
  const migrator = new Migrator({ db: query, provider: { getMigrations: async () => migrations } });
  await checkVersion(query, Object.keys(migrations));
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw toDatabaseError(error);
  return results.map(({ migrationName }) => migrationName);
}

/** Loads all migrations from their folder, by name. */
async function loadMigrations(dialect: Dialect): Promise<Record<string, Migration>> {
  const files = (await readdir(FOLDER)).toSorted();
  const migrations = files.map(async (file): Promise<[string, Migration][]> => {
    const name = FILE_NAME.exec(file)?.[1];
    if (name === undefined) return [];
    const { up }: MigrationModule = await import(new URL(file, FOLDER).href);
    return [[name, { up: (db) => up(db, dialect) }]];
  });
  return Object.fromEntries((await Promise.all(migrations)).flat());
}

/** Throws a DatabaseError if the database has migrations that this version does not know. */
async function checkVersion(query: Database['query'], known: readonly string[]): Promise<void> {
  const tables = await query.introspection.getTables({ withInternalKyselyTables: true }).catch((error: unknown) => {
    throw toDatabaseError(error);
  });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(query);
  const unknown = rows.map(({ name }) => name).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new DatabaseError(
      'newer',
      `The database was created by a newer version, which ran ${unknown.join(', ')}. Install that version or a later one.`,
    );
  }
}

import { readdir } from 'node:fs/promises';
import { type Kysely, sql } from 'kysely';
import { recordChange } from '../audit.ts';
import type { Database, Dialect, Schema } from './database.ts';
import { DatabaseError, toDatabaseError } from './errors.ts';
import { runInTransaction } from './transaction.ts';

/** The module of a migration. A released migration never changes. */
interface MigrationModule {
  up(db: Kysely<Schema>, dialect: Dialect): Promise<void>;
}

interface Migration extends MigrationModule {
  readonly name: string;
}

/** The migrations run in the order of their names, which begin with a number. */
const FOLDER = new URL('./migrations/', import.meta.url);
const FILE_NAME = /^(\d{4}-[a-z0-9-]+)\.[jt]s$/;

// The number of the lock in PostgreSQL. It is the one that Kysely's own migrator takes.
const LOCK = '3853314791062309107';

/**
 * Runs the missing migrations in one transaction. If several processes call it at once, one runs the migrations and the
 * others wait.
 *
 * @returns The names of the migrations that ran.
 * @throws DatabaseError if the database cannot be reached or does not store text as UTF-8, or if it was created by a newer
 * version.
 */
export async function migrate(database: Database): Promise<string[]> {
  const migrations = await loadMigrations();
  return runMissing(database, migrations).catch((error: unknown) => {
    throw toDatabaseError(error);
  });
}

async function runMissing(database: Database, migrations: readonly Migration[]): Promise<string[]> {
  const { query, dialect } = database;
  if (dialect === 'postgres') await checkEncoding(query);
  // Without a missing migration, nothing is locked. So a server starts while an import is writing.
  const isNew = !(await hasTable(database));
  if (!isNew && (await findMissing(query, migrations)).length === 0) return [];
  return runInTransaction(database, async (locked) => {
    if (dialect === 'postgres') await lock(locked);
    await locked.schema
      .createTable('kysely_migration')
      .ifNotExists()
      .addColumn('name', 'varchar(255)', (column) => column.primaryKey())
      .addColumn('timestamp', 'varchar(255)', (column) => column.notNull())
      .execute();
    // Another process may have run them in the meantime.
    const missing = await findMissing(locked, migrations);
    for (const { name, up } of missing) {
      await up(locked, dialect);
      await sql`insert into kysely_migration values (${name}, ${new Date().toISOString()})`.execute(locked);
    }
    const names = missing.map(({ name }) => name);
    if (names.length > 0) await recordChange(locked, { command: 'migrate', details: { migrations: names.join(', ') } });
    return names;
  });
}

/**
 * Waits until no other process migrates a PostgreSQL database. The lock and the setting end with the transaction, because
 * a pooler gives the connection to other clients afterwards.
 */
async function lock(transaction: Kysely<Schema>): Promise<void> {
  // The user of the database may have a limit that is too short for a migration.
  await sql`set local statement_timeout = 0`.execute(transaction);
  await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(transaction);
}

/** Loads all migrations from their folder, in order. */
async function loadMigrations(): Promise<Migration[]> {
  const files = (await readdir(FOLDER)).toSorted().flatMap((file) => {
    const name = FILE_NAME.exec(file)?.[1];
    return name === undefined ? [] : { file, name };
  });
  return Promise.all(
    files.map(async ({ file, name }) => {
      const { up }: MigrationModule = await import(new URL(file, FOLDER).href);
      return { name, up };
    }),
  );
}

/** Returns whether the database has the table of migrations. */
async function hasTable({ query, dialect }: Database): Promise<boolean> {
  const found =
    dialect === 'sqlite'
      ? sql`select 1 from sqlite_schema where name = 'kysely_migration'`
      : sql`select 1 where to_regclass('kysely_migration') is not null`;
  return (await found.execute(query)).rows.length > 0;
}

/**
 * Returns the migrations that the database does not have.
 *
 * @throws DatabaseError if the database has migrations that this version does not know.
 */
async function findMissing(query: Kysely<Schema>, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(query);
  const done = rows.map(({ name }) => name);
  const unknown = done.filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length > 0) {
    throw new DatabaseError(
      'newer',
      `The database was created by a newer version, which ran ${unknown.join(', ')}. Install that version or a later one.`,
    );
  }
  return migrations.filter(({ name }) => !done.includes(name));
}

/** Throws a DatabaseError if a PostgreSQL database does not store text as UTF-8. It could not store every customer. */
async function checkEncoding(query: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`.execute(
    query,
  );
  const encoding = rows[0]?.encoding;
  if (encoding === 'UTF8') return;
  throw new DatabaseError(
    'setting',
    `The database has the encoding ${encoding}, but the API needs UTF8. Create another one, and set DATABASE_URL to it: ` +
      "create database NAME encoding 'UTF8' template template0",
  );
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Compilable, Kysely, SqliteDialect } from 'kysely';
import { bindParameters, type Database, type Run } from './database.ts';
import { DatabaseError, databaseError } from './errors.ts';
import { createSharedSnapshot, type SharedSnapshot } from './shared-snapshot.ts';

const FILE = 'customers.db';
// In KiB, hence negative: the upper levels of the indexes stay in memory.
const CACHE = -262_144;

/**
 * Opens the embedded database of a data directory, which is made if it is missing.
 *
 * @param waitMs - How long to wait for another process that writes. The wait blocks the whole process.
 * @throws DatabaseError if the directory cannot be made or the file not be opened.
 */
export function openSqlite(directory: string, waitMs: number): Database {
  const sqlite = open(directory, waitMs);
  let reads: ReadConnection | undefined;
  return {
    dialect: 'sqlite',
    query: new Kysely({ dialect: new SqliteDialect({ database: cacheStatements(sqlite) }) }),
    prepare(query) {
      reads ??= openReadConnection(sqlite.name);
      return prepare(reads, query);
    },
    async close() {
      reads?.sqlite.close();
      sqlite.close();
    },
  };
}

/** A connection for what is asked with every request. */
interface ReadConnection {
  readonly sqlite: Sqlite.Database;
  readonly snapshot: SharedSnapshot;
}

function openReadConnection(file: string): ReadConnection {
  const sqlite = new Sqlite(file, { readonly: true, timeout: 0 });
  sqlite.pragma(`cache_size = ${CACHE}`);
  return { sqlite, snapshot: createSharedSnapshot(sqlite) };
}

function open(directory: string, waitMs: number): Sqlite.Database {
  try {
    // What is in there is nobody else's business.
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const sqlite = new Sqlite(join(directory, FILE), { timeout: waitMs });
    // Readers and one writer at a time do not wait for each other.
    sqlite.pragma('journal_mode = WAL');
    // What was acknowledged survives a power failure.
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma('trusted_schema = OFF');
    return sqlite;
  } catch (error) {
    const { fault, code } = databaseError(error);
    throw new DatabaseError(fault, `${explain(fault, directory)} (${code})`, code);
  }
}

function explain(fault: DatabaseError['fault'], directory: string): string {
  switch (fault) {
    case 'locked':
      return `The data directory ${directory} is locked: another process migrates or repairs it. Try again when it is done.`;
    case 'full':
      return `The disk of the data directory ${directory} is full.`;
    case 'damaged':
      return `The database file ${join(directory, FILE)} is damaged. Stop the server and restore the file from a backup.`;
    default:
      return `The data directory ${directory} cannot be used. Check that it is a directory that this user may write.`;
  }
}

function prepare<Row>(reads: ReadConnection, query: Compilable<Row>): Run<Row> {
  const { sqlite, snapshot } = reads;
  const { sql, parameters } = query.compile();
  const statement = sqlite.prepare<unknown[], Row>(sql);
  return (values) => {
    try {
      snapshot.begin();
      return statement.all(bindParameters(parameters, values));
    } catch (error) {
      dropCachedPages(reads);
      throw databaseError(error);
    }
  };
}

/** Makes the next read read the file again: a damaged page would stay in memory after the file has been repaired. */
function dropCachedPages({ sqlite, snapshot }: ReadConnection): void {
  if (!sqlite.open) return;
  snapshot.end();
  sqlite.pragma('shrink_memory');
}

// Those of an import, of which there are two: batches as large as may be, and the last one.
const MAX_CACHED_STATEMENTS = 32;

/** Kysely prepares each statement anew, which takes longer than to run it. */
function cacheStatements(sqlite: Sqlite.Database) {
  const statements = new Map<string, Sqlite.Statement>();
  return {
    close: () => void sqlite.close(),
    prepare(sql: string) {
      const known = statements.get(sql);
      if (known) return known;
      const statement = sqlite.prepare(sql);
      if (statements.size < MAX_CACHED_STATEMENTS) statements.set(sql, statement);
      return statement;
    },
  };
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Compilable, Kysely, SqliteDialect } from 'kysely';
import { bindValues, type Database, type Run } from './database.ts';
import { DatabaseError, toDatabaseError } from './errors.ts';

const FILE = 'customers.db';
// 256 MiB, in KiB: SQLite takes negative values as KiB. The upper levels of the indexes stay in memory.
const CACHE_SIZE = -262_144;

/**
 * Opens the SQLite database in a data directory. Creates the directory and the database if they do not exist.
 *
 * @param waitMs - How long to wait while another process writes. Waiting blocks this process.
 * @throws DatabaseError if the directory cannot be created, or the file cannot be opened.
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

/** The connection for prepared queries, which run with every request. */
interface ReadConnection {
  readonly sqlite: Sqlite.Database;
  readonly snapshot: SharedSnapshot;
}

function openReadConnection(file: string): ReadConnection {
  const sqlite = new Sqlite(file, { readonly: true, timeout: 0 });
  sqlite.pragma(`cache_size = ${CACHE_SIZE}`);
  return { sqlite, snapshot: createSharedSnapshot(sqlite) };
}

/** A read transaction that several queries share. */
interface SharedSnapshot {
  /** Begins the transaction if none is open. It ends at the end of this turn of the event loop. */
  begin(): void;
  /** Ends the transaction now. */
  end(): void;
}

/**
 * Creates a read transaction that all queries in one turn of the event loop share, because locking takes longer than
 * reading a row. A query still sees every write that was acknowledged before its request arrived, because that request
 * arrives in a later turn.
 *
 * @param sqlite - A connection that is used only for these queries.
 */
function createSharedSnapshot(sqlite: Sqlite.Database): SharedSnapshot {
  const begin = sqlite.prepare('begin');
  // There is nothing to commit, and SQLite cannot commit after it has read a damaged page. A rollback always succeeds.
  const rollback = sqlite.prepare('rollback');
  const end = () => {
    // The connection may be closed, and an error may have rolled back the transaction.
    if (sqlite.open && sqlite.inTransaction) rollback.run();
  };
  return {
    begin() {
      if (sqlite.inTransaction) return;
      begin.run();
      setImmediate(end);
    },
    end,
  };
}

function open(directory: string, waitMs: number): Sqlite.Database {
  try {
    // Only the owner can read the directory.
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const sqlite = new Sqlite(join(directory, FILE), { timeout: waitMs });
    // Readers do not block the writer, and the writer does not block readers.
    sqlite.pragma('journal_mode = WAL');
    // Acknowledged writes survive a power failure.
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma('trusted_schema = OFF');
    return sqlite;
  } catch (error) {
    const { fault, code } = toDatabaseError(error);
    throw new DatabaseError(fault, `${explain(fault, directory)} (${code})`, code);
  }
}

function explain(fault: DatabaseError['fault'], directory: string): string {
  switch (fault) {
    case 'locked':
      return `The data directory ${directory} is locked: another process is migrating or repairing it. Try again later.`;
    case 'full':
      return `The disk of the data directory ${directory} is full. Free some space and try again.`;
    case 'damaged':
      return `The database file ${join(directory, FILE)} is damaged. Stop the server and restore the file from a backup.`;
    default:
      return `The data directory ${directory} cannot be used. Check that it is a directory that this user can write to.`;
  }
}

function prepare<Row>(reads: ReadConnection, query: Compilable<Row>): Run<Row> {
  const { sqlite, snapshot } = reads;
  const { sql, parameters } = query.compile();
  const statement = sqlite.prepare<unknown[], Row>(sql);
  return (values) => {
    try {
      snapshot.begin();
      return statement.all(bindValues(parameters, values));
    } catch (error) {
      dropCachedPages(reads);
      throw toDatabaseError(error);
    }
  };
}

/** Drops all cached pages. Otherwise a damaged page would stay in the cache after the file has been repaired. */
function dropCachedPages({ sqlite, snapshot }: ReadConnection): void {
  if (!sqlite.open) return;
  snapshot.end();
  sqlite.pragma('shrink_memory');
}

// Enough for an import, which uses two large statements: one for full batches and one for the last batch.
const MAX_CACHED_STATEMENTS = 32;

/** Caches prepared statements. Without it, Kysely prepares each statement again, which takes longer than running it. */
function cacheStatements(sqlite: Sqlite.Database) {
  const statements = new Map<string, Sqlite.Statement>();
  return {
    close: () => void sqlite.close(),
    prepare(sql: string) {
      const cached = statements.get(sql);
      if (cached) return cached;
      const statement = sqlite.prepare(sql);
      if (statements.size < MAX_CACHED_STATEMENTS) statements.set(sql, statement);
      return statement;
    },
  };
}

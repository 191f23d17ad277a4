import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Compilable, Kysely, SqliteDialect } from 'kysely';
import { bindValues, type Database, type Run } from './database.ts';
import { DatabaseError, toDatabaseError } from './errors.ts';
import { createPrivateFile, protectFile } from './files.ts';

/** The name of the database file in the data directory. */
export const DATABASE_FILE = 'customers.db';
/** The ends of the names of all files of the database. */
export const FILE_SUFFIXES = ['', '-wal', '-shm'];
// 256 MiB, in KiB: SQLite takes negative values as KiB. The upper levels of the indexes stay in memory.
const CACHE_SIZE = -262_144;
// How long to wait at least while the file is opened, because another process may be opening or closing it.
const START_WAIT_MS = 1_000;

/**
 * Opens the SQLite database in a data directory. Creates the directory and the database if they do not exist.
 *
 * @param waitMs - How long to wait while another process writes. Waiting blocks this process.
 * @param processes - The number of processes that share the memory of the cache.
 * @throws DatabaseError if the directory cannot be created, or the file cannot be opened.
 */
export function openSqlite(directory: string, waitMs: number, processes = 1): Database {
  const sqlite = open(directory, waitMs);
  let reader: Reader | undefined;
  return {
    dialect: 'sqlite',
    query: new Kysely({ dialect: new SqliteDialect({ database: cacheStatements(sqlite) }) }),
    prepare(query) {
      reader ??= openReader(sqlite.name, Math.ceil(CACHE_SIZE / processes));
      return reader.prepare(query);
    },
    async close() {
      reader?.close();
      sqlite.close();
    },
  };
}

type Reader = Pick<Database, 'prepare'> & { close(): void };

/**
 * Opens a connection for prepared queries, which run with every request. All queries in one turn of the event loop share
 * a read transaction, because locking takes longer than reading a row. A query still sees every write that was
 * acknowledged before its request arrived, because that request arrives in a later turn.
 */
function openReader(file: string, cacheSize: number): Reader {
  const sqlite = new Sqlite(file, { readonly: true, timeout: 0 });
  sqlite.pragma(`cache_size = ${cacheSize}`);
  const begin = sqlite.prepare('begin');
  // There is nothing to commit, and SQLite cannot commit after it has read a damaged page. A rollback always succeeds.
  const rollback = sqlite.prepare('rollback');
  return {
    prepare<Row>(query: Compilable<Row>): Run<Row> {
      const { sql, parameters } = query.compile();
      const statement = sqlite.prepare<unknown[], Row>(sql);
      return (values) => {
        try {
          beginTransaction();
          return statement.all(bindValues(parameters, values));
        } catch (error) {
          dropCachedPages();
          throw toDatabaseError(error);
        }
      };
    },
    close: () => void sqlite.close(),
  };

  function beginTransaction(): void {
    if (sqlite.inTransaction) return;
    begin.run();
    setImmediate(endTransaction);
  }

  function endTransaction(): void {
    // The connection may be closed, and an error may have rolled back the transaction.
    if (sqlite.open && sqlite.inTransaction) rollback.run();
  }

  /** Drops all cached pages. Otherwise a damaged page would stay in the cache after the file has been repaired. */
  function dropCachedPages(): void {
    if (!sqlite.open) return;
    endTransaction();
    sqlite.pragma('shrink_memory');
  }
}

function open(directory: string, waitMs: number): Sqlite.Database {
  try {
    // Only the owner can read the directory.
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const file = join(directory, DATABASE_FILE);
    // SQLite creates the other files with the mode of this one.
    createPrivateFile(file);
    for (const suffix of FILE_SUFFIXES) protectFile(`${file}${suffix}`);
    const startWaitMs = Math.max(waitMs, START_WAIT_MS);
    const sqlite = new Sqlite(file, { timeout: startWaitMs });
    // Readers do not block the writer, and the writer does not block readers.
    setWalMode(sqlite, startWaitMs);
    // Acknowledged writes survive a power failure.
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma('trusted_schema = OFF');
    // Deleted and replaced values are overwritten, because a person can demand that they are deleted.
    sqlite.pragma('main.secure_delete = ON');
    sqlite.pragma(`busy_timeout = ${waitMs}`);
    return sqlite;
  } catch (error) {
    const { fault, code } = toDatabaseError(error);
    throw new DatabaseError(fault, `${explain(fault, directory)} (${code})`, code);
  }
}

// How long to wait before the next attempt.
const MIN_PAUSE_MS = 10;
const MAX_PAUSE_MS = 50;

/** Sets the journal mode WAL. Waits while another process writes: for this statement, SQLite itself does not wait. */
function setWalMode(sqlite: Sqlite.Database, waitMs: number): void {
  const deadline = Date.now() + waitMs;
  for (;;) {
    try {
      sqlite.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!/^SQLITE_BUSY/.test((error as { code?: string }).code ?? '') || Date.now() >= deadline) throw error;
      // Random, so that processes that started together do not try again together.
      const pause = MIN_PAUSE_MS + Math.random() * (MAX_PAUSE_MS - MIN_PAUSE_MS);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
    }
  }
}

function explain(fault: DatabaseError['fault'], directory: string): string {
  switch (fault) {
    case 'locked':
      return `The data directory ${directory} is locked: another process is migrating or repairing it. Try again later.`;
    case 'full':
      return `The disk of the data directory ${directory} is full. Free some space and try again.`;
    case 'damaged':
      return `The database file ${join(directory, DATABASE_FILE)} is damaged. Stop the server and restore the file from a backup.`;
    default:
      return `The data directory ${directory} cannot be used. Check that it is a directory that this user can write to.`;
  }
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

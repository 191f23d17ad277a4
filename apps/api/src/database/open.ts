import type { Database } from './database.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/** Where the data is. */
export interface Location {
  /** URL of a PostgreSQL database. Without one, the data is in an SQLite file in the data directory. */
  readonly url?: string;
  /** The data directory. */
  readonly directory: string;
}

/** How long a command waits for another process that writes. */
const COMMAND_WAIT_MS = 10_000;

/** Opens the database for the server: nothing may take long, for all requests would wait. */
export function openForRequests({ url, directory }: Location): Database {
  return url === undefined ? openSqlite(directory, 0) : openPostgres(url);
}

/** Opens the database for a command, which may take its time. */
export function openForCommand({ url, directory }: Location): Database {
  return url === undefined
    ? openSqlite(directory, COMMAND_WAIT_MS)
    : openPostgres(url, { statementMs: 0, connections: 1 });
}

import type { Database } from './database.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/** The location of the data. */
export interface DatabaseLocation {
  /** URL of a PostgreSQL database. Default: an SQLite file in the data directory. */
  readonly url?: string;
  /** The data directory, which also contains the secret that keys are hashed with. */
  readonly directory: string;
}

/** How long a command waits while another process writes. */
const COMMAND_WAIT_MS = 10_000;

/** Opens the database for the server. It never waits for locks, because that would block all requests. */
export function openForRequests({ url, directory }: DatabaseLocation): Database {
  return url === undefined ? openSqlite(directory, 0) : openPostgres(url);
}

/** Opens the database for a command. It waits for locks, and its statements have no timeout. */
export function openForCommand({ url, directory }: DatabaseLocation): Database {
  return url === undefined
    ? openSqlite(directory, COMMAND_WAIT_MS)
    : openPostgres(url, { statementMs: 0, connections: 1 });
}

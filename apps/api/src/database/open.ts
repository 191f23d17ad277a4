import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { openWithReplicas, type ReplicaOptions } from './replicas.ts';
import { openSqlite } from './sqlite.ts';

/**
 * The location of the data.
 *
 * @example
 * const location: DatabaseLocation = { url: 'postgresql://user:password@127.0.0.1:5432/customers', directory: './data' };
 */
export interface DatabaseLocation {
  /** URL of a PostgreSQL database. Default: an SQLite file in the data directory. */
  readonly url?: string;
  /** URLs of replicas of the PostgreSQL database, which the server reads from. Default: none. */
  readonly readUrls?: readonly string[];
  /** The data directory, which also contains the secret that keys are hashed with. */
  readonly directory: string;
}

/** How long a command waits while another process writes. */
const COMMAND_WAIT_MS = 10_000;

/** Opens the database for the server. It never waits for locks, because that would block all requests. */
export function openForRequests(
  { url, readUrls, directory }: DatabaseLocation,
  options: ReplicaOptions = {},
): Database {
  const { processes = 1 } = options;
  if (url === undefined) return openSqlite(directory, 0, processes);
  return readUrls && readUrls.length > 0 ? openWithReplicas(url, readUrls, options) : openPostgres(url, { processes });
}

/** Opens the database for a command. It waits for locks, and its statements have no timeout. */
export function openForCommand({ url, directory }: DatabaseLocation): Database {
  return url === undefined
    ? openSqlite(directory, COMMAND_WAIT_MS)
    : openPostgres(url, { statementMs: 0, connections: 1 });
}

/** Opens the database for a command, creates missing tables, calls the action, and closes the database. */
export async function withDatabase<T>(
  location: DatabaseLocation,
  action: (database: Database) => Promise<T>,
): Promise<T> {
  const database = openForCommand(location);
  try {
    await migrate(database);
    return await action(database);
  } finally {
    await database.close();
  }
}

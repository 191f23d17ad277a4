import { type Compilable, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { bindValues, type Database, type Run, type Schema } from './database.ts';
import { DatabaseError, toDatabaseError } from './errors.ts';

const CONNECT_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 5_000;
const MAX_CONNECTIONS = 10;

/** Options of {@link openPostgres}. */
export interface PostgresOptions {
  /** Timeout of a statement in milliseconds. 0 sets no limit, for imports and migrations. Default: 5,000. */
  readonly statementMs?: number;
  /** The maximum number of connections of all processes. Default: 10. */
  readonly connections?: number;
  /** The number of processes that share the connections. Each has at least 2. Default: 1. */
  readonly processes?: number;
}

/**
 * Opens a pool of connections to PostgreSQL. The first query connects.
 *
 * @throws DatabaseError if the URL is invalid.
 */
export function openPostgres(
  url: string,
  { statementMs = STATEMENT_TIMEOUT_MS, connections = MAX_CONNECTIONS, processes = 1 }: PostgresOptions = {},
): Database {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new DatabaseError(
      'setting',
      'DATABASE_URL is invalid. Set it to a URL such as postgresql://user:password@host:5432/database.',
    );
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: processes === 1 ? connections : Math.max(2, Math.floor(connections / processes)),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    ...(statementMs > 0 && {
      statement_timeout: statementMs,
      // For an unresponsive server, which cannot end the statement itself.
      query_timeout: statementMs + 1_000,
    }),
    keepAlive: true,
    application_name: 'firstofficer-api',
    types: { getTypeParser },
  });
  // Without a listener, an error event ends the process. The pool emits it for idle connections; connections in use emit
  // it themselves. Nothing else needs to be done: the pool replaces the connection, and its query fails.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const query = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  let preparedCount = 0;
  return {
    dialect: 'postgres',
    query,
    prepare(statement) {
      // Names of prepared statements must be unique on a connection.
      preparedCount += 1;
      return prepare(pool, `firstofficer-${preparedCount}`, statement);
    },
    close: () => query.destroy(),
  };
}

function prepare<Row>(pool: pg.Pool, name: string, query: Compilable<Row>): Run<Row> {
  const { sql: text, parameters } = query.compile();
  return async (values) => {
    try {
      const { rows } = await pool.query({ name, text, values: bindValues(parameters, values) });
      return rows as Row[];
    } catch (error) {
      throw toDatabaseError(error);
    }
  };
}

/** Parses 64-bit integers, which the driver returns as text, as numbers. Throws if a number cannot hold the value. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: string) =>
  oid === pg.types.builtins.INT8 && format !== 'binary' ? toSafeInteger : pg.types.getTypeParser(oid, format as 'text');

function toSafeInteger(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError('The database contains an integer beyond 2^53−1.');
  return number;
}

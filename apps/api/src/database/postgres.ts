import { type Compilable, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { bindParameters, type Database, type Run } from './database.ts';
import { DatabaseError, databaseError } from './errors.ts';
import type { Schema } from './schema.ts';

const CONNECT_MS = 3_000;
const STATEMENT_MS = 5_000;
const CONNECTIONS = 10;

/** How a pool is set up. */
export interface PostgresOptions {
  /** How long a statement may take. Default: 5 seconds; 0 sets no limit, for imports and migrations. */
  readonly statementMs?: number;
  readonly connections?: number;
}

/**
 * Opens a pool of connections to PostgreSQL. It connects when it is first asked.
 *
 * @throws DatabaseError if the URL is none.
 */
export function openPostgres(
  url: string,
  { statementMs = STATEMENT_MS, connections = CONNECTIONS }: PostgresOptions = {},
): Database {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new DatabaseError('setting', 'DATABASE_URL must be like postgresql://user:password@host:5432/database.');
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_MS,
    ...(statementMs > 0 && {
      statement_timeout: statementMs,
      // For a server that is gone without a word, which no limit of its own could end.
      query_timeout: statementMs + 1_000,
    }),
    keepAlive: true,
    application_name: 'firstofficer-api',
    types: { getTypeParser },
  });
  // The pool replaces a connection that breaks, and whoever uses it gets an error. Without listeners the event would end
  // the process: the pool reports idle connections, and nobody reports those that Kysely uses.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const query = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { dialect: 'postgres', query, prepare: (one) => prepare(pool, one), close: () => query.destroy() };
}

let prepared = 0;

function prepare<Row>(pool: pg.Pool, query: Compilable<Row>): Run<Row> {
  const { sql: text, parameters } = query.compile();
  prepared += 1;
  const name = `firstofficer-${prepared}`;
  return async (values) => {
    try {
      const { rows } = await pool.query({ name, text, values: bindParameters(parameters, values) });
      return rows as Row[];
    } catch (error) {
      throw databaseError(error);
    }
  };
}

/** 64-bit integers come as text: they become numbers that hold them, or an error. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: string) =>
  oid === pg.types.builtins.INT8 && format !== 'binary' ? toSafeInteger : pg.types.getTypeParser(oid, format as 'text');

function toSafeInteger(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError('The database holds an integer beyond 2^53−1.');
  return number;
}

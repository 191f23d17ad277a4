import { hash } from 'node:crypto';
import { type Compilable, type CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { bindValues, type Database, type Run, type Schema } from './database.ts';
import { toDatabaseError } from './errors.ts';
import { createPostgresPool, type PostgresPool } from './postgres-pool.ts';
import { parsePostgresUrl } from './postgres-url.ts';

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
  /** Whether to use only a server that accepts writes, even if the URL accepts any. Default: false. */
  readonly isWritable?: boolean;
}

/**
 * Opens a pool of connections to PostgreSQL. The first query connects. See docs/postgres.md for the URL.
 *
 * @throws DatabaseError if the URL is invalid.
 */
export function openPostgres(
  url: string,
  {
    statementMs = STATEMENT_TIMEOUT_MS,
    connections = MAX_CONNECTIONS,
    processes = 1,
    isWritable = false,
  }: PostgresOptions = {},
): Database {
  const target = parsePostgresUrl(url);
  const sessions = isWritable && target.sessions === 'any' ? 'read-write' : target.sessions;
  const pool = createPostgresPool(
    { ...target, sessions },
    {
      max: processes === 1 ? connections : Math.max(2, Math.floor(connections / processes)),
      ...(statementMs > 0 && {
        statement_timeout: statementMs,
        // For an unresponsive server, which cannot end the statement itself.
        query_timeout: statementMs + 1_000,
      }),
      keepAlive: true,
      application_name: 'firstofficer-api',
      types: { getTypeParser },
    },
  );
  const query = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: { ...pool, options: {} } }) });
  return {
    dialect: 'postgres',
    query,
    prepare: (statement) => prepare(pool, statement),
    // Kysely closes the pool only if it has used it.
    close: () => pool.end(),
  };
}

function prepare<Row>(pool: PostgresPool, query: Compilable<Row>): Run<Row> {
  const { text, parameters } = mergePlaceholders(query.compile());
  // The name depends on the statement alone. Where clients share a connection, a name never stands for another statement.
  const name = `firstofficer-${hash('sha1', text)}`;
  return async (values) => {
    try {
      const { rows } = await pool.query({ name, text, values: bindValues(parameters, values) });
      return rows as Row[];
    } catch (error) {
      throw toDatabaseError(error);
    }
  };
}

/** Gives all uses of a placeholder the same number, so that its value is sent once. */
function mergePlaceholders({ sql, parameters }: CompiledQuery): { text: string; parameters: readonly unknown[] } {
  const merged: unknown[] = [];
  const numbers = parameters.map((parameter) => {
    const known = typeof parameter === 'object' ? merged.indexOf(parameter) : -1;
    return known < 0 ? merged.push(parameter) : known + 1;
  });
  return { text: sql.replaceAll(/\$(\d+)/g, (_, number) => `$${numbers[number - 1]}`), parameters: merged };
}

/** Parses 64-bit integers, which the driver returns as text, as numbers. Throws if a number cannot hold the value. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: string) =>
  oid === pg.types.builtins.INT8 && format !== 'binary' ? toSafeInteger : pg.types.getTypeParser(oid, format as 'text');

function toSafeInteger(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError('The database contains an integer beyond 2^53−1.');
  return number;
}

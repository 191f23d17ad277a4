import pg from 'pg';
import { DatabaseError } from './errors.ts';
import type { PostgresServer, PostgresTarget, SessionKind } from './postgres-url.ts';

const CONNECT_TIMEOUT_MS = 3_000;

/** Connections to a PostgreSQL database. */
export interface PostgresPool {
  /** Returns a connection, which the caller releases. It is closed then if its server could not be used. */
  connect(): Promise<pg.PoolClient>;
  /** Runs a query that only reads. If its connection breaks, the query runs again on another server. */
  query(query: pg.QueryConfig): Promise<pg.QueryResult>;
  /** Closes all connections. */
  end(): Promise<void>;
}

/**
 * Creates a pool of connections to the first server of the target that can be reached and has the required kind of
 * session. The pool uses this server until it fails, and then tries the next ones. The first query connects.
 *
 * If a server turns out to be a pooler that shares connections, such as PgBouncer, the pool adapts to it: it sends no
 * startup parameters and prepares no statements.
 */
export function createPostgresPool(target: PostgresTarget, config: pg.PoolConfig): PostgresPool {
  let { isPooler } = target;
  const candidates = listCandidates(target);
  let current = 0;
  const opened = new Set<pg.Pool>();
  let pools = openPools();
  let ending: Promise<unknown> | undefined;
  return {
    connect: () =>
      tryServers(async (pool) => {
        const client = await pool.connect();
        return lend(client, (error) => leave(pool, error));
      }),
    query: (query) =>
      tryServers((pool) => pool.query(isPooler ? { text: query.text, values: query.values ?? [] } : query)),
    async end() {
      ending ??= Promise.all([...opened].map((pool) => pool.end()));
      await ending;
    },
  };

  function openPools(): pg.Pool[] {
    return candidates.map(open);
  }

  function open({ server, sessions }: Candidate): pg.Pool {
    const { statement_timeout: _, ...withoutParameters } = config;
    const connectionTimeoutMillis = target.connectMs ?? CONNECT_TIMEOUT_MS;
    const pool = openPool({ connectionTimeoutMillis, ...(isPooler ? withoutParameters : config), ...server }, sessions);
    opened.add(pool);
    return pool;
  }

  /** Uses the next server from now on. */
  function leave(pool: pg.Pool, error: unknown): void {
    const index = pools.indexOf(pool);
    const candidate = candidates[index];
    if (!candidate) return;
    if (index === current) current = (index + 1) % pools.length;
    if (!isReadOnly(error)) return;
    // The other connections have sessions of the same kind, which only new connections are checked for.
    pools[index] = open(candidate);
    opened.delete(pool);
    void pool.end();
  }

  async function tryServers<T>(action: (pool: pg.Pool) => Promise<T>): Promise<T> {
    const first = current;
    const tried = pools;
    let failure: unknown;
    for (let count = 0; count < tried.length; count += 1) {
      const index = (first + count) % tried.length;
      try {
        const result = await action(tried[index] as pg.Pool);
        current = index;
        return result;
      } catch (error) {
        if (isFaultOfPooler(error)) {
          // The queries of the former pools end as they would have. Their idle connections close after a while.
          if (tried === pools) adaptToPooler(error);
          return tryServers(action);
        }
        if (!isUnreachable(error)) throw error;
        failure ??= error;
      }
    }
    throw failure;
  }

  function adaptToPooler(error: unknown): void {
    if (isPooler) {
      throw isParameterRefused(error)
        ? new DatabaseError(
            'setting',
            'PgBouncer refuses a parameter of DATABASE_URL, such as `options`. Remove it from the URL, or set it for the ' +
              "user of the database, as in: alter role NAME set search_path = 'customers'",
          )
        : error;
    }
    isPooler = true;
    pools = openPools();
  }
}

/** A way to connect to a server, and the kind of session that it must have. */
interface Candidate {
  readonly server: pg.ClientConfig;
  readonly sessions: SessionKind;
}

/** Lists the ways to connect in the order in which to try them. */
function listCandidates({ servers, sessions }: PostgresTarget): readonly Candidate[] {
  const kinds: SessionKind[] = sessions === 'prefer-standby' ? ['standby', 'any'] : [sessions];
  return kinds.flatMap((kind) => servers.flatMap(listConfigs).map((server) => ({ server, sessions: kind })));
}

function listConfigs({ tls, parameters, ...server }: PostgresServer): pg.ClientConfig[] {
  return tls.map((ssl) => ({ ...parameters, ...server, ...(ssl !== undefined && { ssl }) }));
}

/** Returns a connection that is closed when it is released, if a query found out that its server cannot be used. */
function lend(client: pg.PoolClient, onUnreachable: (error: unknown) => void): pg.PoolClient {
  let isUsable = true;
  return Object.assign(Object.create(client), {
    async query(text: string, values: unknown[]) {
      try {
        return await client.query(text, values);
      } catch (error) {
        if (isUnreachable(error)) {
          isUsable = false;
          onUnreachable(error);
        }
        throw error;
      }
    },
    release: (isDiscarded = false) => client.release(isDiscarded || !isUsable),
  });
}

function openPool(config: pg.PoolConfig, sessions: SessionKind): pg.Pool {
  const pool = new pg.Pool({
    ...config,
    ...(sessions !== 'any' && { onConnect: (client: pg.ClientBase) => checkSession(client, sessions) }),
  });
  // Without a listener, an error event ends the process. The pool emits it for idle connections; connections in use emit
  // it themselves. Nothing else needs to be done: the pool replaces the connection, and its query fails.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Throws a DatabaseError if a new connection is not of the required kind. */
async function checkSession(client: pg.ClientBase, required: SessionKind): Promise<void> {
  const { rows } = await client.query<{ standby: boolean; readonly: boolean }>(
    "select pg_is_in_recovery() as standby, current_setting('transaction_read_only') = 'on' as readonly",
  );
  const [{ standby, readonly } = { standby: false, readonly: false }] = rows;
  const kinds: readonly SessionKind[] = [standby ? 'standby' : 'primary', readonly ? 'read-only' : 'read-write'];
  if (kinds.includes(required)) return;
  throw new DatabaseError(
    'unavailable',
    `No server of DATABASE_URL accepts connections that are ${required}, as target_session_attrs requires.`,
  );
}

/** Returns whether an error says that statements or parameters do not belong to the connection of one client alone. */
function isFaultOfPooler(error: unknown): boolean {
  const isStatementUnknown = error instanceof pg.DatabaseError && /^(26000|42P05)$/.test(error.code ?? '');
  return isStatementUnknown || isParameterRefused(error);
}

function isParameterRefused(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '08P01' && /startup parameter/.test(error.message);
}

/** Returns whether an error says that the server cannot be used now. Another server may answer. */
function isUnreachable(error: unknown): boolean {
  // The other classes of errors would be the same on all servers: the password is wrong, a table is missing. A server may
  // require TLS or refuse it (28000).
  if (error instanceof pg.DatabaseError)
    return isReadOnly(error) || /^(08|57P0[1-3]$|53300$|28000$)/.test(error.code ?? '');
  // A RangeError reports a number in the database that is too large.
  return !(error instanceof RangeError);
}

/** Returns whether a write failed because the server has become a standby, or an operator has made it read-only. */
function isReadOnly(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '25006';
}

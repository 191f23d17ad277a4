import { type Compilable, sql } from 'kysely';
import type { Database, Run, Values } from './database.ts';
import { DatabaseError, toDatabaseError } from './errors.ts';
import { openPostgres } from './postgres.ts';
import { parsePostgresUrl } from './postgres-url.ts';

/** How long a replica may lag behind the primary, in milliseconds, unless the options say otherwise. */
export const MAX_REPLICA_LAG_MS = 5_000;

const HEARTBEAT = 'heartbeat';
const LAG = 'lag';
const MAX_CHECK_INTERVAL_MS = 1_000;
const REPLICA_STATEMENT_MS = 1_000;
// A replica must miss several checks before its lag reaches the limit.
const CHECKS_PER_LAG = 5;

/** A change of the replicas that requests use. */
interface ReplicaChange {
  /** The position of the replica's URL in the list, from 1 on. */
  readonly replica: number;
  readonly isUsed: boolean;
  /** Why the last check or query failed, such as `28P01` for a wrong password. `lag` if none failed. */
  readonly code: string;
}

/** Options of {@link openWithReplicas}. */
export interface ReplicaOptions {
  /** A replica that lags further behind is not used. Default: 5,000 milliseconds. */
  readonly maxReplicaLagMs?: number;
  /** The number of processes that share the connections to each server. Default: 1. */
  readonly processes?: number;
  /** Called when a replica begins or ceases to be used. */
  readonly onReplicaChange?: (change: ReplicaChange) => void;
}

/**
 * Opens a primary and its replicas. Prepared queries run on the replicas, and all others on the primary.
 *
 * @throws DatabaseError if a URL is invalid.
 */
export function openWithReplicas(url: string, readUrls: readonly string[], options: ReplicaOptions = {}): Database {
  const { processes = 1 } = options;
  // Checks have their own connections, so that they do not wait for requests.
  const check = { connections: 1, statementMs: MAX_CHECK_INTERVAL_MS };
  // Short, because another server can answer instead.
  const read = { processes, statementMs: REPLICA_STATEMENT_MS };
  const replicas = readUrls.map((readUrl) => {
    checkReadUrl(readUrl);
    return { queries: openPostgres(readUrl, read), checks: openPostgres(readUrl, check) };
  });
  // Of several servers, only one that accepts writes is the primary. Others may lag by an unknown time.
  const primary = {
    queries: openPostgres(url, { processes, isWritable: true }),
    checks: openPostgres(url, { ...check, isWritable: true }),
  };
  return useReplicas(primary, replicas, options);
}

/** Throws a DatabaseError if the URL of a replica is invalid or names several servers, which may lag differently. */
function checkReadUrl(url: string): void {
  try {
    if (parsePostgresUrl(url).servers.length === 1) return;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new DatabaseError(error.fault, error.message.replace('DATABASE_URL', 'DATABASE_READ_URLS'), error.code);
  }
  throw new DatabaseError(
    'setting',
    'DATABASE_READ_URLS is invalid. Each URL must name one server. Separate the URLs of several replicas by commas.',
  );
}

/** The connections to one server: those of requests, and one for checks. */
interface Connections {
  readonly queries: Database;
  readonly checks: Database;
}

/** A number that this process wrote to the primary. */
interface Beat {
  readonly value: number;
  /** The time before the number was written. */
  readonly time: number;
}

interface Replica {
  prepare<Row>(query: Compilable<Row>): Run<Row>;
  /** Finds out how current the replica is. */
  check(beats: readonly Beat[]): Promise<void>;
  /** Stops using the replica until the next check, because of an error. */
  reject(error: unknown): void;
  /** Returns the time until which the replica shows all changes, or undefined if it is unknown. */
  getCurrentTime(): number | undefined;
  /** Returns the code of the last error, or `lag` if the last check succeeded. */
  getCode(): string;
}

/**
 * Distributes prepared queries over the replicas that are current enough. The primary runs those that find no row, because
 * the row may be so new that it is only there, and all queries if no replica is current enough.
 *
 * To find out how current a replica is, this process increases a number on the primary at short intervals, and reads it
 * from the replica. The replica then shows everything that was committed before that number was written. Only the clock
 * of this process is used.
 */
function useReplicas(
  primary: Connections,
  connections: readonly Connections[],
  { maxReplicaLagMs = MAX_REPLICA_LAG_MS, onReplicaChange = () => {} }: ReplicaOptions,
): Database {
  const replicas = connections.map(createReplica);
  const reported = new Map<Replica, boolean>();
  const startTime = performance.now();
  const heart = createHeart(primary.checks, maxReplicaLagMs);
  let next = 0;
  const timer = setInterval(check, Math.min(MAX_CHECK_INTERVAL_MS, maxReplicaLagMs / CHECKS_PER_LAG)).unref();
  check();

  return {
    dialect: 'postgres',
    query: primary.queries.query,
    prepare<Row>(query: Compilable<Row>): Run<Row> {
      const runOnPrimary = primary.queries.prepare(query);
      const runs = new Map(replicas.map((replica) => [replica, replica.prepare(query)]));
      return async (values) => {
        const rows = await runOnReplicas(runs, values);
        if (!rows) return runOnPrimary(values);
        if (rows.length > 0) return rows;
        try {
          return await runOnPrimary(values);
        } catch {
          return rows;
        }
      };
    },
    async close() {
      clearInterval(timer);
      const databases = [primary, ...connections].flatMap(({ queries, checks }) => [queries, checks]);
      await Promise.all(databases.map((database) => database.close()));
    },
  };

  /** Runs a query on the first replica that answers. Returns undefined if none does. */
  async function runOnReplicas<Row>(runs: ReadonlyMap<Replica, Run<Row>>, values: Values) {
    next += 1;
    for (const offset of replicas.keys()) {
      const replica = replicas[(next + offset) % replicas.length];
      if (!replica || !isCurrent(replica)) continue;
      try {
        return await runs.get(replica)?.(values);
      } catch (error) {
        // It may have restarted with older data.
        replica.reject(error);
      }
    }
    return undefined;
  }

  function isCurrent(replica: Replica): boolean {
    return performance.now() - (replica.getCurrentTime() ?? Number.NEGATIVE_INFINITY) <= maxReplicaLagMs;
  }

  function check(): void {
    void heart.beat();
    for (const replica of replicas) void replica.check(heart.getBeats()).then(() => report(replica));
  }

  function report(replica: Replica): void {
    const isUsed = isCurrent(replica);
    // No replica is current before the first checks.
    const isStarting = performance.now() - startTime <= maxReplicaLagMs && !reported.has(replica) && !isUsed;
    if (isStarting || isUsed === reported.get(replica)) return;
    reported.set(replica, isUsed);
    onReplicaChange({ replica: replicas.indexOf(replica) + 1, isUsed, code: replica.getCode() });
  }
}

/** Creates the function that writes an increasing number to the primary, and the list of the numbers written lately. */
function createHeart({ query }: Database, keepMs: number) {
  let beats: readonly Beat[] = [];
  let isBeating = false;
  return {
    getBeats: () => beats,
    async beat(): Promise<void> {
      if (isBeating) return;
      isBeating = true;
      try {
        const time = performance.now();
        const value = await increase(query, beats.at(-1)?.value ?? 0);
        beats = [...beats.filter((beat) => beat.time > time - keepMs), { value, time }];
      } catch {
        // Without new numbers, the replicas are soon not current enough.
      } finally {
        isBeating = false;
      }
    },
  };
}

/** Increases the number beyond its value and beyond `last`, because a promoted standby may have an older value. */
async function increase(query: Database['query'], last: number): Promise<number> {
  const { rows } = await sql<{ value: string }>`
    insert into settings (name, value) values (${HEARTBEAT}, ${String(last + 1)})
    on conflict (name) do update set value = (greatest(settings.value::bigint, ${last}) + 1)::text
    returning value`.execute(query);
  return Number(rows[0]?.value);
}

function createReplica({ queries, checks }: Connections): Replica {
  const read = checks.prepare(checks.query.selectFrom('settings').select('value').where('name', '=', HEARTBEAT));
  let isChecking = false;
  let currentTime: number | undefined;
  let code = LAG;
  const reject = (error: unknown) => {
    currentTime = undefined;
    ({ code } = toDatabaseError(error));
  };
  return {
    prepare: (query) => queries.prepare(query),
    async check(beats) {
      if (isChecking) {
        // The last check has not been answered yet.
        reject(new Error('timeout'));
        return;
      }
      isChecking = true;
      try {
        const [row] = await read({});
        currentTime = beats.findLast(({ value }) => value <= Number(row?.value))?.time;
        code = LAG;
      } catch (error) {
        reject(error);
      } finally {
        isChecking = false;
      }
    },
    reject,
    getCurrentTime: () => currentTime,
    getCode: () => code,
  };
}

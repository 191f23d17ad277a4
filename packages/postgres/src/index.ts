import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SUPERVISOR = fileURLToPath(new URL('./supervisor.ts', import.meta.url));

/**
 * Options of {@link startPostgres}.
 *
 * @example
 * const options: PostgresOptions = { settings: ['log_statement=all'], extensions: ['postgres_fdw'] };
 */
export interface PostgresOptions {
  /** Settings of the server, such as `max_connections=50`. */
  readonly settings?: readonly string[];
  /** Extensions that `create extension` can create, such as `postgres_fdw`. */
  readonly extensions?: readonly string[];
  /** Whether the server has a standby, which receives its changes by streaming replication. Default: false. */
  readonly standby?: boolean;
  /** Whether the server also listens on a Unix socket. Default: false. */
  readonly socketFolder?: boolean;
}

/**
 * A PostgreSQL server that runs until it is stopped or this process ends.
 *
 * @example
 * const { url, stop }: PostgresServer = await startPostgres();
 */
export interface PostgresServer {
  /** URL of the database `postgres`, with the password of a superuser. */
  readonly url: string;
  /** URL of the same database on the standby. Only with the option `standby`. */
  readonly standbyUrl?: string;
  /** The folder of the Unix socket. Only with the option `socketFolder`. */
  readonly socketFolder?: string;
  /** Ends the server or its standby at once, as a crash does, and keeps the other running. Only with a standby. */
  crash(role: Role): Promise<void>;
  /** Stops the server and its standby and deletes their data. */
  stop(): Promise<void>;
}

/**
 * One of the two servers of {@link startPostgres} with a standby.
 *
 * @example
 * const role: Role = 'primary';
 */
export type Role = 'primary' | 'standby';

/**
 * A message that the supervisor prints as one line of JSON: the first one says where the server is.
 *
 * @example
 * const message: SupervisorMessage = { unavailable: 'there are no PostgreSQL binaries for sunos sparc' };
 */
export type SupervisorMessage =
  | Pick<PostgresServer, 'url' | 'standbyUrl' | 'socketFolder'>
  | { readonly unavailable: string }
  | { readonly crashed: Role };

/**
 * The error on a machine that cannot run the PostgreSQL binaries. Its message contains the reason.
 *
 * @example
 * if (error instanceof PostgresUnavailableError) console.log(`Skipped: ${error.message}`);
 */
export class PostgresUnavailableError extends Error {
  override readonly name = 'PostgresUnavailableError';
}

/**
 * Starts a PostgreSQL server on a free port of 127.0.0.1, with empty data in a temporary folder. When this process ends,
 * even by SIGKILL, the server stops and its data is deleted.
 *
 * @param options - Changes the server. Without options, it starts in the shortest time.
 * @throws PostgresUnavailableError if this machine cannot run the PostgreSQL binaries.
 * @throws Error if the server does not start.
 * @example
 * const { url, stop } = await startPostgres();
 * const client = new Client({ connectionString: url });
 * await client.connect();
 * await client.end();
 * await stop();
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const args = ['--conditions=@firstofficer/source', SUPERVISOR, JSON.stringify(options)];
  const supervisor = spawn(process.execPath, args, {
    // The supervisor cleans up when its standard input ends: however this process ends, the system closes the pipe.
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl-C interrupts the whole process group. The supervisor has its own group, so that it can still clean up.
    detached: true,
    windowsHide: true,
  });
  // The pipe emits an error when the supervisor ends.
  supervisor.stdin.on('error', () => {});
  const closed = once(supervisor, 'close');
  const lines = createInterface(supervisor.stdout);
  const readMessage = async () => {
    const [line] = await Promise.race([once(lines, 'line') as Promise<[string]>, closed.then(() => [])]);
    return line === undefined ? undefined : (JSON.parse(line) as SupervisorMessage);
  };
  const message = await readMessage();
  if (!message || 'crashed' in message) throw new Error('PostgreSQL did not start. The reason is in the lines above.');
  if ('unavailable' in message) throw new PostgresUnavailableError(message.unavailable);
  return {
    ...message,
    async crash(role) {
      const answer = readMessage();
      supervisor.stdin.write(`${role}\n`);
      await answer;
    },
    async stop() {
      supervisor.stdin.end();
      await closed;
    },
  };
}

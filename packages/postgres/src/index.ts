import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SUPERVISOR = fileURLToPath(new URL('./supervisor.ts', import.meta.url));

/**
 * A PostgreSQL server that runs until it is stopped or this process ends.
 *
 * @example
 * const { url, stop }: PostgresServer = await startPostgres();
 */
export interface PostgresServer {
  /** URL of the database `postgres`, with the password of a superuser. */
  readonly url: string;
  /** Stops the server and deletes its data. */
  stop(): Promise<void>;
}

/**
 * The message that the supervisor prints as one line of JSON.
 *
 * @example
 * const message: SupervisorMessage = { unavailable: 'there are no PostgreSQL binaries for sunos sparc' };
 */
export type SupervisorMessage = { readonly url: string } | { readonly unavailable: string };

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
 * @throws PostgresUnavailableError if this machine cannot run the PostgreSQL binaries.
 * @throws Error if the server does not start.
 * @example
 * const { url, stop } = await startPostgres();
 * const client = new Client({ connectionString: url });
 * await client.connect();
 * await client.end();
 * await stop();
 */
export async function startPostgres(): Promise<PostgresServer> {
  const supervisor = spawn(process.execPath, ['--conditions=@firstofficer/source', SUPERVISOR], {
    // The supervisor cleans up when its standard input ends: however this process ends, the system closes the pipe.
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl-C interrupts the whole process group. The supervisor has its own group, so that it can still clean up.
    detached: true,
    windowsHide: true,
  });
  // The pipe emits an error when the supervisor ends, although nothing is written to it.
  supervisor.stdin.on('error', () => {});
  const closed = once(supervisor, 'close');
  const lines = createInterface(supervisor.stdout);
  const [line] = await Promise.race([once(lines, 'line') as Promise<[string]>, closed.then(() => [])]);
  if (line === undefined) throw new Error('PostgreSQL did not start. The reason is in the lines above.');
  const message = JSON.parse(line) as SupervisorMessage;
  if ('unavailable' in message) throw new PostgresUnavailableError(message.unavailable);
  return {
    url: message.url,
    async stop() {
      supervisor.stdin.end();
      await closed;
    },
  };
}

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from '@firstofficer/common/listen';
import { type Installation, runProgram, startProgram } from './installation.ts';

const SUPERUSER = 'firstofficer';
const ATTEMPTS = 5;
const LOG_LINES = 50;

// The data is deleted when the server stops, so it need not survive a crash.
const SETTINGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
];

/** A server process that accepts connections. */
export interface ServerProcess {
  readonly url: string;
  /** The last lines of its log. */
  readonly log: readonly string[];
  /** Resolves when the process has ended. */
  readonly closed: Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * Creates the data and starts a server on a free port of 127.0.0.1.
 *
 * @param choosePort - Returns the port to try. It is called again if another process takes the port first.
 */
export async function startServer(installation: Installation, choosePort = findFreePort): Promise<ServerProcess> {
  const password = randomBytes(16).toString('hex');
  await createCluster(installation, password);
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort();
    const server = runServer(installation, port);
    if (await server.isReady) {
      return { ...server, url: `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres` };
    }
    const isPortTaken = server.log.some((line) => line.includes('could not bind'));
    if (!isPortTaken || attempt === ATTEMPTS) throw new Error(`PostgreSQL did not start:\n${server.log.join('\n')}`);
  }
}

async function createCluster(installation: Installation, password: string): Promise<void> {
  const file = join(installation.folder, 'password');
  writeFileSync(file, password, { mode: 0o600 });
  if (installation.user) chownSync(file, installation.user.uid, installation.user.gid);
  await runProgram(installation, 'initdb', [
    ...['--pgdata', getDataFolder(installation), '--no-sync', '--username', SUPERUSER],
    ...['--auth', 'scram-sha-256', '--pwfile', file],
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
  ]);
  rmSync(file);
}

function runServer(installation: Installation, port: number) {
  const child = startProgram(installation, 'postgres', [
    ...['-D', getDataFolder(installation), '-h', '127.0.0.1', '-p', String(port), '-k', '', '-N', '200'],
    ...SETTINGS.flatMap((setting) => ['-c', setting]),
  ]);
  const closed = once(child, 'close');
  const log: string[] = [];
  const isReady = new Promise<boolean>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      if (log.push(line) > LOG_LINES) log.shift();
      if (line.endsWith('database system is ready to accept connections')) resolve(true);
    });
    closed.then(() => resolve(false), reject);
  });
  return {
    log,
    closed,
    isReady,
    async stop() {
      // SIGQUIT is an immediate shutdown, which does not wait for clients or for data to be written.
      child.kill('SIGQUIT');
      await closed;
    },
  };
}

function getDataFolder({ folder }: Installation): string {
  return join(folder, 'data');
}

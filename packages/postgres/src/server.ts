import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, constants, cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from '@firstofficer/common/listen';
import type { PostgresOptions } from './index.ts';
import { changeOwner, type Installation, runProgram, startProgram } from './installation.ts';

const SUPERUSER = 'firstofficer';
const ATTEMPTS = 5;
const LOG_LINES = 50;

// The data is deleted when the server stops, so it need not survive a crash.
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
const ALONE = ['wal_level=minimal', 'max_wal_senders=0'];
// The standby asks for all changes since the data was created. It receives each change within a few milliseconds.
const REPLICATED = ['wal_level=replica', 'wal_keep_size=1GB', 'wal_writer_delay=10ms'];

/** A server process that accepts connections. */
export interface ServerProcess {
  readonly url: string;
  /** The last lines of its log. */
  readonly log: readonly string[];
  /** Resolves when the process has ended. */
  readonly closed: Promise<unknown>;
  stop(): Promise<void>;
}

/** Where the data of a server is, and how it runs. */
interface Cluster {
  readonly data: string;
  readonly password: string;
  readonly settings: readonly string[];
}

/** A server, and its standby if the options ask for one. */
export interface Servers {
  readonly primary: ServerProcess;
  readonly standby?: ServerProcess;
}

/**
 * Creates the data and starts a server on a free port of 127.0.0.1, and its standby.
 *
 * @param choosePort - Returns the port to try. It is called again if another process takes the port first.
 */
export async function startServers(
  installation: Installation,
  options: PostgresOptions = {},
  choosePort = findFreePort,
): Promise<Servers> {
  const { folder, user } = installation;
  const data = join(folder, 'data');
  const password = randomBytes(16).toString('hex');
  await createCluster(installation, data, password);
  const { settings = [], standby: hasStandby = false, socketFolder = false } = options;
  const shared = [...SETTINGS, `unix_socket_directories=${socketFolder ? folder : ''}`, ...settings];
  if (!hasStandby) {
    const cluster = { data, password, settings: [...ALONE, ...shared] };
    return { primary: await startServer(installation, cluster, choosePort) };
  }
  const copy = join(folder, 'standby');
  cpSync(data, copy, { recursive: true, mode: constants.COPYFILE_FICLONE });
  writeFileSync(join(copy, 'standby.signal'), '');
  chmodSync(copy, 0o700);
  changeOwner(copy, user);
  const replicated = [...REPLICATED, ...shared];
  const primary = await startServer(installation, { data, password, settings: replicated }, choosePort);
  const { port } = new URL(primary.url);
  const source = `primary_conninfo=host=127.0.0.1 port=${port} user=${SUPERUSER} password=${password}`;
  try {
    const standby = { data: copy, password, settings: [...replicated, source] };
    return { primary, standby: await startServer(installation, standby, choosePort) };
  } catch (error) {
    await primary.stop();
    throw error;
  }
}

async function startServer(
  installation: Installation,
  cluster: Cluster,
  choosePort: () => Promise<number>,
): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort();
    const server = runServer(installation, cluster, port);
    if (await server.isReady) {
      return { ...server, url: `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/postgres` };
    }
    const isPortTaken = server.log.some((line) => line.includes('could not bind'));
    if (!isPortTaken || attempt === ATTEMPTS) throw new Error(`PostgreSQL did not start:\n${server.log.join('\n')}`);
  }
}

async function createCluster(installation: Installation, data: string, password: string): Promise<void> {
  const file = join(installation.folder, 'password');
  writeFileSync(file, password, { mode: 0o600 });
  if (installation.user) chownSync(file, installation.user.uid, installation.user.gid);
  await runProgram(installation, 'initdb', [
    ...['--pgdata', data, '--no-sync', '--username', SUPERUSER],
    ...['--auth', 'scram-sha-256', '--pwfile', file],
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
  ]);
  rmSync(file);
}

function runServer(installation: Installation, { data, settings }: Cluster, port: number) {
  const child = startProgram(installation, 'postgres', [
    ...['-D', data, '-h', '127.0.0.1', '-p', String(port), '-N', '200'],
    ...settings.flatMap((setting) => ['-c', setting]),
  ]);
  const closed = once(child, 'close');
  const log: string[] = [];
  const isReady = new Promise<boolean>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      if (log.push(line) > LOG_LINES) log.shift();
      // A standby is ready to accept read-only connections.
      if (/database system is ready to accept (read-only )?connections$/.test(line)) resolve(true);
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

/**
 * Runs a PostgreSQL server, and its standby, until standard input ends, then deletes the data. The argument is the
 * `PostgresOptions` in JSON. A line of standard input names the server that crashes. Prints each `SupervisorMessage`.
 *
 * It is a separate process, because the process that uses the server may be killed and then cannot clean up.
 */
import { createInterface } from 'node:readline';
import { type PostgresOptions, PostgresUnavailableError, type Role, type SupervisorMessage } from './index.ts';
import { install, remove } from './installation.ts';
import { type ServerProcess, type Servers, startServers } from './server.ts';

const commands = createInterface(process.stdin);
const stopped = new Promise<void>((resolve) => {
  process.stdin.once('close', resolve);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
});
// The process that reads standard output may have ended.
process.stdout.on('error', () => {});

try {
  const options = JSON.parse(process.argv[2] ?? '{}') as PostgresOptions;
  const installation = await install(options.extensions);
  try {
    const servers = await startServers(installation, options);
    const { primary, standby } = servers;
    const crashed = new Set<ServerProcess>();
    commands.on('line', (role) => void crash(servers, role as Role, crashed));
    print({
      url: primary.url,
      ...(standby && { standbyUrl: standby.url }),
      ...(options.socketFolder && { socketFolder: installation.folder }),
    });
    const running = [primary, ...(standby ? [standby] : [])];
    await Promise.race([
      stopped,
      ...running.map(async (server) => {
        await server.closed;
        await (crashed.has(server) ? stopped : failWith(server.log));
      }),
    ]);
    await Promise.all(running.map((server) => server.stop()));
  } finally {
    remove(installation.folder);
  }
} catch (error) {
  if (error instanceof PostgresUnavailableError) {
    print({ unavailable: error.message });
  } else {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
// Otherwise this process would wait for standard input to end.
process.stdin.destroy();

/** Ends one server. The other one keeps running. */
async function crash(servers: Servers, role: Role, crashed: Set<ServerProcess>): Promise<void> {
  const server = servers[role];
  if (server) {
    crashed.add(server);
    await server.stop();
  }
  print({ crashed: role });
}

function print(message: SupervisorMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function failWith(log: readonly string[]): never {
  throw new Error(`PostgreSQL ended unexpectedly:\n${log.join('\n')}`);
}

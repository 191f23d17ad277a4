/**
 * Runs a PostgreSQL server until standard input ends, then deletes its data. Prints one `SupervisorMessage`.
 *
 * It is a separate process, because the process that uses the server may be killed and then cannot clean up.
 */
import { PostgresUnavailableError, type SupervisorMessage } from './index.ts';
import { install, remove } from './installation.ts';
import { startServer } from './server.ts';

const stopped = new Promise<void>((resolve) => {
  process.stdin.resume().once('close', resolve);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
});
// The process that reads standard output may have ended.
process.stdout.on('error', () => {});

try {
  const installation = await install();
  try {
    const server = await startServer(installation);
    print({ url: server.url });
    await Promise.race([stopped, server.closed.then(() => failWith(server.log))]);
    await server.stop();
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

function print(message: SupervisorMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function failWith(log: readonly string[]): never {
  throw new Error(`PostgreSQL ended unexpectedly:\n${log.join('\n')}`);
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from '@firstofficer/common/listen';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { requireProgram } from '@firstofficer/testing/require-program';
import type { Context } from './databases.ts';

const ATTEMPTS = 5;

/** Options of {@link startPgBouncer}. */
export interface PgBouncerOptions {
  /** Further lines of the configuration, such as `ignore_startup_parameters = statement_timeout`. */
  readonly settings?: readonly string[];
}

/**
 * Starts PgBouncer in transaction mode in front of a database. Stops it after the test. Skips the test if PgBouncer is not
 * installed.
 *
 * It has two connections to the database and uses them in turn, so that two statements of a client run on different ones.
 *
 * @returns The URL of the database through PgBouncer.
 */
export async function startPgBouncer(
  context: Context,
  database: string,
  { settings = [] }: PgBouncerOptions = {},
): Promise<string> {
  const program = await requireProgram(context, 'pgbouncer');
  const url = new URL(database);
  const [user, password] = [url.username, url.password].map(decodeURIComponent);
  const folder = await createTemporaryFolder(context, { users: `"${user}" "${password}"\n` });
  const file = join(folder, 'pgbouncer.ini');
  // PgBouncer refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await chmod(folder, 0o755);
  const command = [program, ...(isRoot ? ['-u', 'nobody'] : []), file];
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    const configuration = [
      '[databases]',
      `* = host=${url.hostname} port=${url.port || 5432}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      `auth_type = ${password === '' ? 'trust' : 'scram-sha-256'}`,
      `auth_file = ${join(folder, 'users')}`,
      'pool_mode = transaction',
      'default_pool_size = 2',
      'server_round_robin = 1',
      ...settings,
    ];
    await writeFile(file, configuration.join('\n'));
    const log = await runPgBouncer(context, command);
    if (log === undefined) {
      url.host = `127.0.0.1:${port}`;
      return url.href;
    }
    // Another process may have taken the port.
    if (attempt === ATTEMPTS) throw new Error(`PgBouncer did not start:\n${log}`);
  }
}

/** Runs PgBouncer until the test has finished. Returns its log if it does not start. */
async function runPgBouncer(context: Context, command: readonly string[]): Promise<string | undefined> {
  // The shell ends PgBouncer when standard input closes, also if this process is killed.
  const child = spawn('sh', ['-c', '"$@" & read -r _; kill -9 $!; wait', 'sh', ...command], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const closed = once(child, 'close');
  const stop = async () => {
    child.stdin.end();
    await closed;
  };
  let log = '';
  for await (const line of createInterface(child.stderr)) {
    log += `${line}\n`;
    if (line.includes('process up')) {
      child.stderr.resume();
      context.onTestFinished(stop);
      return undefined;
    }
    if (line.includes('FATAL')) break;
  }
  child.stderr.resume();
  await stop();
  return log;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { DatabaseLocation } from '../src/database/open.ts';
import type { Context } from './databases.ts';

/** The file of the command `firstofficer-api`. */
export const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

/** The output and exit code of a command. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `firstofficer-api` with a database. */
export function startCommand(
  { url, readUrls, directory }: DatabaseLocation,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
) {
  return spawn(process.execPath, ['--conditions=@firstofficer/source', CLI, ...args, '--data', directory], {
    env: {
      ...process.env,
      ...(url !== undefined && { DATABASE_URL: url }),
      ...(readUrls && { DATABASE_READ_URLS: readUrls.join(',') }),
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Starts a server and waits until it is ready. Kills it after the test. `lines` is the rest of its output. */
export async function startServeCommand(
  context: Pick<Context, 'onTestFinished'>,
  location: DatabaseLocation,
  options: readonly string[] = [],
) {
  const server = startCommand(location, ['serve', '--port', '0', '--log-level', 'silent', ...options]);
  context.onTestFinished(() => void server.kill('SIGKILL'));
  const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
  const url = /ready on (\S+)/.exec((await lines.next()).value ?? '')?.[1] ?? '';
  return { server, url, lines };
}

/** Runs `firstofficer-api` and waits for it to exit. */
export async function runCommand(
  location: DatabaseLocation,
  args: readonly string[],
  { input = '', env = {} }: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<CommandResult> {
  const child = startCommand(location, args, env);
  // A command that fails may end before it has read its input.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), waitForExit(child)]);
  return { code, stdout, stderr };
}

/** Waits for a process to exit and returns its exit code. */
export async function waitForExit(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Location } from '../src/database/open.ts';

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

/** What a command printed, and how it ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `firstofficer-api` on a database. */
export function startCommand({ url, directory }: Location, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return spawn(process.execPath, ['--conditions=@firstofficer/source', CLI, ...args, '--data', directory], {
    env: { ...process.env, ...(url !== undefined && { DATABASE_URL: url }), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs `firstofficer-api` to its end. */
export async function runCommand(
  location: Location,
  args: readonly string[],
  { input = '', env = {} }: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<CommandResult> {
  const child = startCommand(location, args, env);
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended(child)]);
  return { code, stdout, stderr };
}

/** The exit code of a process, once it has ended. */
export async function ended(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

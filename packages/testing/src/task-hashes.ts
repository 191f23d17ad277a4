import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';

/**
 * Returns turbo's hash of a task for each package that may be cached: of the package's files, those of the packages that
 * it depends on, the lockfile and the environment variables that `turbo.json` names.
 *
 * @throws Error if turbo fails.
 * @example
 * (await listTaskHashes('/repository', 'test')).get('client'); // '439ef4da95c42581'
 */
export async function listTaskHashes(root: string, task: string): Promise<ReadonlyMap<string, string>> {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
  const options = { cwd: root, env, maxBuffer: Number.MAX_SAFE_INTEGER, shell: process.platform === 'win32' };
  const { stdout } = await promisify(execFile)('turbo', ['run', task, '--dry=json'], options);
  const { tasks }: DryRun = JSON.parse(stdout);
  const cached = tasks.filter((entry) => entry.task === task && entry.resolvedTaskDefinition.cache);
  return new Map(cached.map(({ directory, hash }) => [basename(directory), hash]));
}

interface DryRun {
  readonly tasks: readonly {
    readonly task: string;
    readonly directory: string;
    readonly hash: string;
    readonly resolvedTaskDefinition: { readonly cache: boolean };
  }[];
}

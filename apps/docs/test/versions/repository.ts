import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A git repository. Each tag has a file `version` that contains the name of the tag. */
export interface Repository extends AsyncDisposable {
  readonly folder: string;
  /** Runs git and returns its output. */
  git(...args: string[]): Promise<string>;
}

export async function createRepository(tags: readonly string[]): Promise<Repository> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'firstofficer-docs-repository-'));
  // The tests must not depend on the user's git settings, such as a name.
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  const git = async (...args: string[]) => (await run('git', [...identity, ...args], { cwd: folder, env })).stdout;
  await git('init', '--quiet');
  for (const tag of tags) {
    await writeFile(join(folder, 'version'), tag);
    await git('add', '.');
    await git('commit', '--quiet', '--message', tag);
    await git('tag', tag);
  }
  return { folder, git, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A git worktree with the files of a tag. */
export interface Worktree extends AsyncDisposable {
  readonly folder: string;
}

/** Returns all tags of a repository. */
export async function listTags(repository: string): Promise<string[]> {
  const { stdout } = await run('git', ['tag', '--list'], { cwd: repository });
  return stdout.split('\n').filter(Boolean);
}

/**
 * Checks out a tag in a temporary worktree. The repository's own checkout stays unchanged.
 *
 * @throws Error with git's message if the tag does not exist.
 * @example
 * await using worktree = await checkOut('.', 'v1.4.2');
 */
export async function checkOut(repository: string, tag: string): Promise<Worktree> {
  const parent = await mkdtemp(join(await realpath(tmpdir()), 'firstofficer-docs-version-'));
  const folder = join(parent, tag);
  const dispose = async () => {
    await rm(parent, { recursive: true, force: true });
    await run('git', ['worktree', 'prune'], { cwd: repository });
  };
  try {
    await run('git', ['worktree', 'add', '--detach', folder, `refs/tags/${tag}`], { cwd: repository });
  } catch (error) {
    await dispose();
    throw error;
  }
  return { folder, [Symbol.asyncDispose]: dispose };
}

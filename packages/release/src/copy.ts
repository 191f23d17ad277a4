import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runPnpm } from '@firstofficer/on-demand';
import { runGit } from './git.ts';

const run = promisify(execFile);

/** A copy of the repository. It is deleted when it is disposed of. */
export interface Copy extends AsyncDisposable {
  readonly folder: string;
}

/**
 * Copies the last commit of a repository into a temporary folder, and installs its dependencies. The repository itself
 * stays as it is.
 *
 * @example
 * await using copy = await createCopy(root);
 */
export async function createCopy(root: string): Promise<Copy> {
  const parent = await mkdtemp(join(await realpath(tmpdir()), 'firstofficer-release-'));
  const stop = (signal: NodeJS.Signals) => {
    rmSync(parent, { recursive: true, force: true });
    process.exit(128 + constants.signals[signal]);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const dispose = async () => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await rm(parent, { recursive: true, force: true });
  };
  try {
    const folder = join(parent, 'repository');
    await copyLastCommit(root, folder);
    await runPnpm(['install', '--frozen-lockfile', '--prefer-offline', '--silent'], folder);
    return { folder, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/**
 * Copies the files of the last commit and commits them as the first commit of a new repository. It is no clone: the clone
 * of a shallow clone, as CI has it, misses commits that changesets would look for forever.
 */
async function copyLastCommit(root: string, folder: string): Promise<void> {
  await mkdir(folder);
  const archive = join(folder, '../commit.tar');
  await runGit(['archive', '--output', archive, 'HEAD'], root);
  await run('tar', ['-xf', archive, '-C', folder]);
  await runGit(['init', '--quiet'], folder);
  await runGit(['add', '--all'], folder);
  const author = ['-c', 'user.name=release', '-c', 'user.email=release@localhost'];
  await runGit([...author, 'commit', '--quiet', '--no-verify', '--message', 'copy'], folder);
}

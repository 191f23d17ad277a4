import { rmSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPnpm } from '@firstofficer/on-demand';
import { runGit } from './git.ts';

/** A copy of the repository. It is deleted when it is disposed of. */
export interface Copy extends AsyncDisposable {
  readonly folder: string;
}

/**
 * Clones the last commit of a repository into a temporary folder, and installs its dependencies. The repository itself
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
    await runGit(['clone', '--quiet', '--shared', root, folder], root);
    await runPnpm(['install', '--frozen-lockfile', '--prefer-offline', '--silent'], folder);
    return { folder, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

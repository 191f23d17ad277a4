import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { PostgresUnavailableError } from './start.ts';

/** The user that a process runs as. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Returns the user that PostgreSQL runs as, or undefined for the current one. PostgreSQL refuses to run as root. */
export function findUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  try {
    return { uid: readId('-u'), gid: readId('-g') };
  } catch {
    throw new PostgresUnavailableError('PostgreSQL does not run as root, and this machine has no user "nobody"');
  }
}

function readId(flag: string): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

/**
 * Returns a folder for temporary files that the user can enter. `TMPDIR` may be a folder that only root can enter, such as
 * one that `mktemp -d` created.
 */
export function findTemporaryFolder(user: User | undefined): string {
  const folders = [tmpdir(), '/tmp', '/var/tmp'];
  return (user && folders.find(isOpenToAll)) ?? tmpdir();
}

function isOpenToAll(folder: string): boolean {
  const isOpen = ((statSync(folder, { throwIfNoEntry: false })?.mode ?? 0) & 0o001) !== 0;
  const parent = dirname(folder);
  return isOpen && (parent === folder || isOpenToAll(parent));
}

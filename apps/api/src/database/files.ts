import { chmodSync, closeSync, openSync, statSync } from 'node:fs';

/** The mode of files that only their owner can read and write. */
export const PRIVATE = 0o600;

/**
 * Creates an empty file that only its owner can read, if there is no file yet. Never opens an existing file: on Linux,
 * closing it would end the locks that SQLite holds on it in this process.
 */
export function createPrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', PRIVATE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Makes a file inaccessible to other users, if it exists. Prints a warning if another user owns it. */
export function protectFile(file: string): void {
  try {
    if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, PRIVATE);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPERM' || code === 'EROFS') {
      process.emitWarning(`Other users may be able to read ${file}. Its owner can change this: chmod 600 ${file}`);
    } else if (code !== 'ENOENT') throw error;
  }
}

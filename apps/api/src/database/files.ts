import { chmodSync, closeSync, fchownSync, lstatSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The mode of files that only their owner can read and write. */
export const PRIVATE = 0o600;

/**
 * Creates an empty file that only its owner can read, if there is no file yet. Never opens an existing file: on Linux,
 * closing it would end the locks that SQLite holds on it in this process.
 */
export function createPrivateFile(file: string): void {
  try {
    closeSync(openPrivate(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/**
 * Creates a file that only the owner of its folder can read, and returns its descriptor. Without the change of the owner,
 * the server could not read a file that root creates with a command.
 */
export function openPrivate(file: string): number {
  const descriptor = openSync(file, 'wx', PRIVATE);
  if (process.getuid?.() === 0) giveToOwner(descriptor, dirname(file));
  return descriptor;
}

/** Creates a folder that only the owner of its parent can use. */
export function createPrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.getuid?.() !== 0) return;
  const descriptor = openSync(folder, 'r');
  giveToOwner(descriptor, dirname(folder));
  closeSync(descriptor);
}

function giveToOwner(descriptor: number, folder: string): void {
  const { uid, gid } = statSync(folder);
  try {
    if (uid !== 0) fchownSync(descriptor, uid, gid);
  } catch {
    // In a container, root may not have this right. Then the file belongs to root.
  }
}

/** Makes a file inaccessible to other users, if it exists. Prints a warning if another user owns it. */
export function protectFile(file: string): void {
  try {
    const status = lstatSync(file);
    // The target of a link may belong to other programs.
    if (status.isFile() && (status.mode & 0o077) !== 0) chmodSync(file, PRIVATE);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPERM' || code === 'EROFS') {
      process.emitWarning(`Other users may be able to read ${file}. Its owner can change this: chmod 600 ${file}`);
    } else if (code !== 'ENOENT') throw error;
  }
}

const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * Returns whether a file contains one of the pieces. Returns false if the file does not exist.
 *
 * Call it only after this process has closed the database: on Linux, closing a file ends the locks of SQLite on it.
 */
export function hasBytes(file: string, pieces: readonly Buffer[]): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  try {
    const overlap = Math.max(0, ...pieces.map(({ length }) => length - 1));
    const buffer = Buffer.alloc(CHUNK_BYTES + overlap);
    let kept = 0;
    for (;;) {
      const read = readSync(descriptor, buffer, kept, CHUNK_BYTES, null);
      if (read === 0) return false;
      const bytes = buffer.subarray(0, kept + read);
      if (pieces.some((piece) => bytes.includes(piece))) return true;
      // A piece may be split across two chunks.
      kept = Math.min(overlap, bytes.length);
      bytes.copy(buffer, 0, bytes.length - kept);
    }
  } finally {
    closeSync(descriptor);
  }
}

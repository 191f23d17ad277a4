import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import {
  readSecret,
  SECRET_FILES,
  SECRET_VARIABLES,
  type SecretLocation,
  writeSecret,
} from '../api-keys/secret-files.ts';
import { DatabaseError, toDatabaseError } from '../database/errors.ts';
import { createPrivateFile } from '../database/files.ts';
import { DATABASE_FILE } from '../database/sqlite.ts';
import { writeManifest } from './manifest.ts';

/** What a backup contains. */
export interface Backup {
  /** The names of the files. */
  readonly files: readonly string[];
  /** The variables whose secrets are not in the backup. */
  readonly variables: readonly string[];
}

/**
 * Writes a copy of the SQLite database and of the secrets to a new directory, while servers and imports continue.
 *
 * @throws Error if the directory exists or cannot be written; DatabaseError if there is no database, or if it is damaged.
 */
export async function createBackup(location: SecretLocation, target: string): Promise<Backup> {
  if (!existsSync(join(location.directory, DATABASE_FILE))) {
    throw new DatabaseError(
      'unavailable',
      `There is no database in ${location.directory}. Choose another directory with --data.`,
    );
  }
  if (existsSync(target)) throw new Error(`${target} already exists. Choose a new directory.`);
  // The directory gets its name at the end, so that an interrupted backup is not taken for a complete one.
  const partial = `${resolve(target)}.partial`;
  await mkdir(partial, { mode: 0o700 }).catch(({ code }: NodeJS.ErrnoException) => {
    const hint =
      code === 'EEXIST' ? 'An earlier backup was interrupted. Delete it.' : 'Check the path and its permissions.';
    throw new Error(`The directory ${partial} cannot be created (${code}). ${hint}`);
  });
  try {
    const backup = await writeBackup(location, partial);
    await rename(partial, target);
    return backup;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

async function writeBackup(location: SecretLocation, target: string): Promise<Backup> {
  await copyDatabase(join(location.directory, DATABASE_FILE), join(target, DATABASE_FILE));
  // After the database: if the secret is rotated in between, the files contain both secrets.
  const files = [DATABASE_FILE];
  const variables: string[] = [];
  for (const name of ['current', 'previous'] as const) {
    const { text, isVariable } = readSecret(location, name);
    if (isVariable) variables.push(SECRET_VARIABLES[name]);
    else if (text !== undefined) {
      writeSecret({ directory: target, env: {} }, name, text);
      files.push(SECRET_FILES[name]);
    }
  }
  await writeManifest(target, files);
  return { files, variables };
}

/** Copies a database. All pages are copied at once, because SQLite begins again if another process writes in between. */
async function copyDatabase(source: string, target: string): Promise<void> {
  try {
    createPrivateFile(target);
    const sqlite = new Sqlite(source, { fileMustExist: true });
    try {
      await sqlite.backup(target, { progress: () => 2 ** 31 - 1 });
    } finally {
      sqlite.close();
    }
    checkCopy(target);
  } catch (error) {
    throw toDatabaseError(error);
  }
}

function checkCopy(file: string): void {
  const copy = new Sqlite(file);
  try {
    // Without a write-ahead log, the copy is one file.
    copy.pragma('journal_mode = DELETE');
    if (copy.pragma('integrity_check(1)', { simple: true }) !== 'ok') {
      throw new DatabaseError(
        'damaged',
        'The database is damaged, so it cannot be backed up. Restore an earlier backup.',
      );
    }
  } finally {
    copy.close();
  }
}

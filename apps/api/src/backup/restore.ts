import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import Sqlite from 'better-sqlite3';
import { loadSecret } from '../api-keys/secret.ts';
import { SECRET_FILES, SECRET_VARIABLES, type SecretLocation } from '../api-keys/secret-files.ts';
import { recordChange } from '../audit.ts';
import { DatabaseError, toDatabaseError } from '../database/errors.ts';
import { createPrivateFile, createPrivateFolder } from '../database/files.ts';
import { withDatabase } from '../database/open.ts';
import { DATABASE_FILE } from '../database/sqlite.ts';
import { hashFile, type Manifest, readManifest } from './manifest.ts';

const NAMES = [DATABASE_FILE, ...Object.values(SECRET_FILES)];
/** The folder of the data directory that the files are checked in. */
const STAGING = 'restoring';

/**
 * Replaces the database and the secrets in a data directory by those of a backup. Changes nothing unless the backup is
 * complete and can be used.
 *
 * @param replace - Whether to replace existing data.
 * @returns The time of the backup in ISO 8601.
 * @throws Error if the backup is incomplete, or if data exists; DatabaseError if the database of the backup cannot be used,
 * or if another process uses the existing database.
 */
export async function restoreBackup(backup: string, location: SecretLocation, replace: boolean): Promise<string> {
  const { directory, env } = location;
  const manifest = await readManifest(backup);
  const existing = NAMES.filter((name) => existsSync(join(directory, name)));
  if (existing.length > 0 && !replace) {
    throw new Error(`${directory} already contains ${existing.join(' and ')}. Pass --force to replace the data.`);
  }
  const staging = join(directory, STAGING);
  try {
    await copyFiles(backup, manifest, staging);
    await prepareDatabase(staging, env, manifest);
    await withExclusiveLock(join(directory, DATABASE_FILE), () => moveFiles(staging, directory));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return manifest.createdAt;
}

/** Copies the files of a backup, and checks that the copies are those of the manifest. */
async function copyFiles(backup: string, { files }: Manifest, target: string): Promise<void> {
  if (!Object.hasOwn(files, DATABASE_FILE)) throw new Error(`The backup ${backup} contains no ${DATABASE_FILE}.`);
  await rm(target, { recursive: true, force: true });
  createPrivateFolder(target);
  for (const name of NAMES.filter((known) => Object.hasOwn(files, known))) {
    const copy = join(target, name);
    createPrivateFile(copy);
    const written = createWriteStream(copy, { flags: 'r+', flush: true });
    await pipeline(createReadStream(join(backup, name)), written).catch(({ code }: NodeJS.ErrnoException) => {
      throw new Error(
        `The file ${name} of the backup ${backup} cannot be copied (${code}). Check the files and the disk.`,
      );
    });
    if ((await hashFile(copy)) !== files[name]) {
      throw new Error(`The file ${name} of the backup ${backup} was changed or is incomplete. Use another backup.`);
    }
  }
}

/** Checks that this version can use a database with its secrets, creates missing tables, and records the restore. */
async function prepareDatabase(directory: string, env: NodeJS.ProcessEnv, { createdAt }: Manifest): Promise<void> {
  const sqlite = new Sqlite(join(directory, DATABASE_FILE));
  try {
    if (sqlite.pragma('integrity_check(1)', { simple: true }) !== 'ok') throw new DatabaseError('damaged', '');
  } catch {
    throw new DatabaseError('damaged', 'The database of the backup is damaged. Use another backup.');
  } finally {
    sqlite.close();
  }
  await withDatabase({ directory }, async (database) => {
    await loadSecret(database, directory, env).catch(explainSecret);
    await recordChange(database.query, { command: 'restore', details: { backupCreatedAt: createdAt } });
  });
}

/** Throws an error that says what to do about a missing secret in a restore. */
function explainSecret(error: unknown): never {
  if (!(error instanceof DatabaseError) || error.fault !== 'secret') throw error;
  const { current, previous } = SECRET_VARIABLES;
  throw new DatabaseError(
    'secret',
    `The keys of the backup need a secret that is not in it. Set ${current}, and ${previous} if the secret was being rotated, or use another backup.`,
  );
}

/** Calls the action while no other process can use a database. */
async function withExclusiveLock(file: string, action: () => Promise<void>): Promise<void> {
  if (!existsSync(file)) return action();
  const sqlite = new Sqlite(file, { timeout: 0 });
  try {
    // Succeeds only if no other process has opened the database. Also removes the write-ahead log.
    sqlite.pragma('journal_mode = DELETE');
    sqlite.exec('begin exclusive');
  } catch (error) {
    const { fault, code } = toDatabaseError(error);
    if (fault !== 'damaged') {
      sqlite.close();
      throw new DatabaseError(
        'locked',
        'The database is in use. Stop the server and all commands, then try again.',
        code,
      );
    }
    // A damaged database cannot be locked, and must be replaced all the more.
  }
  try {
    await action();
  } finally {
    sqlite.close();
  }
}

async function moveFiles(source: string, target: string): Promise<void> {
  // Otherwise they would be applied to the other database.
  for (const suffix of ['-wal', '-shm', '-journal']) await rm(join(target, DATABASE_FILE + suffix), { force: true });
  // The database comes last: until then, the command can be repeated.
  for (const name of NAMES.toReversed()) {
    if (existsSync(join(source, name))) await rename(join(source, name), join(target, name));
    else await rm(join(target, name), { force: true });
  }
}

import { createHmac } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database, Schema } from '../database/database.ts';
import { DatabaseError } from '../database/errors.ts';
import { runInTransaction } from '../database/transaction.ts';
import {
  generateSecret,
  readSecret,
  SECRET_VARIABLES,
  type SecretLocation,
  type SecretSource,
  writeSecret,
} from './secret-files.ts';

/**
 * The secret that keys are hashed with, and during a rotation also the previous one. Without the secret, a stolen
 * database does not help to guess keys.
 */
export interface Secret {
  /** The fingerprint of the secret of new keys, as the database names it. */
  readonly fingerprint: string;
  /** The fingerprint of the secret of keys that were created before fingerprints were stored. A rotation stores it. */
  readonly oldest: string;
  /** The fingerprint of the secret that keys are moved to when a rotation ends. */
  readonly newest: string;
  /** The secrets, by fingerprint. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Names of rows in the table `settings`. */
export const SETTINGS = {
  fingerprint: 'secret_fingerprint',
  previous: 'secret_fingerprint_previous',
  /** Exists while servers move keys to the secret with this fingerprint. */
  moving: 'secret_fingerprint_moving',
} as const;

/** The fingerprints that the database contains. */
export interface StoredFingerprints {
  readonly current?: string;
  /** Set during a rotation. */
  readonly previous?: string;
}

/**
 * Returns the secret from the environment or from the data directory. If the database is new and there is no secret, a
 * file with a new one is created.
 *
 * @throws DatabaseError if a secret is missing or too short, if its file cannot be read or written, or if the keys in the
 * database were hashed with another secret.
 */
export async function loadSecret(database: Database, directory: string, env: NodeJS.ProcessEnv): Promise<Secret> {
  const location = { directory, env };
  // Read before writing, so that a server can start while an import holds the write lock. Read the files afterwards, because
  // another process may be storing the first secret.
  const stored = await readFingerprints(database.query);
  if (stored.current === undefined) {
    await storeFirstSecret(database, location);
    return loadSecret(database, directory, env);
  }
  const current = readSecret(location, 'current');
  const previous = readSecret(location, 'previous');
  if (current.text === undefined) throw new DatabaseError('secret', explainMissing(current));
  const newest = computeFingerprint(current.text);
  const texts = {
    ...(previous.text !== undefined && { [computeFingerprint(previous.text)]: previous.text }),
    [newest]: current.text,
  };
  if (!Object.hasOwn(texts, stored.current)) {
    throw new DatabaseError(
      'secret',
      `The keys in this database were created with another secret. Set ${SECRET_VARIABLES.current} to that secret, or use the data directory that contains it. If it is lost, run: secret reset`,
    );
  }
  if (stored.previous !== undefined && !Object.hasOwn(texts, stored.previous)) {
    throw new DatabaseError(
      'secret',
      `The secret is being rotated, and some keys still need the previous one. Set ${SECRET_VARIABLES.previous} to it, or end the rotation with: secret retire`,
    );
  }
  // During a rotation, a replica may not have stored the fingerprints of old keys yet.
  return { fingerprint: stored.current, oldest: stored.previous ?? stored.current, newest, texts };
}

function explainMissing({ place }: SecretSource): string {
  return `The keys in this database were created with a secret, but ${place} does not contain it. Write the secret to this file, or set ${SECRET_VARIABLES.current}. If it is lost, run: secret reset`;
}

/** Stores the fingerprint of the first secret, and writes its file if there is none. One process does it first. */
async function storeFirstSecret(database: Database, location: SecretLocation): Promise<void> {
  await runInTransaction(database, async (db) => {
    const given = readSecret(location, 'current').text;
    const text = given ?? generateSecret();
    // On PostgreSQL, this waits for a transaction that is inserting the same row.
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('settings')
      .values({ name: SETTINGS.fingerprint, value: computeFingerprint(text) })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirst();
    const isFirst = numInsertedOrUpdatedRows === 1n;
    // Before the commit, because a fingerprint without its secret would make the database unusable.
    if (isFirst && given === undefined) writeSecret(location, 'current', text);
  });
}

/** Returns the fingerprints of the secrets that the keys in the database were hashed with. */
export async function readFingerprints(db: Kysely<Schema>): Promise<StoredFingerprints> {
  const rows = await db
    .selectFrom('settings')
    .selectAll()
    .where('name', 'in', [SETTINGS.fingerprint, SETTINGS.previous])
    .execute();
  const current = rows.find(({ name }) => name === SETTINGS.fingerprint)?.value;
  const previous = rows.find(({ name }) => name === SETTINGS.previous)?.value;
  return { ...(current !== undefined && { current }), ...(previous !== undefined && { previous }) };
}

/** Returns the fingerprint of a secret. It identifies the secret, and does not reveal it. */
export function computeFingerprint(text: string): string {
  return hashKey('fingerprint', text).toString('hex');
}

/** Returns the hash of a key with a secret. It is stored instead of the key. */
export function hashKey(key: string, text: string): Buffer {
  return createHmac('sha256', text).update(key).digest();
}

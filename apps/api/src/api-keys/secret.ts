import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../database/database.ts';
import { DatabaseError } from '../database/errors.ts';

/** The environment variable that holds the secret. */
const SECRET_VARIABLE = 'FIRSTOFFICER_API_SECRET';
const MIN_LENGTH = 32;
const FILE = 'secret';
const FINGERPRINT = 'secret_fingerprint';

/**
 * Returns the secret that keys are hashed with. Without the secret, a stolen database does not help to guess keys. The
 * secret comes from the environment or from a file in the data directory, which is created if it does not exist.
 *
 * @throws DatabaseError if the secret is too short, if the file cannot be read or created, or if the keys in the database
 * were hashed with another secret.
 */
export async function loadSecret(database: Database, directory: string, env: NodeJS.ProcessEnv): Promise<string> {
  const given = env[SECRET_VARIABLE];
  const secret = given ?? readOrCreate(directory);
  if (secret.length < MIN_LENGTH) {
    const source = given === undefined ? `The file ${join(directory, FILE)}` : SECRET_VARIABLE;
    throw new DatabaseError(
      'setting',
      `${source} is too short. The secret must have at least ${MIN_LENGTH} characters.`,
    );
  }
  await checkSecret(database, secret);
  return secret;
}

function readOrCreate(directory: string): string {
  const file = join(directory, FILE);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST')
      throw new DatabaseError(
        'forbidden',
        `The file ${file} cannot be created (${code}). Check the permissions of the data directory.`,
        code,
      );
  }
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new DatabaseError('forbidden', `The file ${file} cannot be read (${code}). Check its permissions.`, code);
  }
}

/**
 * Checks that the keys in the database were hashed with this secret. With another secret, no key would be valid. In a new
 * database, stores the fingerprint of the secret.
 */
async function checkSecret({ query }: Database, secret: string): Promise<void> {
  const value = hashKey('fingerprint', secret).toString('hex');
  const readFingerprint = () =>
    query.selectFrom('settings').select('value').where('name', '=', FINGERPRINT).executeTakeFirst();
  // Read before writing, so that a server can start while an import holds the write lock.
  let found = await readFingerprint();
  if (!found) {
    await query
      .insertInto('settings')
      .values({ name: FINGERPRINT, value })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    found = await readFingerprint();
  }
  if (found?.value !== value) {
    throw new DatabaseError(
      'secret',
      `The keys in this database were created with another secret. Set ${SECRET_VARIABLE} to that secret, or use the data directory that contains it.`,
    );
  }
}

/** Returns the hash of a key, which is stored instead of the key. */
export function hashKey(key: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(key).digest();
}

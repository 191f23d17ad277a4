import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../database/database.ts';
import { DatabaseError } from '../database/errors.ts';

/** The environment variable that holds the secret. */
const SECRET_VARIABLE = 'FIRSTOFFICER_API_SECRET';
const SHORTEST = 32;
const FILE = 'secret';
const FINGERPRINT = 'secret_fingerprint';

/**
 * The secret by which keys are hashed: of no use to a thief of the database alone. It comes from the environment, or
 * from a file in the data directory that is made the first time.
 *
 * @throws DatabaseError if it is too short, or the file cannot be read or made.
 */
export function loadSecret(directory: string, env: NodeJS.ProcessEnv): string {
  const given = env[SECRET_VARIABLE];
  const secret = given ?? readOrMake(directory);
  if (secret.length < SHORTEST) {
    const source = given === undefined ? `The file ${join(directory, FILE)}` : SECRET_VARIABLE;
    throw new DatabaseError('setting', `${source} must have ${SHORTEST} characters or more.`);
  }
  return secret;
}

function readOrMake(directory: string): string {
  const file = join(directory, FILE);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw new DatabaseError('forbidden', `The file ${file} cannot be made (${code}).`, code);
  }
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new DatabaseError('forbidden', `The file ${file} cannot be read (${code}).`, code);
  }
}

/**
 * Makes sure that a database's keys were hashed by this secret; with another one, every key would be refused.
 *
 * @throws DatabaseError if they were not.
 */
export async function checkSecret({ query }: Database, secret: string): Promise<void> {
  const value = hashKey('fingerprint', secret).toString('hex');
  const known = () => query.selectFrom('settings').select('value').where('name', '=', FINGERPRINT).executeTakeFirst();
  // Read first: a server also starts while an import has the only right to write.
  let found = await known();
  if (!found) {
    await query
      .insertInto('settings')
      .values({ name: FINGERPRINT, value })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    found = await known();
  }
  if (found?.value !== value) {
    throw new DatabaseError(
      'secret',
      `The keys in this database were made with another secret. Give that one in ${SECRET_VARIABLE}, or use the data directory it is in.`,
    );
  }
}

/** What is stored of a key. */
export function hashKey(key: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(key).digest();
}

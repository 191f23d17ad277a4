import { UsageError } from '@firstofficer/common/command';
import { type Kysely, sql } from 'kysely';
import { recordChange } from '../audit.ts';
import type { Database, Schema } from '../database/database.ts';
import { DatabaseError } from '../database/errors.ts';
import { runInTransaction } from '../database/transaction.ts';
import { computeFingerprint, readFingerprints, SETTINGS } from './secret.ts';
import {
  deletePreviousSecret,
  generateSecret,
  readSecret,
  SECRET_VARIABLES,
  type SecretLocation,
  writeSecret,
} from './secret-files.ts';

/** A secret that the database or the location contains. */
export interface SecretStatus {
  /** `next`: the location contains it, but the database does not use it yet. */
  readonly secret: 'current' | 'previous' | 'next';
  readonly fingerprint: string;
  /** The variable or the file that contains the secret. Null: it is missing. */
  readonly place: string | null;
  /** The number of keys that were hashed with the secret, and are neither revoked nor expired. */
  readonly activeKeys: number;
}

/** Returns the secrets of the database, and where they are. */
export async function getSecretStatus({ query }: Database, location: SecretLocation): Promise<SecretStatus[]> {
  const stored = await readFingerprints(query);
  const places = new Map(
    (['previous', 'current'] as const).flatMap((name) => {
      const { text, place } = readSecret(location, name);
      return text === undefined ? [] : [[computeFingerprint(text), place] as const];
    }),
  );
  const statuses = (['current', 'previous'] as const).flatMap(async (name): Promise<SecretStatus[]> => {
    const fingerprint = stored[name];
    if (fingerprint === undefined) return [];
    const keys = await listActiveKeys(query, fingerprint, name === 'current');
    return [{ secret: name, fingerprint, place: places.get(fingerprint) ?? null, activeKeys: keys.length }];
  });
  const unused = [...places].filter(([fingerprint]) => !Object.values(stored).includes(fingerprint));
  return [
    ...(await Promise.all(statuses)).flat(),
    ...unused.map(([fingerprint, place]) => ({ secret: 'next' as const, fingerprint, place, activeKeys: 0 })),
  ];
}

/**
 * Starts a rotation: new keys are hashed with another secret, and the keys of the previous secret stay valid. Generates
 * the secret, unless the location already contains the new secret and the previous one.
 *
 * @throws UsageError if a variable contains the present secret or hides a file; DatabaseError if the present secret is unknown.
 */
export async function rotateSecret(database: Database, location: SecretLocation): Promise<void> {
  await runInTransaction(database, async (db) => {
    const stored = await lockFingerprints(db);
    if (stored.previous !== undefined)
      throw new Error('The secret is already being rotated. End the rotation with: secret retire');
    const current = readSecret(location, 'current');
    const previous = readSecret(location, 'previous');
    const isStored = (text: string | undefined) => text !== undefined && computeFingerprint(text) === stored.current;
    if (!isStored(current.text) && !isStored(previous.text)) {
      throw new DatabaseError(
        'secret',
        `Neither the secret nor the previous secret is the one that the keys in this database were created with. Set ${SECRET_VARIABLES.current} to that secret, or use the data directory that contains it. If it is lost, run: secret reset`,
      );
    }
    if (isStored(current.text) && current.isVariable) {
      throw new UsageError(
        `${current.place} contains the present secret. Set ${SECRET_VARIABLES.previous} to it and ${current.place} to a new secret of at least 32 random characters, on every server, then run this command again.`,
      );
    }
    if (isStored(current.text) && previous.isVariable) {
      throw new UsageError(
        `${previous.place} would hide the file that the present secret is moved to. Unset it, then run this command again.`,
      );
    }
    const isGenerated = isStored(current.text) || current.text === undefined;
    const next = isGenerated ? generateSecret() : current.text;
    await db
      .updateTable('api_keys')
      .set({ secret_fingerprint: stored.current })
      .where('secret_fingerprint', 'is', null)
      .execute();
    await db.insertInto('settings').values({ name: SETTINGS.previous, value: stored.current }).execute();
    await setFingerprint(db, computeFingerprint(next));
    await recordChange(db, { command: 'secret rotate' });
    if (!isGenerated) return;
    // If this process ends between two of these steps, the command can be repeated.
    if (current.text !== undefined) writeSecret(location, 'previous', current.text);
    writeSecret(location, 'current', next);
  });
}

/** The result of {@link retireSecret}. */
export interface Retired {
  /** The IDs of active keys that still need the previous secret. If there are any, the secret was not retired. */
  readonly remaining: readonly string[];
  /** The number of keys that were revoked. */
  readonly revoked: number;
  readonly isRotating: boolean;
}

/**
 * Ends a rotation, if no active key needs the previous secret. Otherwise, servers move each key to the new secret when
 * the key is used next.
 *
 * @param shouldRevoke - Whether to revoke the keys that still need the previous secret.
 */
export async function retireSecret(
  database: Database,
  location: SecretLocation,
  shouldRevoke: boolean,
): Promise<Retired> {
  const retired = await runInTransaction(database, async (db): Promise<Retired> => {
    const { current, previous } = await lockFingerprints(db);
    if (previous === undefined) return { remaining: [], revoked: 0, isRotating: false };
    const remaining = await listActiveKeys(db, previous, false);
    if (remaining.length > 0 && !shouldRevoke) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('settings')
        .values({ name: SETTINGS.moving, value: current })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows === 1n)
        await recordChange(db, { command: 'secret retire', details: { remainingKeys: remaining.length } });
      return { remaining, revoked: 0, isRotating: true };
    }
    // Also expired keys, because their expiry could be changed.
    await revokeAll(db, previous);
    await endRotation(db);
    await recordChange(db, { command: 'secret retire', details: { revokedKeys: remaining.length } });
    return { remaining: [], revoked: remaining.length, isRotating: true };
  });
  if (retired.remaining.length === 0) deletePreviousSecret(location);
  return retired;
}

/**
 * Revokes all keys and uses another secret, for a secret that was lost or stolen. Generates the secret, unless the
 * location contains another one than the database uses.
 *
 * @returns The number of active keys that were revoked.
 * @throws UsageError if a variable contains the present secret.
 */
export async function resetSecret(database: Database, location: SecretLocation): Promise<number> {
  const revoked = await runInTransaction(database, async (db) => {
    const stored = await lockFingerprints(db);
    const { text, isVariable, place } = readSecret(location, 'current', true);
    const isPresent = text !== undefined && computeFingerprint(text) === stored.current;
    if (isPresent && isVariable)
      throw new UsageError(
        `${place} contains the present secret. Set it to a new secret of at least 32 random characters, then run this command again.`,
      );
    const next = text === undefined || isPresent ? generateSecret() : text;
    const count = await revokeAll(db);
    await endRotation(db);
    await setFingerprint(db, computeFingerprint(next));
    await recordChange(db, { command: 'secret reset', details: { revokedKeys: count } });
    if (next !== text) writeSecret(location, 'current', next);
    return count;
  });
  deletePreviousSecret(location);
  return revoked;
}

/** Returns the fingerprints, and lets no other process change them before the end of the transaction. */
async function lockFingerprints(db: Kysely<Schema>): Promise<{ readonly current: string; readonly previous?: string }> {
  await sql`update settings set value = value where name = ${SETTINGS.fingerprint}`.execute(db);
  const { current, previous } = await readFingerprints(db);
  if (current === undefined) throw new Error('The database has no secret yet. The first `key create` creates it.');
  return { current, ...(previous !== undefined && { previous }) };
}

async function setFingerprint(db: Kysely<Schema>, value: string): Promise<void> {
  await db.updateTable('settings').set({ value }).where('name', '=', SETTINGS.fingerprint).execute();
}

async function endRotation(db: Kysely<Schema>): Promise<void> {
  await db.deleteFrom('settings').where('name', 'in', [SETTINGS.previous, SETTINGS.moving]).execute();
}

/** Returns the IDs of keys that are neither revoked nor expired. */
async function listActiveKeys(db: Kysely<Schema>, fingerprint: string, isDefault: boolean): Promise<string[]> {
  const keys = await db
    .selectFrom('api_keys')
    .select('id')
    .where('revoked_at', 'is', null)
    .where((key) => key.or([key('expires_at', 'is', null), key('expires_at', '>', Date.now())]))
    .where((key) =>
      key.or([
        key('secret_fingerprint', '=', fingerprint),
        ...(isDefault ? [key('secret_fingerprint', 'is', null)] : []),
      ]),
    )
    .orderBy('id')
    .execute();
  return keys.map(({ id }) => id);
}

/** Revokes the keys that were hashed with a secret, or all keys. Returns how many were not revoked before. */
async function revokeAll(db: Kysely<Schema>, fingerprint?: string): Promise<number> {
  let keys = db.updateTable('api_keys').set({ revoked_at: Date.now() }).where('revoked_at', 'is', null);
  if (fingerprint !== undefined) keys = keys.where('secret_fingerprint', '=', fingerprint);
  const { numUpdatedRows } = await keys.executeTakeFirst();
  return Number(numUpdatedRows);
}

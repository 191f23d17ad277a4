import { timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import { type Database, placeholder, type Schema } from '../database/database.ts';
import { parseKeyId } from './format.ts';
import { hashKey, SETTINGS, type Secret } from './secret.ts';

/** The account and the key of an authenticated request. */
export interface Identity {
  readonly accountId: number;
  readonly keyId: string;
  /** The number of requests that the key allows in one minute. Null: no limit. */
  readonly limitPerMinute: number | null;
  /** The hash of the key with the newest secret, if the key was hashed with the previous one. */
  readonly newHash: KeyHash | undefined;
}

/** The hash of a key with a secret. */
interface KeyHash {
  /** The fingerprint of the secret. */
  readonly fingerprint: string;
  readonly hash: Buffer;
}

/**
 * Returns the account that owns a key, or undefined if the key is unknown, revoked or expired. Returns a promise only if
 * the database is asynchronous.
 */
export type Authenticate = (key: string) => Identity | undefined | Promise<Identity | undefined>;

interface Row {
  readonly id: string;
  readonly account_id: number;
  readonly hash: Buffer;
  readonly secret_fingerprint: string | null;
  readonly expires_at: number | null;
  readonly limit_per_minute: number | null;
}

interface HashedKey extends KeyHash {
  readonly id: string;
  readonly newHash: KeyHash | undefined;
}

// Only hashes are cached. A cached row would keep a revoked key valid.
const MAX_CACHED_HASHES = 1_000;

/**
 * Creates the function that authenticates keys. It looks up the key in the database each time, so that revoking a key
 * takes effect at once.
 */
export function createAuthenticator(database: Database, secret: Secret): Authenticate {
  const find = database.prepare<Row>(
    database.query
      .selectFrom('api_keys')
      .select(['id', 'account_id', 'hash', 'secret_fingerprint', 'expires_at', 'limit_per_minute'])
      .where('id', '=', placeholder<string>('id'))
      .where('revoked_at', 'is', null),
  );
  const hashes = new LRUCache<string, HashedKey>({ max: MAX_CACHED_HASHES });
  return (key) => {
    const cached = hashes.get(key);
    const id = cached ? cached.id : parseKeyId(key);
    if (id === undefined) return undefined;
    const finish = ([row]: readonly Row[]): Identity | undefined => {
      if (!row) return undefined;
      const fingerprint = row.secret_fingerprint ?? secret.oldest;
      const hashed = cached?.fingerprint === fingerprint ? cached : hash({ key, id, fingerprint });
      if (!hashed || !timingSafeEqual(row.hash, hashed.hash)) return undefined;
      // Cache only valid keys, so that guessed keys do not evict them.
      if (hashed !== cached) hashes.set(key, hashed);
      if (row.expires_at !== null && row.expires_at <= Date.now()) return undefined;
      return {
        accountId: row.account_id,
        keyId: id,
        limitPerMinute: row.limit_per_minute,
        newHash: hashed.newHash,
      };
    };
    const rows = find({ id });
    return rows instanceof Promise ? rows.then(finish) : finish(rows);
  };

  /** Hashes a key with the secret that its row names. Returns undefined if this server does not have that secret. */
  function hash({ key, id, fingerprint }: { key: string; id: string; fingerprint: string }): HashedKey | undefined {
    const { newest, texts } = secret;
    const text = texts[fingerprint];
    if (text === undefined) return undefined;
    const toHash = (other: string, otherText: string) => ({ fingerprint: other, hash: hashKey(key, otherText) });
    const newText = fingerprint === newest ? undefined : texts[newest];
    return { id, ...toHash(fingerprint, text), newHash: newText === undefined ? undefined : toHash(newest, newText) };
  }
}

/** The use of a key. */
export interface KeyUse {
  readonly keyId: string;
  readonly at: number;
  /** The hash to store when a rotation of the secret ends. */
  readonly newHash: KeyHash | undefined;
}

/** Stores when a key was last used. */
export type WriteUse = (use: KeyUse) => Promise<void>;

/** Creates the function that stores the last use of a key in the database. */
export function createUseWriter({ query }: Database): WriteUse {
  return async ({ keyId, at, newHash }) => {
    await query.updateTable('api_keys').set({ last_used_at: at }).where('id', '=', keyId).execute();
    if (newHash) await moveToNewSecret(query, keyId, newHash);
  };
}

/** Records when keys are used. */
export interface LastUseRecorder {
  /** Records that a key was used. */
  record(use: KeyUse): void;
  /** Writes the recorded uses. The next call retries those that could not be written. */
  flush(): Promise<void>;
}

/** Creates a recorder that collects uses in memory, because writing them would take longer than the request. */
export function createLastUseRecorder(write: WriteUse): LastUseRecorder {
  const uses = new Map<string, KeyUse>();
  return {
    record: (use) => void uses.set(use.keyId, use),
    async flush() {
      for (const use of [...uses.values()]) {
        uses.delete(use.keyId);
        try {
          await write(use);
        } catch {
          if (!uses.has(use.keyId)) uses.set(use.keyId, use);
        }
      }
    },
  };
}

/**
 * Replaces the hash of a key, if `secret retire` has asked for it. Until then, other servers may not have the new secret
 * yet.
 */
async function moveToNewSecret(query: Kysely<Schema>, id: string, { fingerprint, hash }: KeyHash): Promise<void> {
  await query
    .updateTable('api_keys')
    .set({ hash, secret_fingerprint: fingerprint })
    .where('id', '=', id)
    .where('secret_fingerprint', '!=', fingerprint)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('settings').select('name').where('name', '=', SETTINGS.moving).where('value', '=', fingerprint),
      ),
    )
    .execute();
}

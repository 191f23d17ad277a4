import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Database, placeholder } from '../database/database.ts';
import { parseKeyId } from './format.ts';
import { hashKey } from './secret.ts';

/** The account and the key of an authenticated request. */
export interface Identity {
  readonly accountId: number;
  readonly keyId: string;
}

/**
 * Returns the account that owns a key, or undefined if the key is unknown or revoked. Returns a promise only if the
 * database is asynchronous.
 */
export type Authenticate = (key: string) => Identity | undefined | Promise<Identity | undefined>;

interface Row {
  readonly id: string;
  readonly account_id: number;
  readonly hash: Buffer;
}

interface HashedKey {
  readonly id: string;
  readonly hash: Buffer;
}

// Only hashes are cached. A cached row would keep a revoked key valid.
const MAX_CACHED_HASHES = 1_000;

/**
 * Creates the function that authenticates keys. It looks up the key in the database each time, so that revoking a key
 * takes effect at once.
 */
export function createAuthenticator(database: Database, secret: string): Authenticate {
  const find = database.prepare<Row>(
    database.query
      .selectFrom('api_keys')
      .select(['id', 'account_id', 'hash'])
      .where('id', '=', placeholder<string>('id'))
      .where('revoked_at', 'is', null),
  );
  const hashes = new LRUCache<string, HashedKey>({ max: MAX_CACHED_HASHES });
  return (key) => {
    const hashed = hashes.get(key) ?? hash(key);
    if (!hashed) return undefined;
    const finish = ([row]: readonly Row[]) => {
      const identity = identify(row, hashed.hash);
      // Cache only valid keys, so that guessed keys do not evict them.
      if (identity) hashes.set(key, hashed);
      return identity;
    };
    const rows = find({ id: hashed.id });
    return rows instanceof Promise ? rows.then(finish) : finish(rows);
  };

  function hash(key: string): HashedKey | undefined {
    const id = parseKeyId(key);
    return id === undefined ? undefined : { id, hash: hashKey(key, secret) };
  }
}

function identify(row: Row | undefined, hash: Buffer): Identity | undefined {
  if (!row || !timingSafeEqual(row.hash, hash)) return undefined;
  return { accountId: row.account_id, keyId: row.id };
}

/** Records when keys are used. */
export interface LastUseRecorder {
  /** Records that a key is used. Default: now. */
  record(keyId: string, usedAt?: number): void;
  /** Writes the recorded times to the database. The next call retries those that could not be written. */
  flush(): Promise<void>;
}

/** Stores when a key was last used. */
export type WriteUse = (keyId: string, usedAt: number) => Promise<void>;

/** Creates the function that stores the last use of a key in the database. */
export function createUseWriter({ query }: Database): WriteUse {
  return async (keyId, last_used_at) => {
    await query.updateTable('api_keys').set({ last_used_at }).where('id', '=', keyId).execute();
  };
}

/** Creates a recorder that collects times in memory, because writing them would take longer than the request. */
export function createLastUseRecorder(write: WriteUse): LastUseRecorder {
  const uses = new Map<string, number>();
  return {
    record: (keyId, usedAt = Date.now()) => void uses.set(keyId, usedAt),
    async flush() {
      for (const [id, usedAt] of [...uses]) {
        uses.delete(id);
        try {
          await write(id, usedAt);
        } catch {
          if (!uses.has(id)) uses.set(id, usedAt);
        }
      }
    },
  };
}

import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Database, parameter } from '../database/database.ts';
import { parseKeyId } from './format.ts';
import { hashKey } from './secret.ts';

/** Whose key a request carries. */
export interface Identity {
  readonly accountId: number;
  readonly keyId: string;
}

/** Says whose key this is; undefined if it is nobody's, or revoked. Without a promise if the database needs none. */
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

// Keys in use, whose hashes are not computed with every request. What the database says of them is never remembered.
const MAX_CACHED_HASHES = 1_000;

/** Makes the function that tells whose key a request carries. Keys are looked up each time: a revoked one is refused at once. */
export function createAuthenticator(database: Database, secret: string): Authenticate {
  const find = database.prepare<Row>(
    database.query
      .selectFrom('api_keys')
      .select(['id', 'account_id', 'hash'])
      .where('id', '=', parameter<string>('id'))
      .where('revoked_at', 'is', null),
  );
  const hashes = new LRUCache<string, HashedKey>({ max: MAX_CACHED_HASHES });
  return (key) => {
    const hashed = hashes.get(key) ?? hash(key);
    if (!hashed) return undefined;
    const settle = ([row]: readonly Row[]) => {
      const identity = identify(row, hashed.hash);
      // Only of those that are let in, so that guesses drive none of them out.
      if (identity) hashes.set(key, hashed);
      return identity;
    };
    const rows = find({ id: hashed.id });
    return rows instanceof Promise ? rows.then(settle) : settle(rows);
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

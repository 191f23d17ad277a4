import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Database, slot } from '../database/database.ts';
import { idOfKey } from './format.ts';
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

interface Hashed {
  readonly id: string;
  readonly hash: Buffer;
}

// Keys in use, whose hashes are not computed with every request. What the database says of them is never remembered.
const REMEMBERED = 1_000;

/** Makes the function that tells whose key a request carries. Keys are looked up each time: a revoked one is refused at once. */
export function authenticator(database: Database, secret: string): Authenticate {
  const find = database.prepare<Row>(
    database.query
      .selectFrom('api_keys')
      .select(['id', 'account_id', 'hash'])
      .where('id', '=', slot<string>('id'))
      .where('revoked_at', 'is', null),
  );
  const hashes = new LRUCache<string, Hashed>({ max: REMEMBERED });
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

  function hash(key: string): Hashed | undefined {
    const id = idOfKey(key);
    return id === undefined ? undefined : { id, hash: hashKey(key, secret) };
  }
}

function identify(row: Row | undefined, hash: Buffer): Identity | undefined {
  if (!row || !timingSafeEqual(row.hash, hash)) return undefined;
  return { accountId: row.account_id, keyId: row.id };
}

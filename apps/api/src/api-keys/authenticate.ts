import { timingSafeEqual } from 'node:crypto';
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

/** Makes the function that tells whose key a request carries. Keys are looked up each time: a revoked one is refused at once. */
export function authenticator(database: Database, secret: string): Authenticate {
  const find = database.prepare<Row>(
    database.query
      .selectFrom('api_keys')
      .select(['id', 'account_id', 'hash'])
      .where('id', '=', slot<string>('id'))
      .where('revoked_at', 'is', null),
  );
  return (key) => {
    const id = idOfKey(key);
    if (id === undefined) return undefined;
    const hash = hashKey(key, secret);
    const rows = find({ id });
    return rows instanceof Promise ? rows.then(([row]) => identify(row, hash)) : identify(rows[0], hash);
  };
}

function identify(row: Row | undefined, hash: Buffer): Identity | undefined {
  if (!row || !timingSafeEqual(row.hash, hash)) return undefined;
  return { accountId: row.account_id, keyId: row.id };
}

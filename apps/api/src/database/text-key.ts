import { type Expression, type RawBuilder, sql } from 'kysely';
import type { Dialect } from './database.ts';

/**
 * Returns the expression that a text column is indexed by. On PostgreSQL, this is a digest, because an index entry has at
 * most 2,704 bytes and an identifier of 1,024 characters can have 4,096. Queries compare the text as well as the digest.
 */
export function textKey(dialect: Dialect, text: Expression<unknown>): RawBuilder<string> {
  return dialect === 'postgres' ? sql<string>`md5(${text})` : sql<string>`${text}`;
}

import { type Expression, type RawBuilder, sql } from 'kysely';
import type { Dialect } from './database.ts';

/**
 * What a text is indexed by. An entry of a PostgreSQL index holds at most 2,704 bytes, and an identifier of 1,024
 * characters may take 4,096: its digest stands for it there. Whoever looks up by the digest compares the text as well.
 */
export function textKey(dialect: Dialect, text: Expression<unknown>): RawBuilder<string> {
  return dialect === 'postgres' ? sql<string>`md5(${text})` : sql<string>`${text}`;
}

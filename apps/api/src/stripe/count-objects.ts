import { sql } from 'kysely';
import type { Database } from '../database/database.ts';

/** The number of stored objects of one type. */
export interface ObjectCount {
  readonly type: string;
  readonly count: number;
}

/** Counts the objects of Stripe that are stored for an account, by type. Deleted ones do not count. */
export function countObjects({ query }: Pick<Database, 'query'>, accountId: number): Promise<ObjectCount[]> {
  return query
    .selectFrom('stripe_objects')
    .select(['type', sql<number>`count(*)`.as('count')])
    .where('account_id', '=', accountId)
    .where('deleted', '=', 0)
    .groupBy('type')
    .orderBy('type')
    .execute();
}

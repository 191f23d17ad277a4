import type { Database } from './database/database.ts';
import type { AccountRow } from './database/schema.ts';

/** Creates an account and returns its ID. */
export async function createAccount({ query }: Database, name: string): Promise<number> {
  const { id } = await query
    .insertInto('accounts')
    .values({ name, created_at: Date.now() })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Returns all accounts, oldest first. */
export async function listAccounts({ query }: Database): Promise<AccountRow[]> {
  return query.selectFrom('accounts').selectAll().orderBy('id').execute();
}

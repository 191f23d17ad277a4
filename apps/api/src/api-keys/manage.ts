import type { Database } from '../database/database.ts';
import type { ApiKeyRow } from '../database/schema.ts';
import { UserError } from '../user-error.ts';
import { generateKey } from './format.ts';
import { hashKey } from './secret.ts';

/** A key as it may be shown: without what would open anything. */
export type ListedKey = Omit<ApiKeyRow, 'hash'>;

/**
 * Makes a key for an account. It is returned this once; only its hash is stored.
 *
 * @throws UserError if there is no such account.
 */
export async function createKey(
  { query }: Database,
  secret: string,
  { accountId, label }: { readonly accountId: number; readonly label: string },
): Promise<{ key: string; id: string }> {
  const account = await query.selectFrom('accounts').select('id').where('id', '=', accountId).executeTakeFirst();
  if (!account) throw new UserError(`There is no account ${accountId}. Make one with: account create NAME`);
  const { key, id } = generateKey();
  await query
    .insertInto('api_keys')
    .values({
      id,
      account_id: accountId,
      label,
      hash: hashKey(key, secret),
      created_at: Date.now(),
      last_used_at: null,
      revoked_at: null,
    })
    .execute();
  return { key, id };
}

/** The keys of an account, or of all, oldest first; revoked ones, too. */
export async function listKeys({ query }: Database, accountId?: number): Promise<ListedKey[]> {
  return query
    .selectFrom('api_keys')
    .select(['id', 'account_id', 'label', 'created_at', 'last_used_at', 'revoked_at'])
    .$if(accountId !== undefined, (all) => all.where('account_id', '=', accountId as number))
    .orderBy('account_id')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/**
 * Revokes a key by its ID. A running server refuses it from then on.
 *
 * @throws UserError if there is no such key.
 */
export async function revokeKey({ query }: Database, id: string): Promise<void> {
  const { numUpdatedRows } = await query
    .updateTable('api_keys')
    .set((key) => ({ revoked_at: key.fn.coalesce('revoked_at', key.val(Date.now())) }))
    .where('id', '=', id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new UserError('There is no key of that ID. List them with: key list');
}

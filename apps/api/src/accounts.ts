import { generateKey } from './api-keys/format.ts';
import { hashKey } from './api-keys/secret.ts';
import type { AccountRow, ApiKeyRow, Database } from './database/database.ts';

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

/** A key without its hash. */
export type ListedKey = Pick<ApiKeyRow, 'id' | 'account_id' | 'label' | 'created_at' | 'last_used_at' | 'revoked_at'>;

/**
 * Creates a key for an account. The key cannot be read again, because only its hash is stored.
 *
 * @throws Error if the account does not exist.
 */
export async function createKey(
  { query }: Database,
  secret: string,
  { accountId, label }: { readonly accountId: number; readonly label: string },
): Promise<{ key: string; id: string }> {
  const account = await query.selectFrom('accounts').select('id').where('id', '=', accountId).executeTakeFirst();
  if (!account) throw new Error(`Account ${accountId} does not exist. Create one with: account create NAME`);
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
      expires_at: null,
      limit_per_minute: null,
      secret_fingerprint: null,
    })
    .execute();
  return { key, id };
}

/** Returns the keys of one account or of all accounts, oldest first, including revoked keys. */
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
 * Revokes a key by its ID. A running server rejects the key at once.
 *
 * @throws Error if the key does not exist.
 */
export async function revokeKey({ query }: Database, id: string): Promise<void> {
  const { numUpdatedRows } = await query
    .updateTable('api_keys')
    .set((key) => ({ revoked_at: key.fn.coalesce('revoked_at', key.val(Date.now())) }))
    .where('id', '=', id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Error('No key has this ID. List the keys with: key list');
}

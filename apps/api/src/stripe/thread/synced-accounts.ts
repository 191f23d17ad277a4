import { UsageError } from '@firstofficer/common/command';
import { checkAccount, listAccounts } from '../../accounts.ts';
import type { Database } from '../../database/database.ts';
import { readAccountVariables } from '../account-variables.ts';
import { KEY_VARIABLE, parseKey, type StripeKey } from '../client/keys.ts';

/** An account that is synced. */
export interface SyncedAccount {
  readonly account: number;
  readonly key: StripeKey;
}

/** Returns whether the environment has a key of Stripe for any account. */
export function hasStripeKey(env: NodeJS.ProcessEnv): boolean {
  return readAccountVariables(env, KEY_VARIABLE).size > 0;
}

/**
 * Returns the accounts that have a key of Stripe in the environment. The variable without the ID of an account is for a
 * server with one account.
 *
 * @throws UsageError if a key cannot be used, or if it is not clear which account it is for. Error if an account does not
 * exist.
 */
export async function findSyncedAccounts(database: Database, env: NodeJS.ProcessEnv): Promise<SyncedAccount[]> {
  const keys = readAccountVariables(env, KEY_VARIABLE);
  const named = [...keys].flatMap(([account, key]) => (account === undefined ? [] : [[account, key] as const]));
  for (const [account] of named) await checkAccount(database.query, account);
  if (named.length > 0) return named.map(([account, key]) => ({ account, key: parseKey(key) }));
  const [account, ...others] = await listAccounts(database);
  if (!account) throw new Error('There is no account to sync. Create one with: account create NAME');
  if (others.length > 0) {
    throw new UsageError(
      `${KEY_VARIABLE} does not say which account it is for, and there are several. Set ${KEY_VARIABLE}_${account.id} and so on instead.`,
    );
  }
  return [{ account: account.id, key: parseKey(keys.get(undefined)) }];
}

import { UsageError } from '@firstofficer/common/command';
import { checkAccount, listAccounts } from '../../accounts.ts';
import type { Database } from '../../database/database.ts';
import { KEY_VARIABLE, parseKey, type StripeKey } from '../client/keys.ts';

/** An account that is synced. */
export interface SyncedAccount {
  readonly account: number;
  readonly key: StripeKey;
}

const NAME = new RegExp(`^${KEY_VARIABLE}_([1-9]\\d{0,14})$`);

/** Returns whether the environment has a key of Stripe for any account. */
export function hasStripeKey(env: NodeJS.ProcessEnv): boolean {
  return listKeys(env).length > 0 || Boolean(env[KEY_VARIABLE]);
}

/**
 * Returns the accounts that have a key of Stripe in the environment. The variable without the ID of an account is for a
 * server with one account.
 *
 * @throws UsageError if a key cannot be used, or if it is not clear which account it is for. Error if an account does not
 * exist.
 */
export async function findSyncedAccounts(database: Database, env: NodeJS.ProcessEnv): Promise<SyncedAccount[]> {
  const named = listKeys(env);
  for (const [account] of named) await checkAccount(database.query, account);
  if (named.length > 0) return named.map(([account, key]) => ({ account, key: parseKey(key) }));
  const [account, ...others] = await listAccounts(database);
  if (!account) throw new Error('There is no account to sync. Create one with: account create NAME');
  if (others.length > 0) {
    throw new UsageError(
      `${KEY_VARIABLE} does not say which account it is for, and there are several. Set ${KEY_VARIABLE}_${account.id} and so on instead.`,
    );
  }
  return [{ account: account.id, key: parseKey(env[KEY_VARIABLE]) }];
}

/** Returns the accounts that have a variable of their own, and its value. */
function listKeys(env: NodeJS.ProcessEnv): (readonly [account: number, key: string])[] {
  return Object.entries(env).flatMap(([name, value]) => {
    const [, account] = NAME.exec(name) ?? [];
    return account !== undefined && value ? [[Number(account), value] as const] : [];
  });
}

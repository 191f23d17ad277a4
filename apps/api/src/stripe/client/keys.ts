import { UsageError } from '@firstofficer/common/command';
import { readAccountVariables } from '../account-variables.ts';

/** The variable with the key of an account, if only one account is synced. */
export const KEY_VARIABLE = 'FIRSTOFFICER_STRIPE_KEY';

/** A key of Stripe's API. */
export interface StripeKey {
  readonly key: string;
  /** Whether the key reads real data. Otherwise it reads test data. */
  readonly livemode: boolean;
  /** Whether the key may only do what it needs. Other keys can also change data and refund money. */
  readonly isRestricted: boolean;
}

/** Returns the value of `FIRSTOFFICER_STRIPE_KEY_<account>`, or else of `FIRSTOFFICER_STRIPE_KEY`. */
export function findKey(env: NodeJS.ProcessEnv, account: number): string | undefined {
  const keys = readAccountVariables(env, KEY_VARIABLE);
  return keys.get(account) ?? keys.get(undefined);
}

/**
 * Parses a key of Stripe's API.
 *
 * @throws UsageError if it is none that can be used. The message does not contain the key.
 */
export function parseKey(text: string | undefined): StripeKey {
  const key = text?.trim() ?? '';
  if (key === '')
    throw new UsageError(`There is no key of Stripe. Set ${KEY_VARIABLE} to a restricted key with read permissions.`);
  const [, kind, mode] = /^(rk|sk)_(live|test)_[A-Za-z0-9_]+$/.exec(key) ?? [];
  if (kind === undefined)
    throw new UsageError(
      `The value of ${KEY_VARIABLE} is not a key that the sync can use. Set it to a restricted key, which begins with rk_live_ or rk_test_.`,
    );
  return { key, livemode: mode === 'live', isRestricted: kind === 'rk' };
}

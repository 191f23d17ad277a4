import { UsageError } from '@firstofficer/common/command';
import { readAccountVariables } from '../account-variables.ts';

/** Returns the secrets that Stripe may sign events of an account with. */
export type FindWebhookSecrets = (accountId: number) => readonly string[];

const VARIABLE = 'FIRSTOFFICER_STRIPE_WEBHOOK_SECRET';

/**
 * Reads the secrets of the webhooks from the environment: `FIRSTOFFICER_STRIPE_WEBHOOK_SECRET_1` for account 1, and
 * `FIRSTOFFICER_STRIPE_WEBHOOK_SECRET` for accounts without a variable of their own. While a secret is replaced, a variable
 * may contain both secrets, separated by a comma.
 *
 * @returns undefined if no such variable is set.
 * @throws UsageError if a secret does not begin with `whsec_`.
 */
export function readWebhookSecrets(env: NodeJS.ProcessEnv): FindWebhookSecrets | undefined {
  const values = readAccountVariables(env, VARIABLE);
  if (values.size === 0) return undefined;
  const secrets = new Map(
    [...values].map(([account, value]) => {
      const name = account === undefined ? VARIABLE : `${VARIABLE}_${account}`;
      return [account, parseSecrets(name, value)];
    }),
  );
  return (accountId) => secrets.get(accountId) ?? secrets.get(undefined) ?? [];
}

function parseSecrets(name: string, value: string): string[] {
  const secrets = value.split(',').map((secret) => secret.trim());
  if (!secrets.every((secret) => /^whsec_./.test(secret))) {
    throw new UsageError(
      `${name} must be the signing secret of a webhook endpoint, which begins with whsec_, or two of them, separated by a comma.`,
    );
  }
  return secrets;
}

import type { StripeKey } from '../client/keys.ts';
import { findMissingPermissions, formatMissingPermissions } from '../client/permissions.ts';
import { StripeError } from '../client/stripe-error.ts';
import { type SyncContext, SyncError } from './context.ts';

/**
 * Checks that a key has all permissions, and that it is of the Stripe account whose objects are stored.
 *
 * @throws SyncError if it is not.
 */
export async function checkKey(
  { client, store, scope, log, signal }: SyncContext,
  { isRestricted }: StripeKey,
): Promise<void> {
  if (!isRestricted) log.warn('the key can also change data and refund money: use a restricted key instead');
  const missing = await findMissingPermissions(client, signal);
  if (missing.length > 0) throw new SyncError(formatMissingPermissions(missing));
  const newest = await store.findNewest(scope);
  if (!newest) return;
  try {
    // Stripe returns charges for ever, and customers also after they were deleted.
    await client.get(`/v1/${newest.type}s/${encodeURIComponent(newest.id)}`, {}, signal);
  } catch (error) {
    if (!(error instanceof StripeError) || error.fault !== 'missing') throw error;
    throw new SyncError(
      `The key is not of the Stripe account that account ${scope.accountId} was synced with before. Use a key of that one, or create another account for this one with: account create NAME`,
    );
  }
}

import { isOfMode, readObjectById } from '../client/resources.ts';
import { StripeError } from '../client/stripe-error.ts';
import { type StripeRow, toDeletedRow, toRows } from '../objects.ts';
import type { Hint } from '../store/store.ts';
import type { SyncContext } from './context.ts';

// The order in which objects are fetched. Prices and customers are last, because the other objects name them.
const TYPES = ['subscription', 'invoice', 'charge', 'refund', 'credit_note', 'dispute', 'price', 'customer'] as const;

// Objects that are fetched before they are stored together.
const BATCH_SIZE = 24;

/**
 * Fetches the objects that may have changed, and those that stored objects name although nobody has fetched them. If
 * Stripe refuses to return an object, the others are still fetched.
 *
 * @param options.hasRead - Whether objects were read since the last time, which may name unknown customers.
 * @returns The number of objects that were fetched.
 */
export async function fetchHints(context: SyncContext, { hasRead }: { readonly hasRead: boolean }): Promise<number> {
  const { store, scope } = context;
  let fetched = 0;
  for (const type of TYPES) {
    if (type === 'customer' && (hasRead || fetched > 0)) await store.addCustomerHints(scope);
    fetched += await fetchHintsOfType(context, type);
  }
  return fetched;
}

async function fetchHintsOfType(context: SyncContext, type: string): Promise<number> {
  const { store, scope, onRead, signal } = context;
  const failed = new Set<string>();
  for (let fetched = 0; ; ) {
    signal.throwIfAborted();
    const claimed = await store.claimHints(scope, type, BATCH_SIZE);
    // A hint that failed is fetched again the next time.
    const hints = claimed.filter(({ id }) => !failed.has(id));
    if (hints.length === 0) return fetched;
    const results = await Promise.all(hints.map((hint) => fetchHint(context, hint)));
    const rows = results.flatMap((result) => result ?? []);
    await store.writePage(scope, rows);
    const isFetched = (_: Hint, index: number) => results[index] !== undefined;
    const done = hints.filter(isFetched);
    await store.finishHints(scope, done);
    const refused = hints.filter((hint, index) => !isFetched(hint, index));
    if (refused.length > 0) await store.failHints(scope, refused);
    for (const { id } of refused) failed.add(id);
    fetched += done.length;
    onRead({ objects: done.length, pages: 0 });
  }
}

/** Returns the rows of an object, or undefined if Stripe refuses to return it. */
async function fetchHint({ client, log, signal }: SyncContext, hint: Hint): Promise<StripeRow[] | undefined> {
  try {
    const { object, sentAt } = await readObjectById(client, hint, signal);
    return object && isOfMode(client, object) ? toRows(object, sentAt) : [toDeletedRow(hint, sentAt)];
  } catch (error) {
    // Without an answer or a permission, no other object can be fetched either.
    if (!(error instanceof StripeError) || error.fault !== 'refused') throw error;
    log.warn({ type: hint.type, fault: error.message }, 'object not fetched');
    return undefined;
  }
}

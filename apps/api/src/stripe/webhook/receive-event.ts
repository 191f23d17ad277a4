import type { Database } from '../../database/database.ts';
import { retryWhileLocked } from '../../database/transaction.ts';
import { readEventHint } from '../client/resources.ts';
import { createStripeStore } from '../store/store.ts';

// On SQLite, the server does not wait for locks, because that would block all requests.
const MAX_WAIT_MS = 2_000;

/**
 * Creates the function that receives an event from a webhook: it stores a hint that the object of the event has changed. The
 * sync fetches the object, because the event may have another shape, or may arrive too late. Ignores events of the other
 * mode and of types that the figures do not need, and all events before the first sync.
 *
 * @returns A function that returns false if the account does not exist.
 */
export function createEventReceiver(database: Database): (accountId: number, event: object) => Promise<boolean> {
  const store = createStripeStore(database);
  return async (accountId, event) => {
    const sync = await store.readSync(accountId);
    if (!sync) return isAccount(accountId);
    const livemode = sync.livemode === 1;
    const reference = readEventHint(event);
    if (!reference || !('livemode' in event) || event.livemode !== livemode) return true;
    await retryWhileLocked(() => store.addHints({ accountId, livemode }, [reference]), MAX_WAIT_MS);
    return true;
  };

  async function isAccount(accountId: number): Promise<boolean> {
    const account = await database.query.selectFrom('accounts').select('id').where('id', '=', accountId).execute();
    return account.length > 0;
  }
}

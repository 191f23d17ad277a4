import { isOfMode, type ListSelection, readEventHint, readEvents } from '../client/resources.ts';
import type { SyncContext } from './context.ts';

/** How long before the last poll the next one begins. Stripe lists some events a few minutes late. */
const OVERLAP_S = 600;
/** Stripe keeps events for 30 days. Older changes must be found by reading all objects again. */
export const MAX_EVENT_AGE_S = 29 * 86_400;

/** The events that this process has stored as hints, with their `created`. Polls overlap, so most events are listed again. */
export type SeenEvents = Map<string, number>;

/** What {@link pollEvents} found. */
export interface Polled {
  /** The time up to which all events are known, in seconds since 1970 by Stripe's clock. */
  readonly through: number;
  /** The number of new events. */
  readonly events: number;
}

/**
 * Stores a hint for each object that events since a time are about. The caller must store `through` afterwards.
 *
 * @param since - The time up to which all events are known.
 */
export async function pollEvents(context: SyncContext, since: number, seen: SeenEvents): Promise<Polled> {
  const { client, store, scope, signal } = context;
  const from = since - OVERLAP_S;
  for (const [id, created] of seen) if (created < from) seen.delete(id);
  let through: number | undefined;
  let count = 0;
  for (let selection: ListSelection | undefined = { from }; selection; ) {
    const page = await readEvents(client, { selection, signal });
    through ??= page.now;
    const events = page.objects.filter(({ id }) => typeof id !== 'string' || !seen.has(id));
    const hints = events.filter((event) => isOfMode(client, event)).flatMap((event) => readEventHint(event) ?? []);
    if (hints.length > 0) await store.addHints(scope, hints);
    for (const { id, created } of events) {
      // Older events are not listed again.
      if (typeof id === 'string' && Number(created) >= through - OVERLAP_S) seen.set(id, Number(created));
    }
    count += events.length;
    selection = page.next === undefined ? undefined : { from, after: page.next };
  }
  return { through: through ?? since, events: count };
}

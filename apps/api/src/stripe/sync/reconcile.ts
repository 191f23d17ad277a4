import type { StripeRow } from '../objects.ts';
import type { Range } from '../store/store.ts';
import { createRanges, getList, readLists } from './backfill.ts';
import type { SyncContext } from './context.ts';
import { getRangeKey } from './ranges.ts';
import type { RangePage } from './read-ranges.ts';

const DAY_S = 86_400;
// Changes of younger objects whose event was lost are found within a day, those of older ones within a month.
const RECENT_DAYS = 90;
const SLICES = 30;
// No object of Stripe is older.
const FIRST_SECOND = Date.UTC(2010) / 1_000;

/**
 * Reads objects again, and stores what differs. Objects that are stored but not listed any more get a hint, because they
 * were deleted.
 *
 * @param now - The time by Stripe's clock, in seconds since 1970.
 * @param isFull - Whether to read all objects. Otherwise those of the last 90 days and one thirtieth of the older ones.
 */
export async function reconcile(context: SyncContext, now: number, isFull: boolean): Promise<void> {
  const spans = isFull ? [{ lower: 0, upper: now }] : [{ lower: now - RECENT_DAYS * DAY_S, upper: now }, getSlice(now)];
  const ranges = spans.flatMap(createRanges);
  const windows = new Map<string, Window>();
  await readLists(context, ranges, {
    // A process that begins again reads everything again: that takes minutes.
    isResumable: false,
    onPage: async (page, range) => {
      const key = getRangeKey(range);
      windows.set(key, await checkPage(context, page, { range, window: windows.get(key) }));
    },
  });
}

/** Returns the thirtieth of the time before the last 90 days that is read on this day. */
function getSlice(now: number): Pick<Range, 'lower' | 'upper'> {
  const end = now - RECENT_DAYS * DAY_S;
  const at = (slice: number) => FIRST_SECOND + Math.floor(((end - FIRST_SECOND) * slice) / SLICES);
  const slice = Math.floor(now / DAY_S) % SLICES;
  return { lower: slice === 0 ? 0 : at(slice), upper: at(slice + 1) };
}

/** How far a range was compared with the stored objects. */
interface Window {
  /** All objects from this second on were compared. */
  readonly checkedFrom: number;
  /** The IDs of listed objects that are older. All of them were created in the second before. */
  readonly listed: ReadonlySet<string>;
}

/** Compares the objects of a page with the stored ones. Adds hints for those that the list does not contain. */
async function checkPage(
  { store, scope }: SyncContext,
  { objects, next }: RangePage<StripeRow>,
  { range, window }: { readonly range: Range; readonly window: Window | undefined },
): Promise<Window> {
  const { checkedFrom, listed: before } = window ?? { checkedFrom: range.upper, listed: new Set() };
  const listed = new Set([...before, ...objects.map(({ id }) => id)]);
  // More objects of the last second may be on the next page.
  const last = objects.at(-1)?.created ?? checkedFrom;
  const from = Math.min(checkedFrom, next === undefined ? range.lower : last + 1);
  const { type } = getList(range.type);
  // Prices of inline items are never listed, and deleted prices are kept.
  if (from < checkedFrom && type !== 'price') {
    const stored = await store.listIds(scope, type, { from, to: checkedFrom });
    const missing = stored.filter((id) => !listed.has(id));
    if (missing.length > 0)
      await store.addHints(
        scope,
        missing.map((id) => ({ type, id })),
      );
  }
  if (from === checkedFrom) return { checkedFrom, listed };
  return { checkedFrom: from, listed: new Set(objects.filter(({ created }) => created < from).map(({ id }) => id)) };
}

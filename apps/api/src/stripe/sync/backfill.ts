import type { StripeClient } from '../client/client.ts';
import { isOfMode, LISTS, type ObjectList, type ObjectPage, readPage } from '../client/resources.ts';
import { StripeError } from '../client/stripe-error.ts';
import { type StripeRow, toRows } from '../objects.ts';
import type { Range } from '../store/store.ts';
import { createBatchWriter } from './batch-writer.ts';
import type { SyncContext } from './context.ts';
import { getRangeKey } from './ranges.ts';
import { type RangePage, readRanges } from './read-ranges.ts';

// As many as the client sends at the same time.
const SLOTS = 8;
const COMMIT_INTERVAL_MS = 250;
// Bounds the memory: an invoice with ten lines has about 10 kB.
const MAX_WAITING_PAGES = 8;

// Lines name prices, and all objects name customers. Those that these lists do not contain are fetched by ID.
const FIRST_TYPES = new Set(['customer', 'price']);

/** Options of {@link readLists}. */
export interface ReadListsOptions {
  /** Whether the progress is stored together with the pages, so that another process can go on. */
  readonly isResumable: boolean;
  /** Called with each page before it is stored, and its range. */
  readonly onPage?: (page: RangePage<StripeRow>, range: Range) => Promise<void>;
}

/** Creates one range for each list, from `lower` on and before `upper`, in seconds since 1970. */
export function createRanges({ lower, upper }: Pick<Range, 'lower' | 'upper'>): Range[] {
  return LISTS.map(({ name }) => ({ type: name, lower, upper, cursor: null, done: false }));
}

/** Reads and stores all objects of ranges that are not done. */
export async function readLists(
  { client, store, scope, signal, onRead }: SyncContext,
  ranges: readonly Range[],
  { isResumable, onPage }: ReadListsOptions,
): Promise<void> {
  const writer = createBatchWriter<{ readonly rows: readonly StripeRow[]; readonly ranges: readonly Range[] }>({
    intervalMs: COMMIT_INTERVAL_MS,
    maxWaiting: MAX_WAITING_PAGES,
    write: async (pages) => {
      const changed = new Map(pages.flatMap((page) => page.ranges).map((range) => [getRangeKey(range), range]));
      await store.writePage(
        scope,
        pages.flatMap(({ rows }) => rows),
        isResumable ? [...changed.values()] : [],
      );
    },
  });
  const isFirst = ({ type }: Range) => FIRST_TYPES.has(getList(type).type);
  let oldest: number | undefined;
  for (const part of [ranges.filter(isFirst), ranges.filter((range) => !isFirst(range))]) {
    try {
      oldest = await readRanges(part, {
        slots: SLOTS,
        signal,
        ...(oldest !== undefined && { oldest }),
        readPage: async (range, isStopped) => toRangePage(await readPageOf(range, isStopped), client),
        onPage: async (page, changed, remainingPages) => {
          await onPage?.(page, changed[0]);
          await writer.add({ rows: page.items, ranges: changed });
          onRead({ objects: page.objects.length, pages: 1, remainingPages });
        },
      });
    } finally {
      // What was read is kept, also if the sync must end.
      await writer.flush();
    }
  }

  async function readPageOf(range: Range, isStopped: AbortSignal): Promise<ObjectPage> {
    const { lower: from, upper: to, cursor: after } = range;
    const list = getList(range.type);
    const selection = { to, ...(from > 0 && { from }) };
    try {
      return await readPage(client, list, { selection: { ...selection, after }, signal: isStopped });
    } catch (error) {
      // The object of the cursor does not exist any more. Reading the range again stores nothing twice.
      const isCursorUnknown = error instanceof StripeError && error.code === 'resource_missing' && after !== null;
      if (!isCursorUnknown) throw error;
      return readPage(client, list, { selection, signal: isStopped });
    }
  }
}

/** Returns the list with a name. */
export function getList(name: string): ObjectList {
  const list = LISTS.find((candidate) => candidate.name === name);
  if (!list) throw new Error(`There is no list with the name ${name}.`);
  return list;
}

function toRangePage({ objects, next, sentAt }: ObjectPage, client: StripeClient): RangePage<StripeRow> {
  return {
    items: objects.filter((object) => isOfMode(client, object)).flatMap((object) => toRows(object, sentAt)),
    objects: objects.flatMap(({ id, created }) =>
      typeof id === 'string' && typeof created === 'number' ? { id, created } : [],
    ),
    next,
  };
}

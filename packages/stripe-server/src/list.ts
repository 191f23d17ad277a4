import { resourceMissing, StripeResponseError } from './errors.ts';
import { readText, type StripeObject } from './objects.ts';
import type { ListParameters } from './parameters.ts';
import type { Resource } from './resources.ts';
import { type Entry, findPosition, type Store } from './store.ts';

/** A page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
}

/** Selects a page of all objects of a type. `isVisible` excludes objects before any other filter. */
export function listEntries(
  store: Store,
  resource: Resource,
  { params, isVisible }: { params: ListParameters; isVisible: (entry: Entry) => boolean },
): Page<Entry> {
  const entries = store.list(resource.type);
  const { startingAfter, endingBefore, created, filters, types } = params;
  const findCursor = (id: string, param: string) => {
    const entry = store.find(id);
    // A list of events accepts no event that is too old to be listed.
    if (entry?.type !== resource.type || (resource.type === 'event' && !isVisible(entry))) {
      throw resourceMissing(400, resource.type, { id, param });
    }
    return findPosition(entries, entry);
  };
  const after = startingAfter === undefined ? undefined : findCursor(startingAfter, 'starting_after');
  const before = endingBefore === undefined ? undefined : findCursor(endingBefore, 'ending_before');
  checkCursors(after, before);
  const matches = (entry: Entry) =>
    !entry.isDeleted &&
    entry.isListed &&
    isVisible(entry) &&
    (resource.isListed?.(entry.object, filters) ?? true) &&
    (types.length === 0 || types.includes(readText(entry.object, 'type') ?? '')) &&
    [...filters].every(([name, value]) => resource.filters[name]?.(entry.object, value));
  // The list is ordered by `created`, so the bounds of `created` are positions.
  const first = findPosition(entries, { created: created.to, sequence: Number.POSITIVE_INFINITY });
  const end = findPosition(entries, { created: created.from, sequence: -1 });
  const start = after === undefined ? first : Math.max(first, after + 1);
  return before === undefined
    ? collect(entries, { at: start, end, step: 1 }, { limit: params.limit, matches })
    : reverse(
        collect(entries, { at: Math.min(end, before) - 1, end: first - 1, step: -1 }, { limit: params.limit, matches }),
      );
}

/** Selects a page of a list inside an object, such as the lines of an invoice. */
export function listNested(items: readonly StripeObject[], params: ListParameters, type: string): Page<StripeObject> {
  const findCursor = (id: string, param: string) => {
    const position = items.findIndex((item) => item.id === id);
    if (position < 0) throw resourceMissing(400, type, { id, param });
    return position;
  };
  const { startingAfter, endingBefore, limit } = params;
  const after = startingAfter === undefined ? undefined : findCursor(startingAfter, 'starting_after');
  const before = endingBefore === undefined ? undefined : findCursor(endingBefore, 'ending_before');
  checkCursors(after, before);
  const selected = items.slice((after ?? -1) + 1, before ?? items.length);
  const page = before === undefined ? selected.slice(0, limit) : selected.slice(-limit);
  return { items: page, hasMore: selected.length > limit };
}

function checkCursors(after: number | undefined, before: number | undefined): void {
  if (after === undefined || before === undefined) return;
  throw new StripeResponseError(
    400,
    'Received both starting_after and ending_before parameters. Please pass in only one.',
  );
}

function collect<Item>(
  items: readonly Item[],
  { at, end, step }: { at: number; end: number; step: 1 | -1 },
  { limit, matches }: { limit: number; matches: (item: Item) => boolean },
): Page<Item> {
  const found: Item[] = [];
  for (let index = at; step > 0 ? index < end : index > end; index += step) {
    const item = items[index];
    if (item === undefined || !matches(item)) continue;
    if (found.length === limit) return { items: found, hasMore: true };
    found.push(item);
  }
  return { items: found, hasMore: false };
}

function reverse<Item>({ items, hasMore }: Page<Item>): Page<Item> {
  return { items: items.toReversed(), hasMore };
}

import type { Range } from '../store/store.ts';
import { createEstimate } from './estimate.ts';
import { addPage, type Density, splitRange } from './ranges.ts';

/** A page of a range. */
export interface RangePage<Item> {
  readonly items: readonly Item[];
  /** The ID and `created` of each object of the page, newest first, also of those without items. */
  readonly objects: readonly { readonly id: string; readonly created: number }[];
  /** The cursor of the next page. Undefined if this is the last one. */
  readonly next: string | undefined;
}

/** Options of {@link readRanges}. */
export interface ReadRangesOptions<Item> {
  /** How many ranges are read at the same time. */
  readonly slots: number;
  readonly signal: AbortSignal;
  /** `created` of the oldest object of other lists. Only estimates depend on it. */
  readonly oldest?: number;
  /** Reads the page of a range that follows its cursor. */
  readonly readPage: (range: Range, signal: AbortSignal) => Promise<RangePage<Item>>;
  /**
   * Stores a page with the ranges that it changed. The first one is the range of the page.
   *
   * @param remaining - An estimate of the pages that remain in all ranges.
   */
  readonly onPage: (page: RangePage<Item>, changed: readonly [Range, ...Range[]], remaining: number) => Promise<void>;
}

/**
 * Reads ranges, each from its newest object to its oldest, several at the same time. Splits a range with many pages when a
 * slot is free.
 *
 * @returns `created` of the oldest object that is known.
 */
export async function readRanges<Item>(
  ranges: readonly Range[],
  { slots, signal, readPage, onPage, oldest: known }: ReadRangesOptions<Item>,
): Promise<number> {
  const queue = ranges.filter(({ done }) => !done);
  /** The reads, with their lists. */
  const running = new Map<Promise<void>, string>();
  const estimate = createEstimate(queue);
  const stop = new AbortController();
  const isStopped = AbortSignal.any([signal, stop.signal]);
  let oldest = known ?? Number.POSITIVE_INFINITY;

  startNext();
  while (running.size > 0) await Promise.race(running.keys());
  isStopped.throwIfAborted();
  return oldest;

  function startNext(): void {
    for (let range = queue[0]; range && running.size < slots && !isStopped.aborted; range = queue[0]) {
      queue.shift();
      const reading = read(range)
        .catch((error: unknown) => stop.abort(error))
        .finally(() => {
          running.delete(reading);
          startNext();
        });
      running.set(reading, range.type);
    }
  }

  /**
   * Returns whether a list may use a further slot. Stripe limits the rate of each list, so each list gets the same number of
   * slots. Otherwise one list could use all of them, and the others would wait until it ends.
   */
  function canSplit(list: string): boolean {
    const lists = [...running.values(), ...queue.map(({ type }) => type)];
    const share = Math.ceil(slots / new Set(lists).size);
    return lists.length < slots && lists.filter((other) => other === list).length < share;
  }

  async function read(first: Range): Promise<void> {
    let density: Density | undefined;
    for (let range = first; !range.done; ) {
      isStopped.throwIfAborted();
      const page = await readPage(range, isStopped);
      const last = page.objects.at(-1);
      density = addPage(
        density,
        page.objects.map(({ created }) => created),
      );
      oldest = Math.min(oldest, last?.created ?? oldest);
      const next = { ...range, cursor: page.next ?? range.cursor, done: page.next === undefined };
      const split = !next.done && canSplit(range.type) ? splitRange(next, density, known ?? 0) : undefined;
      range = split?.kept ?? next;
      estimate.add(range, last?.created);
      if (split) estimate.begin(split.rest);
      await onPage(page, split ? [range, split.rest] : [range], estimate.sum(oldest));
      if (split) {
        queue.push(split.rest);
        startNext();
      }
    }
  }
}

import type { Range } from '../store/store.ts';

// Pages to read before the number of pages that remain is estimated.
const SAMPLE_PAGES = 2;
// The pages that a range keeps when it is split. Each range wastes half a page at its end, which is 3 % of 18 pages.
const KEPT_PAGES = 16;

/** Returns what identifies a range: its upper end never changes, and no two ranges of a list have the same. */
export function getRangeKey({ type, upper }: Pick<Range, 'type' | 'upper'>): string {
  return `${type} ${upper}`;
}

/** How densely the objects of a range lie in time, from the pages that were read so far. */
export interface Density {
  readonly pages: number;
  /** `created` of the first object, in seconds. */
  readonly newest: number;
  /** `created` of the last object, in seconds. */
  readonly oldest: number;
}

/** Returns the density after another page. Lists are newest first. */
export function addPage(density: Density | undefined, created: readonly number[]): Density | undefined {
  const [first] = created;
  const last = created.at(-1);
  if (first === undefined || last === undefined) return density;
  return { pages: (density?.pages ?? 0) + 1, newest: density?.newest ?? first, oldest: last };
}

/** Estimates how many pages of a range remain from `lower` on. Returns undefined if too few pages were read. */
function estimatePages(lower: number, density: Density | undefined): number | undefined {
  if (!density || density.pages < SAMPLE_PAGES) return undefined;
  return Math.max(0, density.oldest - lower) / getSecondsPerPage(density);
}

/**
 * Splits a range if many pages remain, so that two requests can read it at the same time. The range keeps its next pages.
 * The rest has all older objects, because nobody knows where they end: if there are none, one request finds that out.
 *
 * @param begin - The time before which there are probably no objects.
 */
export function splitRange(
  range: Range,
  density: Density | undefined,
  begin: number,
): { kept: Range; rest: Range } | undefined {
  const pages = estimatePages(Math.max(range.lower, begin), density);
  if (!density || pages === undefined || pages <= KEPT_PAGES) return undefined;
  const middle = Math.floor(density.oldest - KEPT_PAGES * getSecondsPerPage(density));
  // The range before this one has its upper end there.
  if (middle <= range.lower) return undefined;
  return {
    kept: { ...range, lower: middle },
    rest: { ...range, upper: middle, cursor: null },
  };
}

function getSecondsPerPage({ pages, newest, oldest }: Density): number {
  // Objects can all have been created in the same second.
  return Math.max(1, newest - oldest) / pages;
}

import type { Range } from '../store/store.ts';
import { getRangeKey } from './ranges.ts';

/** Estimates how many pages of ranges remain. */
export interface Estimate {
  /** Adds a range that begins at its upper end. */
  begin(range: Range): void;
  /** Adds a page of a range, which was read down to this time. Without a time, the page was empty. */
  add(range: Range, created: number | undefined): void;
  /**
   * Returns the number of pages that remain.
   *
   * @param oldest - The time before which there are probably no objects.
   */
  sum(oldest: number): number;
}

/**
 * Creates an estimate for ranges. It assumes that the rest of a list has as many objects per second as what was read of it:
 * many companies bill all customers on the same day, so a single page says little.
 */
export function createEstimate(ranges: readonly Range[]): Estimate {
  const read = new Map<string, { pages: number; seconds: number }>();
  const open = new Map<string, { readonly type: string; readonly lower: number; readonly position: number }>();
  const begin = (range: Range) => open.set(getRangeKey(range), { ...range, position: range.upper });
  for (const range of ranges) begin(range);
  return {
    begin,
    add(range, created) {
      const key = getRangeKey(range);
      const before = open.get(key)?.position ?? range.upper;
      const position = created ?? before;
      const { pages = 0, seconds = 0 } = read.get(range.type) ?? {};
      read.set(range.type, { pages: pages + 1, seconds: seconds + before - position });
      if (range.done) open.delete(key);
      else open.set(key, { ...range, position });
    },
    sum(oldest) {
      let sum = 0;
      for (const { type, lower, position } of open.values()) {
        const { pages = 0, seconds = 0 } = read.get(type) ?? {};
        const left = Math.max(0, position - Math.max(lower, oldest));
        sum += seconds > 0 ? Math.max(1, (left * pages) / seconds) : 1;
      }
      return Math.ceil(sum);
    },
  };
}

import { LRUCache } from 'lru-cache';

/** The requests of one ID in its present window, which lasts one minute from its first request. */
export interface Window {
  readonly count: number;
  /** When the window ends, in milliseconds since 1970. */
  readonly until: number;
}

/** Counts requests by ID, such as the ID of a key or a client address. */
export interface Counters {
  /**
   * Adds requests, and returns the window of the ID, including them.
   *
   * @param count - Default: 1.
   */
  add(id: string, count?: number): Window;
}

const WINDOW_MS = 60_000;

/**
 * Creates counters in the memory of this process.
 *
 * @param maxIds - Limits the memory. The ID whose last request is the oldest is removed first.
 */
export function createCounters(maxIds: number): Counters {
  const windows = new LRUCache<string, { count: number; readonly until: number }>({ max: maxIds });
  return {
    add(id, count = 1) {
      const now = Date.now();
      const known = windows.get(id);
      if (known && known.until > now) {
        known.count += count;
        return known;
      }
      const window = { count, until: now + WINDOW_MS };
      windows.set(id, window);
      return window;
    },
  };
}

/** Returns the number of seconds that a client should wait, or undefined if its window is not above the limit. */
export function findWaitSeconds({ count, until }: Window, limit: number): number | undefined {
  return count > limit ? Math.max(1, Math.ceil((until - Date.now()) / 1_000)) : undefined;
}

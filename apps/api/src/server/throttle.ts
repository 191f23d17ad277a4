import { isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';

/** Counts failed requests per client address. The count of an address resets one minute after its first failure. */
export interface Throttle {
  /**
   * Counts a failure.
   *
   * @returns The number of seconds that the client should wait, or undefined if it is below the limit.
   */
  fail(address: string): number | undefined;
}

const WINDOW_MS = 60_000;
// Limits the memory during an attack from many addresses. The address that failed least recently is removed first.
const MAX_ADDRESSES = 100_000;

/**
 * Creates a throttle.
 *
 * @param limit - The number of failures per minute that are not throttled; 0 sets no limit.
 */
export function createThrottle(limit: number): Throttle {
  const failures = new LRUCache<string, { count: number; readonly until: number }>({
    max: MAX_ADDRESSES,
    ttl: WINDOW_MS,
  });
  return {
    fail(address) {
      if (limit === 0) return undefined;
      const key = getNetwork(address);
      const now = Date.now();
      const known = failures.get(key);
      if (!known || known.until <= now) {
        failures.set(key, { count: 1, until: now + WINDOW_MS });
        return undefined;
      }
      known.count += 1;
      return known.count > limit ? Math.ceil((known.until - now) / 1000) : undefined;
    },
  };
}

/** Returns the /64 network of an IPv6 address, because one client usually has all 2^64 addresses of it. */
function getNetwork(address: string): string {
  return isIPv6(address) && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address;
}

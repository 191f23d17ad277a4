import { isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';

/** Counts what fails per client address, within a minute from the first. */
export interface Throttle {
  /**
   * Counts a failure.
   *
   * @returns How many seconds the client should wait, or undefined if it may go on.
   */
  fail(address: string): number | undefined;
}

const WINDOW_MS = 60_000;
// Beyond that the address that failed least recently is forgotten: memory stays flat under an attack from many.
const ADDRESSES = 100_000;

/** @param limit - How many failures a minute are answered as such; 0 sets no limit. */
export function createThrottle(limit: number): Throttle {
  const failures = new LRUCache<string, { count: number; readonly until: number }>({ max: ADDRESSES, ttl: WINDOW_MS });
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

/** Whoever has one IPv6 address has 2^64 of them. */
function getNetwork(address: string): string {
  return isIPv6(address) && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address;
}

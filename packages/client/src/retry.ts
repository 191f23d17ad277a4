import type { FirstOfficerError } from './error.ts';

const BASE = 500;
const LONGEST = 8_000;
// Beyond this the caller knows better than a client that sleeps.
const LONGEST_RETRY_AFTER = 60_000;

/**
 * How long to wait before a request is sent again, in milliseconds; undefined if it should not be.
 *
 * @param error - Why the attempt failed.
 * @param attempt - Which attempt it was, from 1.
 */
export function retryDelay({ code, status = 0, retryAfter }: FirstOfficerError, attempt: number): number | undefined {
  const byChance = code === 'network' || code === 'timeout' || status === 408 || status === 429 || status >= 500;
  // Full jitter: clients that failed together do not come back together.
  const delay =
    retryAfter === undefined ? Math.random() * Math.min(LONGEST, BASE * 2 ** (attempt - 1)) : retryAfter * 1000;
  return byChance && delay <= LONGEST_RETRY_AFTER ? delay : undefined;
}

import type { FirstOfficerError } from './error.ts';

const BASE_MS = 500;
const LONGEST_MS = 8_000;
// If the server asks for a longer wait, the call fails and the caller decides.
const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * Returns how many milliseconds to wait before a retry, or undefined if the request should not be retried.
 *
 * @param error - Why the attempt failed.
 * @param attempt - The number of the attempt. The first is 1.
 */
export function getRetryDelay(
  { code, status = 0, retryAfter }: FirstOfficerError,
  attempt: number,
): number | undefined {
  const isTransient = code === 'network' || code === 'timeout' || status === 408 || status === 429 || status >= 500;
  // Full jitter: clients that failed at the same time retry at different times.
  const delay =
    retryAfter === undefined ? Math.random() * Math.min(LONGEST_MS, BASE_MS * 2 ** (attempt - 1)) : retryAfter * 1000;
  return isTransient && delay <= LONGEST_RETRY_AFTER_MS ? delay : undefined;
}

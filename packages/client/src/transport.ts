import { assertArgument, FirstOfficerError } from './error.ts';
import type { CallOptions, ClientOptions } from './options.ts';
import { type Redactor, redactCause } from './redaction.ts';
import { createHttpError } from './response.ts';
import { withTimeout } from './timeout.ts';

const BASE_DELAY_MS = 500;
const MAX_DELAY_MS = 8_000;
// If the server asks for a longer wait, the call fails and the caller decides.
const MAX_RETRY_AFTER_MS = 60_000;

/** The outcome of a request: a response with its whole body, an error, or both. */
interface Exchange {
  readonly response?: Response;
  readonly body?: string;
  readonly error?: FirstOfficerError | undefined;
}

/**
 * Sends a request and reads the body of the response. Applies the time limit, and retries a GET that failed.
 *
 * @throws FirstOfficerError `invalid_argument` if `timeout`, `maxRetries` or `signal` is invalid.
 * @throws The error that `onRetry` throws.
 */
export type Sender = (url: string, init: RequestInit, options: CallOptions) => Promise<Exchange>;

/** The client options for sending requests. */
type TransportOptions = Pick<ClientOptions, 'timeout' | 'maxRetries' | 'onRetry' | 'fetch'>;

export function createTransport(
  redact: Redactor,
  {
    timeout: clientTimeout = 30_000,
    maxRetries: clientMaxRetries = 2,
    onRetry,
    // The global fetch is looked up for each call, because an application may replace it later.
    fetch: sendRequest = (url, init) => fetch(url, init),
  }: TransportOptions,
): Sender {
  assertLimits(clientTimeout, clientMaxRetries);

  async function attemptOnce(url: string, init: RequestInit, signal: AbortSignal): Promise<Exchange> {
    try {
      // A redirect is not followed: the key would be sent to another URL.
      const response = await sendRequest(url, { ...init, signal, redirect: 'manual' });
      // The body is always read, so that the connection can be reused.
      const body = await response.text();
      // A custom fetch may follow redirects nevertheless.
      const hasFailed = !response.ok || response.redirected;
      return { response, body, error: hasFailed ? createHttpError(response, body, redact) : undefined };
    } catch (thrown) {
      const cause = redactCause(thrown, redact);
      return {
        error: new FirstOfficerError('network', 'The connection to FirstOfficer failed. See cause.', { cause }),
      };
    }
  }

  return async (url, init, { signal, timeout = clientTimeout, maxRetries = clientMaxRetries }) => {
    assertLimits(timeout, maxRetries);
    assertArgument('signal', !signal || typeof signal.addEventListener === 'function', 'an AbortSignal');
    for (let attempt = 1; ; attempt++) {
      const result: Exchange = await withTimeout(timeout, signal, (signal) => attemptOnce(url, init, signal));
      const { error } = result;
      if (!error || attempt > maxRetries || init.method !== 'GET' || !isTransient(error)) return result;
      const delay = computeRetryDelay(error, attempt);
      if (delay > MAX_RETRY_AFTER_MS) return result;
      await onRetry?.({ attempt, delay, error });
      // If the signal aborts during the wait, the next attempt ends before it sends anything.
      await withTimeout(delay, signal);
    }
  };
}

/**
 * Checks the limits of a client or call.
 *
 * @throws FirstOfficerError `invalid_argument` if one of them is out of range.
 */
function assertLimits(timeout: number, maxRetries: number): void {
  // setTimeout treats delays above 2^31−1 ms as 1 ms.
  assertArgument('timeout', timeout > 0 && timeout < 2 ** 31, '1 to 2147483647 ms');
  assertArgument('maxRetries', maxRetries >= 0, '0 or more');
}

/** Returns whether a request that failed may succeed if it is repeated. */
function isTransient({ code, status = 0 }: FirstOfficerError): boolean {
  return code === 'network' || code === 'timeout' || status === 408 || status === 429 || status >= 500;
}

/**
 * Returns how many milliseconds to wait before a retry.
 *
 * @param error - Why the attempt failed.
 * @param attempt - The number of the attempt. The first is 1.
 */
function computeRetryDelay({ retryAfter }: FirstOfficerError, attempt: number): number {
  if (retryAfter !== undefined) return retryAfter * 1000;
  // Full jitter: clients that failed at the same time retry at different times.
  return Math.random() * Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** (attempt - 1));
}

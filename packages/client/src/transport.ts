import { bounded } from './bounded.ts';
import { assertArgument, FirstOfficerError } from './error.ts';
import { assertLimits, type CallOptions, type Fetch, type OnRetry } from './options.ts';
import { type Redact, redactCause } from './redaction.ts';
import { httpError } from './response-error.ts';
import { retryDelay } from './retry.ts';

/** What came of a request: a response and its whole body, an error, or all of them. */
export interface Exchange {
  readonly response?: Response;
  readonly body?: string;
  readonly error?: FirstOfficerError | undefined;
}

/**
 * Sends a request and reads the body of the response: within the time limit, and again where that is safe.
 *
 * @throws FirstOfficerError `invalid_argument` if its limits cannot be some, and whatever `onRetry` throws.
 */
export type Send = (url: string, init: RequestInit, options: CallOptions) => Promise<Exchange>;

export function createTransport(
  redact: Redact,
  clientTimeout: number,
  clientMaxRetries: number,
  onRetry: OnRetry | undefined,
  // Looked up for each call, so that what replaces the global one later is used, too.
  ownFetch: Fetch = (url, init) => fetch(url, init),
): Send {
  assertLimits(clientTimeout, clientMaxRetries);

  async function exchange(url: string, init: RequestInit, signal: AbortSignal): Promise<Exchange> {
    try {
      // A redirect is not followed: the key would go along.
      const response = await ownFetch(url, { ...init, signal, redirect: 'manual' });
      // Read in any case, so that the connection can serve again.
      const body = await response.text();
      // A fetch of the application's own may have followed one all the same.
      const failed = !response.ok || response.redirected;
      return { response, body, error: failed ? httpError(response, body, redact) : undefined };
    } catch (thrown) {
      const cause = redactCause(thrown, redact);
      const message = 'The connection to FirstOfficer failed or broke off.';
      return { error: new FirstOfficerError('network', message, { cause }) };
    }
  }

  return async (url, init, { signal, timeout = clientTimeout, maxRetries = clientMaxRetries }) => {
    assertLimits(timeout, maxRetries);
    assertArgument('signal', !signal || typeof signal.addEventListener === 'function', 'an AbortSignal');
    for (let attempt = 1; ; attempt++) {
      const result = await bounded(timeout, signal, (signal) => exchange(url, init, signal));
      const { error } = result;
      const delay = error && attempt <= maxRetries && init.method === 'GET' ? retryDelay(error, attempt) : undefined;
      if (!error || delay === undefined) return result;
      await onRetry?.({ attempt, delay, error });
      // If the signal ends the wait, it ends the next attempt before it begins.
      await bounded(delay, signal);
    }
  };
}

import { createHttpClient } from '../http/client.ts';
import type { Exchange, HttpRequest, Timing } from '../http/exchange.ts';
import { NoResponseError } from '../http/failure.ts';
import { createLimiter } from '../http/limiter.ts';
import { type RawResponse, readRawResponse } from '../http/raw-response.ts';

/** Thrown when the run ends early because the target does not respond. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** The limits of a connection. */
export interface ConnectionLimits {
  /** The timeout of a request. */
  readonly timeLimitMs: number;
  /** The maximum number of concurrent requests and of concurrent test cases. */
  readonly concurrency: number;
  /** The maximum number of requests per second. Undefined means no limit. */
  readonly rate: number | undefined;
}

/** The connection to the target. All test cases of a run share it and its limits. */
export interface Connection {
  /**
   * Sends a request.
   *
   * @throws NoResponseError if there is no complete response, StoppedError after the run was stopped.
   */
  send(request: HttpRequest): Promise<Exchange & Timing>;
  /** Sends a request and reads the response until the connection ends. Throws the same errors as `send`. */
  sendRaw(request: HttpRequest): Promise<RawResponse & Timing>;
  /** Ends all requests. Further ones throw a StoppedError. */
  close(): void;
}

// A process that restarts refuses connections only briefly.
const MAX_REFUSED_IN_A_ROW = 3;
// Each failure may take as long as the timeout.
const MAX_FAILURES = 25;

/**
 * Opens the connection to a target.
 *
 * @param now - Returns the time in milliseconds since any start. Default: the clock of this process.
 */
export function openConnection(
  url: string,
  { timeLimitMs, concurrency, rate }: ConnectionLimits,
  now: () => number = () => performance.now(),
): Connection {
  const client = createHttpClient(url, timeLimitMs);
  const limiter = createLimiter(concurrency, rate);
  const closing = new AbortController();
  let refusedInARow = 0;
  let failures = 0;
  let stopped: string | undefined;

  async function sendWithinLimits<T>(request: HttpRequest, work: () => Promise<T>): Promise<T & Timing> {
    return limiter.run(async () => {
      if (stopped !== undefined) throw new StoppedError(stopped);
      // The time in the queue of the limiter does not count.
      const startedAt = new Date();
      const start = now();
      try {
        const result = await work();
        refusedInARow = 0;
        return { ...result, startedAt, durationMs: now() - start };
      } catch (error) {
        const failure = error instanceof NoResponseError ? error : new NoResponseError(request, error);
        failure.timing = { startedAt, durationMs: now() - start };
        refusedInARow = failure.isRefused ? refusedInARow + 1 : 0;
        failures += 1;
        if (refusedInARow >= MAX_REFUSED_IN_A_ROW) stopped = `the target is gone: ${failure.message}`;
        else if (failures >= MAX_FAILURES)
          stopped = `${failures} requests had no response, the last because ${failure.message}`;
        throw failure;
      }
    });
  }

  return {
    send: (request) => sendWithinLimits(request, () => client.send(request)),
    sendRaw: (request) =>
      sendWithinLimits(request, () => readRawResponse(url, request, { timeLimitMs, signal: closing.signal })),
    close() {
      stopped ??= 'the run was stopped';
      closing.abort();
      client.close();
    },
  };
}

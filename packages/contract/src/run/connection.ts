import { createHttpClient } from '../http/client.ts';
import { type Clock, SYSTEM_CLOCK } from '../http/clock.ts';
import { type Exchange, getHeader, type HttpRequest, type HttpResponse, type Timing } from '../http/exchange.ts';
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
  /**
   * Stops the run: further requests throw a StoppedError. Those that were sent may still end within a second, because
   * their responses name what they created.
   */
  stop(reason: string): void;
  /**
   * Pauses all requests for as long as a response asks for, and returns true if the request should be sent again then.
   *
   * @param attempts - How often the request has been sent.
   */
  pauseAfter(response: Pick<HttpResponse, 'status' | 'headers'>, attempts: number): boolean;
  /** Ends all requests. Further ones throw a StoppedError. */
  close(): void;
}

// A process that restarts refuses connections only briefly.
const MAX_REFUSED_IN_A_ROW = 3;
// The time for responses to requests that were sent before the run was stopped.
const MS_TO_END = 1000;
// Each failure may take as long as the timeout.
const MAX_FAILURES = 25;

// How often one request is sent again after a pause, and how long it waits in all.
const MAX_PAUSES = 10;
const LONGEST_PAUSES_MS = 60_000;
// If this many requests are refused in spite of their pauses, further pauses would only delay the end of the run.
const MAX_PAUSES_IN_VAIN = 3;
const LONGEST_PAUSE_MS = 30_000;
// For a 429 without Retry-After.
const DEFAULT_PAUSE_MS = 1000;

/** Returns for how long a response asks to send no requests (RFC 9110, 10.2.3), or undefined for no or a long time. */
function getPause(response: Pick<HttpResponse, 'status' | 'headers'>): number | undefined {
  const value = getHeader(response, 'retry-after');
  if (value === undefined) return response.status === 429 ? DEFAULT_PAUSE_MS : undefined;
  const date = /^[A-Z][a-z]{2}/.test(value) ? Math.max(Date.parse(value) - Date.now(), 0) : Number.NaN;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : date;
  return ms <= LONGEST_PAUSE_MS ? ms : undefined;
}

/** Opens the connection to a target. */
export function openConnection(
  url: string,
  { timeLimitMs, concurrency, rate }: ConnectionLimits,
  clock: Clock = SYSTEM_CLOCK,
): Connection {
  const client = createHttpClient(url, timeLimitMs);
  const closing = new AbortController();
  const limiter = createLimiter(concurrency, rate, { clock, signal: closing.signal });
  let refusedInARow = 0;
  let failures = 0;
  let pausesInVain = 0;
  let stopped: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  function close(): void {
    stopped ??= 'the run was stopped';
    clearTimeout(timer);
    closing.abort();
    client.close();
  }

  async function sendWithinLimits<T>(request: HttpRequest, work: () => Promise<T>): Promise<T & Timing> {
    return limiter.run(async () => {
      if (stopped !== undefined) throw new StoppedError(stopped);
      // The time in the queue of the limiter does not count.
      const startedAt = new Date();
      const start = clock.now();
      try {
        const result = await work();
        refusedInARow = 0;
        return { ...result, startedAt, durationMs: clock.now() - start };
      } catch (error) {
        if (closing.signal.aborted && stopped !== undefined) throw new StoppedError(stopped);
        const failure = error instanceof NoResponseError ? error : new NoResponseError(request, error);
        failure.timing = { startedAt, durationMs: clock.now() - start };
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
    stop(reason) {
      stopped ??= reason;
      timer ??= setTimeout(close, MS_TO_END);
    },
    pauseAfter(response, attempts) {
      const ms = getPause(response);
      if (ms === undefined || pausesInVain >= MAX_PAUSES_IN_VAIN) return false;
      if (attempts > MAX_PAUSES || attempts * ms > LONGEST_PAUSES_MS) {
        pausesInVain += 1;
        return false;
      }
      limiter.pause(ms);
      return true;
    },
    close,
  };
}

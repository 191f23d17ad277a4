import { createHttpClient } from '../http/client.ts';
import type { Exchange } from '../http/exchange.ts';
import { NoResponseError } from '../http/failure.ts';
import { createLimiter } from '../http/limiter.ts';
import { type RawResponse, readRawResponse } from '../http/raw-response.ts';
import type { HttpRequest } from '../http/request.ts';
import type { Settings } from './context.ts';

/** The run is over before its end: the target is gone. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** The one way to the target, which all probes of a run share. */
export interface Connection {
  /** @throws NoResponseError if there is no whole response, StoppedError once the target is given up. */
  send(request: HttpRequest): Promise<Exchange>;
  /** The same for a request whose response is to be read to the end of the connection. */
  sendRaw(request: HttpRequest): Promise<RawResponse>;
  close(): void;
}

// A process that crashed and is started again comes back; one that is gone refuses every connection.
const REFUSALS_IN_A_ROW = 3;
// Each costs a whole time limit.
const FAILURES_IN_ALL = 25;

export function openConnection(
  url: string,
  { timeLimitMs, concurrency, rate }: Pick<Settings, 'timeLimitMs' | 'concurrency' | 'rate'>,
): Connection {
  const client = createHttpClient(url, timeLimitMs);
  const limiter = createLimiter(concurrency, rate);
  let refusals = 0;
  let failures = 0;
  let stopped: string | undefined;

  async function guard<T>(request: HttpRequest, work: () => Promise<T>): Promise<T> {
    return limiter.run(async () => {
      if (stopped !== undefined) throw new StoppedError(stopped);
      try {
        const result = await work();
        refusals = 0;
        return result;
      } catch (error) {
        const failure = error instanceof NoResponseError ? error : NoResponseError.of(request, error);
        refusals = failure.refused ? refusals + 1 : 0;
        failures += 1;
        if (refusals >= REFUSALS_IN_A_ROW) stopped = `the target is gone: ${failure.message}`;
        else if (failures >= FAILURES_IN_ALL)
          stopped = `${failures} requests had no response, the last because ${failure.message}`;
        throw failure;
      }
    });
  }

  return {
    send: (request) => guard(request, () => client.send(request)),
    sendRaw: (request) => guard(request, () => readRawResponse(url, request, timeLimitMs)),
    close: () => client.close(),
  };
}

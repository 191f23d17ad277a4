import { FirstOfficerError } from './error.ts';
import { offAbort, onAbort } from './on-abort.ts';
import type { Exchange } from './transport.ts';

/**
 * Does some work until it is done, its time is over or the caller's signal aborts, whichever comes first. It does not
 * rely on the work to heed the signal it is given, and leaves neither a timer nor a listener behind.
 *
 * @param work - What to do; it does not reject. Without it this waits: the end of the time is then no failure.
 */
export function bounded(
  ms: number,
  signal: AbortSignal | null | undefined,
  work?: (signal: AbortSignal) => Promise<Exchange>,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const settle = (exchange: Exchange) => {
      clearTimeout(timer);
      if (signal) offAbort(signal, abort);
      resolve(exchange);
    };
    const stop = (error?: FirstOfficerError) => {
      settle({ error });
      controller.abort();
    };
    const abort = () => stop(new FirstOfficerError('aborted', 'The call was aborted.', { cause: signal?.reason }));
    const onTime = () => stop(work && new FirstOfficerError('timeout', `FirstOfficer did not answer within ${ms} ms.`));
    const timer = setTimeout(onTime, ms);
    // Who comes late does not hear the event.
    if (signal?.aborted) return abort();
    if (signal) onAbort(signal, abort);
    work?.(controller.signal).then(settle);
  });
}

import { FirstOfficerError } from './error.ts';

type Signal = AbortSignal | undefined;

/**
 * Does some work until it is done, its time is over or the caller's signal aborts, whichever comes first. It does not
 * rely on the work to heed the signal it is given, and leaves neither a timer nor a listener behind.
 *
 * @param work - What to do. Without it this waits: the end of the time is then no failure.
 */
export function bounded<T>(ms: number, signal: Signal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
export function bounded(ms: number, signal: Signal): Promise<void>;
export function bounded<T>(
  ms: number,
  signal: Signal,
  work?: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const settle = (error?: unknown, value?: T) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      if (!error) return resolve(value);
      reject(error);
      controller.abort();
    };
    const onAbort = () => settle(new FirstOfficerError('aborted', 'The call was aborted.', { cause: signal?.reason }));
    const onTime = () =>
      settle(work && new FirstOfficerError('timeout', `FirstOfficer did not answer within ${ms} ms.`));
    const timer = setTimeout(onTime, ms);
    // Who comes late does not hear the event.
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort);
    work?.(controller.signal).then((value) => settle(undefined, value), settle);
  });
}

import { FirstOfficerError } from './error.ts';
import { offAbort, onAbort } from './on-abort.ts';

/** The result of work that was stopped. It has no error if only a wait was over. */
interface Stopped {
  readonly error?: FirstOfficerError | undefined;
}

/**
 * Resolves with the result of the work, or with an error if the time limit or the caller's signal ends it first. The
 * work need not react to the signal that it is given. No timer or listener remains afterwards.
 *
 * @param work - What to do. It must not reject. Without it, the function waits for `ms` milliseconds.
 */
export function withTimeout<Result extends Stopped = Stopped>(
  ms: number,
  signal: AbortSignal | null | undefined,
  work?: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | Stopped> {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const settle = (result: Result | Stopped) => {
      clearTimeout(timer);
      if (signal) offAbort(signal, abort);
      resolve(result);
    };
    const stop = (error?: FirstOfficerError) => {
      settle({ error });
      controller.abort();
    };
    const abort = () => stop(new FirstOfficerError('aborted', 'The call was aborted.', { cause: signal?.reason }));
    const onTime = () => stop(work && new FirstOfficerError('timeout', `FirstOfficer did not answer within ${ms} ms.`));
    const timer = setTimeout(onTime, ms);
    // A signal that is already aborted does not fire the event.
    if (signal?.aborted) return abort();
    if (signal) onAbort(signal, abort);
    work?.(controller.signal).then(settle);
  });
}

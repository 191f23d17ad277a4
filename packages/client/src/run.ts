import { addAbortListener } from './abort-listener.ts';
import { FirstOfficerError, isFirstOfficerError } from './error.ts';
import { type ErrorCopy, type Redactor, redactCause } from './redaction.ts';

/** What ends work before it is finished. */
interface Limits {
  /** The time limit of the work in milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal | null | undefined;
}

/** The limits of a call, and how its errors are redacted. */
interface RunContext extends Limits {
  readonly redact: Redactor;
  /** How many times the request has been sent. It may increase while the work is running. */
  readonly attempts: number;
}

/** Waits until the time limit, or until the signal aborts. */
export function run(limits: Limits): Promise<undefined>;

/**
 * Sends a request, or calls a function of the application, within the limits of a call. The work may ignore the signal
 * that it receives. No timer or listener remains afterwards.
 *
 * @param callback - The option that contains the function. Without it, the work sends a request.
 * @throws FirstOfficerError if the work fails or a limit stops it. A `FirstOfficerError` of the work is passed on.
 */
export function run<Result>(
  context: RunContext,
  work: (signal: AbortSignal) => Promise<Result>,
  callback?: string,
): Promise<Result>;

export async function run<Result>(
  context: Limits & Partial<RunContext>,
  work?: (signal: AbortSignal) => Promise<Result>,
  callback?: string,
): Promise<Result | undefined> {
  const { timeout, signal, redact } = context;
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let removeListener: (() => void) | null | undefined;
  let stopped: 'timeout' | 'aborted' | undefined;
  try {
    return await new Promise<Result>((resolve, reject) => {
      const stop = (by: 'timeout' | 'aborted') => {
        stopped = by;
        reject();
      };
      // A signal that is already aborted does not fire the event.
      if (signal?.aborted) return stop('aborted');
      removeListener = signal && addAbortListener(signal, () => stop('aborted'));
      timer = setTimeout(stop, timeout, 'timeout');
      work?.(controller.signal).then(resolve, reject);
    });
  } catch (thrown) {
    // Closes the connection.
    controller.abort();
    if (!work) return undefined;
    if (isFirstOfficerError(thrown)) throw thrown;
    const isAborted = stopped === 'aborted';
    const copy = redactCause(thrown, redact as Redactor);
    const problem = stopped ? `did not answer within ${timeout} ms` : `failed (${findReason(copy) || 'unknown'})`;
    throw new FirstOfficerError(
      stopped ?? (callback ? 'invalid_argument' : 'network'),
      isAborted ? 'The call was aborted.' : `${callback ?? 'The connection to FirstOfficer'} ${problem}.`,
      { param: callback, cause: isAborted ? signal?.reason : copy, attempts: context.attempts },
    );
  } finally {
    clearTimeout(timer);
    removeListener?.();
  }
}

/** Returns the code of the innermost cause, such as `ECONNREFUSED`. On runtimes that have no codes, returns its message. */
function findReason(error: ErrorCopy | undefined): string | undefined {
  return error && (findReason(error.cause) || error.code || error.message);
}

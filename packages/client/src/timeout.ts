import { FirstOfficerError } from './error.ts';

/** The result if the work was stopped, or if a wait without work ended. A wait that was not aborted has no error. */
interface Stopped {
  readonly error?: FirstOfficerError | undefined;
}

/**
 * Resolves with the result of the work, or with an error if the time limit or the caller's signal ends it first. The
 * work may ignore the signal that it receives. No timer or listener remains afterwards.
 *
 * @param work - A function that must not reject. Without it, the promise resolves after `ms` milliseconds.
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
      if (signal) removeAbortListener(signal, abort);
      resolve(result);
    };
    const stop = (error?: FirstOfficerError) => {
      settle({ error });
      controller.abort();
    };
    const abort = () => stop(new FirstOfficerError('aborted', 'The call was aborted.', { cause: signal?.reason }));
    const onTimeout = () =>
      stop(work && new FirstOfficerError('timeout', `FirstOfficer did not answer within ${ms} ms.`));
    const timer = setTimeout(onTimeout, ms);
    // A signal that is already aborted does not fire the event.
    if (signal?.aborted) return abort();
    if (signal) addAbortListener(signal, abort);
    work?.(controller.signal).then(settle);
  });
}

// This module state is shared by all clients on purpose: some runtimes report a leak if a signal has more than ten
// listeners. So each signal gets a single listener, which calls these functions. The weak map keeps no signal in memory.
const listeners = new WeakMap<AbortSignal, Set<() => void>>();

function addAbortListener(signal: AbortSignal, listener: () => void): void {
  const others = listeners.get(signal) ?? new Set();
  listeners.set(signal, others.add(listener));
  signal.addEventListener('abort', callListeners);
}

function removeAbortListener(signal: AbortSignal, listener: () => void): void {
  const others = listeners.get(signal);
  others?.delete(listener);
  if (!others?.size) signal.removeEventListener('abort', callListeners);
}

function callListeners({ target }: Event): void {
  for (const listener of listeners.get(target as AbortSignal) ?? []) listener();
}

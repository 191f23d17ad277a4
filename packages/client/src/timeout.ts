import { FirstOfficerError } from './error.ts';

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
      if (signal) removeAbortListener(signal, abort);
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
    if (signal) addAbortListener(signal, abort);
    work?.(controller.signal).then(settle);
  });
}

// Module state, shared by all clients: some runtimes warn of a leak if a signal has more than ten listeners. So each
// signal gets a single listener, which calls these functions. The weak map does not keep a signal in memory.
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

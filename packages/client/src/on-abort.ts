const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls a function when a signal aborts. However many there are for a signal, it has one listener: some runtimes take
 * more than ten for a leak, and say so.
 */
export function onAbort(signal: AbortSignal, listener: () => void): void {
  const others = listeners.get(signal) ?? new Set();
  listeners.set(signal, others.add(listener));
  signal.addEventListener('abort', tellAll);
}

/** Takes back {@link onAbort}. */
export function offAbort(signal: AbortSignal, listener: () => void): void {
  const others = listeners.get(signal);
  others?.delete(listener);
  if (!others?.size) signal.removeEventListener('abort', tellAll);
}

function tellAll({ target }: Event): void {
  for (const listener of listeners.get(target as AbortSignal) ?? []) listener();
}

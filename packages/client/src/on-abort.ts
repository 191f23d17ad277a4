// Module state, shared by all clients: some runtimes warn of a leak if a signal has more than ten listeners. So each
// signal gets a single listener, which calls these functions. The weak map does not keep a signal in memory.
const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls a function when a signal aborts. */
export function onAbort(signal: AbortSignal, listener: () => void): void {
  const others = listeners.get(signal) ?? new Set();
  listeners.set(signal, others.add(listener));
  signal.addEventListener('abort', callListeners);
}

/** Removes a function that {@link onAbort} added. */
export function offAbort(signal: AbortSignal, listener: () => void): void {
  const others = listeners.get(signal);
  others?.delete(listener);
  if (!others?.size) signal.removeEventListener('abort', callListeners);
}

function callListeners({ target }: Event): void {
  for (const listener of listeners.get(target as AbortSignal) ?? []) listener();
}

// This module state is shared by all clients on purpose: some runtimes report a leak if a signal has more than ten
// listeners. So each signal gets a single listener, which calls these functions. The weak map keeps no signal in memory.
const listeners = new WeakMap<EventTarget, Set<() => void>>();

/** Calls a function when a signal aborts. Returns a function that stops this. */
export function addAbortListener(signal: AbortSignal, listener: () => void): () => void {
  const all = listeners.get(signal) ?? new Set();
  listeners.set(signal, all.add(listener));
  signal.addEventListener('abort', callListeners);
  return () => {
    all.delete(listener);
    if (!all.size) signal.removeEventListener('abort', callListeners);
  };
}

function callListeners(this: EventTarget): void {
  for (const listener of listeners.get(this) ?? []) listener();
}

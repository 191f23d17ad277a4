import { addAbortListener } from 'node:events';

/** The time, and a way to wait. Tests use their own. */
export interface Clock {
  /** Returns the time in milliseconds since any start. */
  now(): number;
  /** Waits, or returns early if the signal is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of this process. */
export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      const listener = signal && addAbortListener(signal, end);
      const timer = setTimeout(end, Math.max(ms, 0));
      function end(): void {
        clearTimeout(timer);
        listener?.[Symbol.dispose]();
        resolve();
      }
    }),
};

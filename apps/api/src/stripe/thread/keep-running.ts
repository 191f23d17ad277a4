import { setTimeout as delay } from 'node:timers/promises';

/** Options of {@link keepRunning}. */
export interface KeepRunningOptions {
  /** Ends the repetition when it is aborted. The task must end by itself. */
  readonly signal: AbortSignal;
  /** Called when the task has ended, although `signal` is not aborted. `waitMs` is the time until it runs again. */
  readonly onEnd: (error: unknown, waitMs: number) => void;
  /** Waits. Default: by the clock. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Returns the time in milliseconds. Default: that of the system. */
  readonly now?: () => number;
}

const MIN_WAIT_MS = 1_000;
const MAX_WAIT_MS = 300_000;
// A task that ran for this time does not count as one that ends again and again.
const STABLE_MS = 60_000;

/**
 * Runs a task again whenever it ends. The next run begins 1 second later, and after each further failure twice as late, up
 * to 5 minutes.
 *
 * @returns A promise that resolves when the signal is aborted and the task has ended.
 */
export async function keepRunning(
  run: () => Promise<void>,
  { signal, onEnd, wait = waitUntil, now = () => performance.now() }: KeepRunningOptions,
): Promise<void> {
  let waitMs = MIN_WAIT_MS;
  while (!signal.aborted) {
    const startedAt = now();
    const error = await run().then(
      () => undefined,
      (reason: unknown) => reason ?? new Error('The task failed.'),
    );
    if (signal.aborted) return;
    if (now() - startedAt >= STABLE_MS) waitMs = MIN_WAIT_MS;
    onEnd(error, waitMs);
    await wait(waitMs, signal);
    waitMs = Math.min(waitMs * 2, MAX_WAIT_MS);
  }
}

/** Waits for a time, or until the signal is aborted. */
async function waitUntil(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}

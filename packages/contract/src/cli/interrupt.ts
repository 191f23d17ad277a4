import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** The result of work that a user can interrupt. */
interface Interruptible<T> {
  readonly result: T;
  /** The exit code of an interrupted command. Undefined if the user did not interrupt it. */
  readonly exitCode: number | undefined;
}

/**
 * Runs `work` with a signal that Ctrl-C or SIGTERM aborts. A second Ctrl-C ends the process at once.
 *
 * @param onInterrupt - Called when the user interrupts the work.
 */
export async function runInterruptibly<T>(
  work: (signal: AbortSignal) => Promise<T>,
  onInterrupt: () => void,
): Promise<Interruptible<T>> {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const interrupt = (signal: (typeof SIGNALS)[number]) => {
    stopListening();
    // The code that shells report for a command that a signal ended.
    exitCode = 128 + constants.signals[signal];
    onInterrupt();
    controller.abort();
  };
  const stopListening = () => {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    return { result: await work(controller.signal), exitCode };
  } finally {
    stopListening();
  }
}

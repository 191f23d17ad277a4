import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FastifyBaseLogger } from 'fastify';
import { keepRunning } from './keep-running.ts';
import type { SyncTask, SyncThreadMessage } from './sync-thread.ts';

/** A running thread that syncs accounts. */
export interface SyncThread {
  /** Ends the thread after its current transaction, or after 5 seconds. */
  close(): Promise<void>;
}

const FILE = new URL(`./sync-thread${extname(import.meta.url)}`, import.meta.url);
const STOP_MS = 5_000;

/** Starts a thread that keeps accounts up to date with Stripe. If it ends, another one starts. */
export function startSyncThread(task: SyncTask, logger: FastifyBaseLogger): SyncThread {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = keepRunning(() => runThread(task, { logger, signal }), {
    signal,
    onEnd: (error, waitMs) => logger.error({ err: error, waitMs }, 'sync thread ended'),
  });
  return {
    close() {
      stopping.abort();
      return running;
    },
  };
}

/** Runs a thread until it ends. Rejects if it fails. */
async function runThread(
  task: SyncTask,
  { logger, signal }: { readonly logger: FastifyBaseLogger; readonly signal: AbortSignal },
): Promise<void> {
  const thread = new Worker(FILE, { workerData: task });
  thread.on('message', ({ level, fields, message }: SyncThreadMessage) => logger[level](fields, message));
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    thread.postMessage('stop');
    timer = setTimeout(() => void thread.terminate(), STOP_MS);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    // Rejects if the thread emits an error.
    const [code] = (await once(thread, 'exit')) as [number];
    if (code !== 0) throw new Error(`The thread ended with code ${code}.`);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

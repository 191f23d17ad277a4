import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DatabaseError } from '../../database/errors.ts';
import { SyncError } from '../sync/context.ts';
import type { SyncOptions, SyncResult } from '../sync/sync.ts';
import type { SyncMessage, SyncTask } from './sync-thread.ts';

/** How {@link runSyncInThread} works. */
export interface ThreadOptions
  extends Omit<SyncTask, 'reportsProgress'>,
    Pick<SyncOptions, 'signal' | 'log' | 'onProgress'> {}

const FILE = new URL(`./sync-thread${extname(import.meta.url)}`, import.meta.url);
// With the default limits, V8 would collect garbage so late that a sync takes half as much memory again. Only customers
// with very many invoices need more than a tenth of the second limit.
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 6, maxOldGenerationSizeMb: 1_000 };
// How long the current transaction may take after `signal` aborts.
const STOP_MS = 5_000;

/**
 * Does what `runSync` does, in a thread. SQLite blocks the thread that uses it, and parsing large responses of Stripe would
 * delay the requests to a server. The tables must exist.
 *
 * @throws SyncError, DatabaseError as `runSync`.
 */
export async function runSyncInThread({ signal, log, onProgress, ...options }: ThreadOptions): Promise<SyncResult> {
  const task: SyncTask = { ...options, reportsProgress: onProgress !== undefined };
  const thread = new Worker(FILE, { workerData: task, resourceLimits: RESOURCE_LIMITS });
  let result: SyncResult = { isComplete: false, objects: 0, requests: 0, customers: 0 };
  let failure: Error | undefined;
  let timer: NodeJS.Timeout | undefined;
  thread.on('message', (message: SyncMessage) => {
    if (message.kind === 'log') log[message.level](message.fields, message.message);
    if (message.kind === 'progress') onProgress?.(message.progress);
    if (message.kind === 'result') result = message.result;
    if (message.kind === 'failure') failure = toError(message);
  });
  const stop = () => {
    thread.postMessage('stop');
    timer = setTimeout(() => void thread.terminate(), STOP_MS);
  };
  if (signal?.aborted) stop();
  else signal?.addEventListener('abort', stop, { once: true });
  try {
    // Rejects if the thread emits an error.
    await once(thread, 'exit');
  } catch (error) {
    throw toMemoryError(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
  if (failure) throw failure;
  return result;
}

function toError({ message, database }: Extract<SyncMessage, { kind: 'failure' }>): Error {
  return database ? new DatabaseError(database.fault, message, database.code) : new SyncError(message);
}

function toMemoryError(error: unknown): unknown {
  if (Object(error).code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new SyncError(`The sync needs more than ${RESOURCE_LIMITS.maxOldGenerationSizeMb} MB of memory.`);
}

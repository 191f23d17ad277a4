import { parentPort, workerData } from 'node:worker_threads';
import { type DatabaseFault, findDatabaseError } from '../../database/errors.ts';
import { type DatabaseLocation, openForCommand } from '../../database/open.ts';
import { SyncError } from '../sync/context.ts';
import type { Progress } from '../sync/progress.ts';
import { runSync, type SyncOptions, type SyncResult } from '../sync/sync.ts';

// Runs a sync in a thread of its own, with its own connection to the database.

/** What the thread does. */
export interface SyncTask
  extends Pick<SyncOptions, 'account' | 'key' | 'follow' | 'reconcile' | 'url' | 'leaseMs' | 'pollMs'> {
  readonly location: DatabaseLocation;
  /** Whether the thread reports its progress. */
  readonly reportsProgress: boolean;
}

type Level = keyof SyncOptions['log'];

/** What the thread reports. */
export type SyncMessage =
  | { readonly kind: 'log'; readonly level: Level; readonly fields: object; readonly message: string }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'result'; readonly result: SyncResult }
  /** The sync cannot go on, or the database cannot be used. Classes of errors do not survive between threads. */
  | { readonly kind: 'failure'; readonly message: string; readonly database?: DatabaseFailure };

/** The properties of a {@link DatabaseError}. */
interface DatabaseFailure {
  readonly fault: DatabaseFault;
  readonly code: string;
}

if (!parentPort) throw new Error('This module must run in a thread.');
await run(workerData as SyncTask, parentPort);

async function run(
  { location, reportsProgress, ...options }: SyncTask,
  port: NonNullable<typeof parentPort>,
): Promise<void> {
  const stopping = new AbortController();
  // Any message asks the thread to end after the current transaction.
  port.once('message', () => stopping.abort());
  const send = (message: SyncMessage) => port.postMessage(message);
  try {
    const database = openForCommand(location);
    try {
      const result = await runSync({
        ...options,
        database,
        log: createLog(send),
        signal: stopping.signal,
        ...(reportsProgress && { onProgress: (progress: Progress) => send({ kind: 'progress', progress }) }),
      });
      send({ kind: 'result', result });
    } finally {
      await database.close();
    }
  } catch (error) {
    send(describeFailure(error));
  } finally {
    // Otherwise the thread would wait for messages.
    port.close();
  }
}

/** Creates a log whose lines the main thread writes. */
function createLog(send: (message: SyncMessage) => void): SyncOptions['log'] {
  const createMethod =
    (level: Level) =>
    (fields: unknown, message = '') =>
      send(
        typeof fields === 'string'
          ? { kind: 'log', level, fields: {}, message: fields }
          : { kind: 'log', level, fields: Object(fields), message },
      );
  return { info: createMethod('info'), warn: createMethod('warn'), error: createMethod('error') };
}

/**
 * Describes an error that operators can understand. The messages of drivers may contain values of queries, so those are
 * replaced.
 *
 * @throws The error itself if it is another one.
 */
function describeFailure(error: unknown): SyncMessage {
  if (error instanceof SyncError) return { kind: 'failure', message: error.message };
  const database = findDatabaseError(error);
  if (!database) throw error;
  const { message, fault, code } = database;
  return { kind: 'failure', message, database: { fault, code } };
}

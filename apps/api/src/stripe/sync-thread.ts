import { parentPort, workerData } from 'node:worker_threads';
import type { Logger } from 'pino';
import { toDatabaseError } from '../database/errors.ts';
import { type DatabaseLocation, openForCommand } from '../database/open.ts';
import { keepRunning } from './keep-running.ts';
import type { StripeKey } from './keys.ts';
import { runSync } from './sync.ts';
import { SyncError } from './sync-error.ts';

// Runs in a thread of the primary process of a server, with its own connection to the database: SQLite blocks the thread
// that uses it, and parsing large responses of Stripe would delay requests.

/** What the thread does. */
export interface SyncTask {
  readonly location: DatabaseLocation;
  readonly accounts: readonly SyncedAccount[];
  /** The URL of Stripe's API. Default: that of Stripe. */
  readonly url?: string;
}

/** An account that is synced. */
export interface SyncedAccount {
  readonly account: number;
  readonly key: StripeKey;
}

/** A line for the log of the server. */
export interface SyncThreadMessage {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: object;
  readonly message: string;
}

if (!parentPort) throw new Error('This module must run in a thread.');
await run(workerData as SyncTask, parentPort);

async function run({ location, accounts, url }: SyncTask, port: NonNullable<typeof parentPort>): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  // Any message asks the thread to end after the current transaction.
  port.once('message', () => stopping.abort());
  const database = openForCommand(location);
  const sync = ({ account, key }: SyncedAccount) => {
    const log = createLog(account, (line) => port.postMessage(line));
    const options = { database, account, key, follow: true, signal, log, ...(url !== undefined && { url }) };
    return keepRunning(async () => void (await runSync(options)), {
      signal,
      onEnd: (error, waitMs) => log.error({ ...describeFault(error), waitMs }, 'sync stopped'),
    });
  };
  try {
    await Promise.all(accounts.map(sync));
  } finally {
    await database.close();
    // Otherwise the thread would wait for messages.
    port.close();
  }
}

/** Creates the log of an account, whose lines the thread of the server writes. */
function createLog(
  account: number,
  write: (line: SyncThreadMessage) => void,
): Pick<Logger, SyncThreadMessage['level']> {
  const createMethod =
    (level: SyncThreadMessage['level']) =>
    (fields: unknown, message = '') =>
      write(
        typeof fields === 'string'
          ? { level, fields: { account }, message: fields }
          : { level, fields: { account, ...Object(fields) }, message },
      );
  return { info: createMethod('info'), warn: createMethod('warn'), error: createMethod('error') };
}

/** Returns what the log says about an error. The messages of drivers may contain values of queries. */
function describeFault(error: unknown): object {
  if (error === undefined) return {};
  if (error instanceof SyncError) return { fault: error.message };
  if ('code' in Object(error)) {
    const { code, message } = toDatabaseError(error);
    return { code, fault: message };
  }
  return { err: error };
}

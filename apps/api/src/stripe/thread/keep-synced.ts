import type { FastifyBaseLogger } from 'fastify';
import { DatabaseError } from '../../database/errors.ts';
import type { DatabaseLocation } from '../../database/open.ts';
import { SyncError } from '../sync/context.ts';
import { keepRunning } from './keep-running.ts';
import { runSyncInThread } from './run-in-thread.ts';
import type { SyncedAccount } from './synced-accounts.ts';

/** How {@link keepSynced} works. */
export interface KeepSyncedOptions {
  readonly location: DatabaseLocation;
  readonly accounts: readonly SyncedAccount[];
  /** The URL of Stripe's API. Default: that of Stripe. */
  readonly url?: string;
  readonly logger: FastifyBaseLogger;
}

/** Accounts that are kept up to date. */
export interface KeptSynced {
  /** Ends all syncs after their current transactions. */
  close(): Promise<void>;
}

/** Keeps accounts up to date with Stripe, each in a thread of its own. A sync that ends begins again. */
export function keepSynced({ accounts, logger, ...options }: KeepSyncedOptions): KeptSynced {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = accounts.map(({ account, key }) => {
    const log = logger.child({ account });
    return keepRunning(
      async () => void (await runSyncInThread({ ...options, account, key, follow: true, signal, log })),
      { signal, onEnd: (error, waitMs) => log.error({ ...describeFault(error), waitMs }, 'sync stopped') },
    );
  });
  return {
    async close() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

/** Returns what the log says about an error. */
function describeFault(error: unknown): object {
  if (error instanceof DatabaseError) return { code: error.code, fault: error.message };
  return error instanceof SyncError ? { fault: error.message } : { err: error };
}

import type { Logger } from 'pino';
import type { StripeClient } from '../client/client.ts';
import type { StripeScope } from '../objects.ts';
import type { StripeStore } from '../store/store.ts';

/** What all parts of a sync use. */
export interface SyncContext {
  readonly client: StripeClient;
  readonly store: StripeStore;
  readonly scope: StripeScope;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Aborts when the sync must end. */
  readonly signal: AbortSignal;
  /** Reports what was read. */
  readonly onRead: (read: ReadCounts) => void;
}

/** What was read since the last report. */
interface ReadCounts {
  readonly objects: number;
  /** The pages of lists. */
  readonly pages: number;
  /** An estimate of the pages that remain. Undefined if no lists are being read. */
  readonly remainingPages?: number;
}

/** A sync cannot go on. Its message says why and what to do, and contains no key and no identifier of a customer. */
export class SyncError extends Error {
  override readonly name = 'SyncError';
}

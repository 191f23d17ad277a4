import type { SyncContext } from './context.ts';

/** How far a sync is. */
export interface Progress {
  /** What the sync does now, such as `reading all objects`. */
  readonly activity: string;
  /** The objects that were read. */
  readonly objects: number;
  readonly requests: number;
  /** The time since the activity began, and the pages that it has read and that remain. */
  readonly elapsedMs: number;
  readonly pages: number;
  /** Undefined if no lists are being read. */
  readonly remainingPages: number | undefined;
}

/** Counts what a sync reads, and reports it. */
export interface Tracker {
  readonly objects: number;
  /** Reports the begin of an activity. */
  begin(activity: string): void;
  readonly add: SyncContext['onRead'];
}

const LOG_INTERVAL_MS = 10_000;

/** Creates a tracker that reports to a function, and writes a line to the log every 10 seconds. */
export function createTracker(
  client: Pick<SyncContext['client'], 'requests'>,
  { log, onProgress }: Pick<SyncContext, 'log'> & { readonly onProgress?: (progress: Progress) => void },
): Tracker {
  let activity = '';
  let beganAt = performance.now();
  let loggedAt = beganAt;
  let objects = 0;
  let pages = 0;
  let remainingPages: number | undefined;

  return {
    get objects() {
      return objects;
    },
    begin(name) {
      activity = name;
      beganAt = performance.now();
      pages = 0;
      remainingPages = undefined;
      report();
    },
    add(read) {
      objects += read.objects;
      pages += read.pages;
      remainingPages = read.remainingPages;
      report();
      if (performance.now() - loggedAt < LOG_INTERVAL_MS) return;
      loggedAt = performance.now();
      log.info({ objects, requests: client.requests, remainingPages }, activity);
    },
  };

  function report(): void {
    const elapsedMs = performance.now() - beganAt;
    onProgress?.({ activity, objects, requests: client.requests, elapsedMs, pages, remainingPages });
  }
}

/** Formats the progress as one line for a terminal. */
export function formatProgress({ activity, objects, requests, elapsedMs, pages, remainingPages }: Progress): string {
  const seconds = Math.max(1, elapsedMs) / 1_000;
  const parts = [`${activity}: ${formatCount(objects)} objects`, `${formatCount(requests)} requests`];
  if (pages > 0) parts.push(`${(pages / seconds).toFixed(1)} pages per second`);
  if (remainingPages !== undefined && pages > 0)
    parts.push(`about ${formatDuration((remainingPages * seconds) / pages)} left`);
  return parts.join(', ');
}

function formatCount(count: number): string {
  return count.toLocaleString('en');
}

function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/** What a sync has done since it began, and what remains. */
export interface Progress {
  /** What the sync does now, such as `reading all objects`. */
  readonly activity: string;
  /** Objects that were read. */
  readonly objects: number;
  /** Requests that were sent. */
  readonly requests: number;
  readonly elapsedMs: number;
  /** Pages that remain to be read. Undefined if they cannot be estimated yet, or if no list is being read. */
  readonly remainingPages?: number;
  /** Pages that were read. */
  readonly pages: number;
}

/** Formats the progress as one line for a terminal. */
export function formatProgress({ activity, objects, requests, elapsedMs, pages, remainingPages }: Progress): string {
  const seconds = Math.max(1, elapsedMs) / 1_000;
  const rate = Math.round(objects / seconds);
  const parts = [
    `${activity}: ${objects.toLocaleString('en')} objects`,
    `${rate.toLocaleString('en')} per second`,
    `${requests.toLocaleString('en')} requests`,
  ];
  if (remainingPages !== undefined && pages > 0)
    parts.push(`about ${formatDuration((remainingPages * seconds) / pages)} left`);
  return parts.join(', ');
}

function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

import type { RequestCounters } from '../server/authentication.ts';

/** Requests that a worker has counted since its last message. */
export type Counts = readonly (readonly [kind: keyof RequestCounters, id: string, count: number])[];

/** Counters of one process that also contain the requests of other processes. */
export interface SharedCounters {
  readonly counters: RequestCounters;
  /** Returns the requests that this process has counted since the last call. */
  take(): Counts;
  /** Adds the requests of another process. */
  receive(counts: Counts): void;
}

/** Adds the requests of other processes to the counters of this process. */
export function shareCounters(own: RequestCounters): SharedCounters {
  const added = { failures: new Map<string, number>(), keys: new Map<string, number>() };
  const share = (kind: keyof RequestCounters): RequestCounters[typeof kind] => ({
    add(id, count = 1) {
      added[kind].set(id, (added[kind].get(id) ?? 0) + count);
      return own[kind].add(id, count);
    },
  });
  return {
    counters: { failures: share('failures'), keys: share('keys') },
    take() {
      const counts = (['failures', 'keys'] as const).flatMap((kind) =>
        [...added[kind]].map(([id, count]) => [kind, id, count] as const),
      );
      added.failures.clear();
      added.keys.clear();
      return counts;
    },
    receive(counts) {
      for (const [kind, id, count] of counts) own[kind].add(id, count);
    },
  };
}

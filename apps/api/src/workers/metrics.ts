import { setTimeout as delay } from 'node:timers/promises';
import { addMetrics, type Metrics, type MetricValues } from '../server/monitoring.ts';

/** The metrics of several processes. */
export interface MetricsCollection extends Pick<Metrics, 'format'> {
  /** Stores the latest metrics of a worker. */
  receive(workerId: number, metrics: MetricValues): void;
  /** Keeps the counts of a worker that has ended, because counts never decrease. */
  remove(workerId: number): Promise<void>;
}

/** Options of {@link createMetricsCollection}. */
interface CollectionOptions {
  /** The metrics of this process. */
  readonly own: Metrics;
  /** Asks all workers for their metrics, and returns the IDs of the workers. */
  readonly ask: () => readonly number[];
}

// If a worker does not answer within this time, its last metrics count.
const ANSWER_MS = 1_000;

/** Creates a collection that adds up the metrics of this process and of its workers. */
export function createMetricsCollection({ own, ask }: CollectionOptions): MetricsCollection {
  const latest = new Map<number, MetricValues>();
  const waiting = new Map<number, PromiseWithResolvers<void>>();
  let ended: MetricValues = [];
  const finish = (workerId: number) => {
    waiting.get(workerId)?.resolve();
    waiting.delete(workerId);
  };
  return {
    receive(workerId, metrics) {
      latest.set(workerId, metrics);
      finish(workerId);
    },
    async remove(workerId) {
      const counts = latest.get(workerId)?.filter(isCount) ?? [];
      latest.delete(workerId);
      finish(workerId);
      ended = await addMetrics([ended, counts]).collect();
    },
    async format() {
      const answers = ask().map((workerId) => {
        const answer = waiting.get(workerId) ?? Promise.withResolvers<void>();
        waiting.set(workerId, answer);
        return answer.promise;
      });
      await Promise.race([Promise.all(answers), delay(ANSWER_MS, undefined, { ref: false })]);
      return addMetrics([await own.collect(), ended, ...latest.values()]).format();
    },
  };
}

/** Returns whether a metric only increases. The type is text, unlike in the types of prom-client. */
function isCount({ type }: MetricValues[number]): boolean {
  return ['counter', 'histogram'].includes(String(type));
}

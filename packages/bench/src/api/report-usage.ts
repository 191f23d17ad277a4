import cluster, { type Worker } from 'node:cluster';

// Runs in each process of a measured server, before the server itself. Reports the resources that the server uses when
// the benchmark asks for them.

/** What the benchmark asks a server process. */
export const USAGE_REQUEST = { kind: 'firstofficer-bench-usage' };

/** The resources that a server uses, as the sum of its processes. */
export interface Usage {
  /** CPU time since the start, in microseconds. */
  readonly cpu: number;
  /** Memory in bytes, after a garbage collection if the process runs with `--expose-gc`. */
  readonly rss: number;
  /** Memory that V8 has reserved for objects. */
  readonly heapTotal: number;
  readonly heapUsed: number;
  readonly external: number;
}

/** The answer to a request. */
export interface UsageMessage {
  readonly usage: Usage;
}

process.on('message', async (message: object) => {
  if (!('kind' in message) || message.kind !== USAGE_REQUEST.kind) return;
  const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  const usage = (await Promise.all(workers.map(requestUsage))).reduce(addUsages, measureUsage());
  process.send?.({ usage } satisfies UsageMessage);
});

// The server ends with the benchmark.
if (cluster.isPrimary) process.once('disconnect', () => process.exit());

function measureUsage(): Usage {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
  return { cpu: user + system, rss, heapTotal, heapUsed, external };
}

function requestUsage(worker: Worker): Promise<Usage> {
  const { promise, resolve } = Promise.withResolvers<Usage>();
  const read = (message: object) => {
    if (!('usage' in message)) return;
    worker.off('message', read);
    resolve((message as UsageMessage).usage);
  };
  worker.on('message', read);
  worker.send(USAGE_REQUEST);
  return promise;
}

function addUsages(one: Usage, other: Usage): Usage {
  return {
    cpu: one.cpu + other.cpu,
    rss: one.rss + other.rss,
    heapTotal: one.heapTotal + other.heapTotal,
    heapUsed: one.heapUsed + other.heapUsed,
    external: one.external + other.external,
  };
}

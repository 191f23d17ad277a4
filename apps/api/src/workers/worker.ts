import { createRequestCounters } from '../server/create-server.ts';
import { createMetrics } from '../server/monitoring.ts';
import { type Api, type ApiOptions, startProcess } from '../start.ts';
import { shareCounters } from './counts.ts';
import type { FromWorker, ToWorker } from './messages.ts';

// Within this time, clients and keys can exceed their limits by what the other workers accept.
const COUNTS_INTERVAL_MS = 1_000;

/**
 * Serves the API in a worker process until the primary process sends a message to stop. Ends when the primary process
 * ends.
 *
 * @param processes - The number of workers.
 */
export async function runWorker(processes: number, options: Omit<ApiOptions, 'tls' | 'metricsPort'>): Promise<void> {
  // Ctrl-C and service managers also send signals to the workers, but only the primary process decides when to stop.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  const metrics = createMetrics();
  const { counters, take, receive } = shareCounters(createRequestCounters());
  const started = Promise.withResolvers<Api>();

  process.on('message', (message: ToWorker) => {
    // If the server cannot start, the caller handles the error.
    started.promise.then((api) => handle(message, api)).catch(() => {});
    if (message.kind === 'start') start(message.tls).then(started.resolve, started.reject);
  });
  try {
    await started.promise;
  } finally {
    // From now on only the server keeps the process running, so that the process ends when the server has stopped.
    process.channel?.unref();
  }

  async function start(tls: ApiOptions['tls']): Promise<Api> {
    const api = await startProcess(
      { ...options, ...(tls && { tls }) },
      { processes, counters, metrics, writeUse: (use) => send({ kind: 'use', use }) },
    );
    setInterval(() => {
      const counts = take();
      // A count that cannot be sent is lost: the limits need not be exact.
      if (counts.length > 0) send({ kind: 'counts', counts }).catch(() => {});
    }, COUNTS_INTERVAL_MS).unref();
    await send({ kind: 'ready', url: api.url });
    return api;
  }

  async function handle(message: ToWorker, api: Api): Promise<void> {
    if (message.kind === 'counts') receive(message.counts);
    if (message.kind === 'certificate') api.setCertificate(message.tls);
    if (message.kind === 'collect metrics') await send({ kind: 'metrics', metrics: await metrics.collect() });
    if (message.kind === 'stop') await stop(api, message.isImmediate);
  }

  async function stop(api: Api, isImmediate: boolean): Promise<void> {
    try {
      await api.close({ isImmediate });
    } catch (error) {
      options.logger?.error({ err: error }, 'failed');
      process.exitCode = 1;
    }
    if (isImmediate) process.exit();
  }
}

/** Sends a message to the primary process. */
function send(message: FromWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, undefined, {}, (error) => (error ? reject(error) : resolve()));
  });
}

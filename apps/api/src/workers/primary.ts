import { createSecureContext } from 'node:tls';
import { type Listening, listen } from '@firstofficer/common/listen';
import { createLastUseRecorder, createUseWriter } from '../api-keys/authenticate.ts';
import { loadSecret } from '../api-keys/secret.ts';
import { openForRequests, withDatabase } from '../database/open.ts';
import { createMetrics, createMetricsServer } from '../server/monitoring.ts';
import type { Api, ApiOptions } from '../start.ts';
import { createMetricsCollection } from './metrics.ts';
import { createPool } from './pool.ts';

/**
 * Starts a server with several worker processes. The primary process accepts connections and passes them to the workers.
 * It also writes the last uses of keys, adds up the metrics, and replaces workers that end.
 *
 * @param count - The number of workers.
 * @throws WorkerError if a worker cannot start; otherwise the same errors as `startApi`.
 */
export async function startWorkers(count: number, options: ApiOptions): Promise<Api> {
  const { database: location, metricsPort, metricsHost, env = process.env, tls, logger } = options;
  // Creates the tables before several workers would do so.
  await withDatabase(location, (database) => loadSecret(database, location.directory, env));
  // Only reads use replicas.
  const database = openForRequests({ ...location, readUrls: [] }, { processes: count });
  const lastUse = createLastUseRecorder(createUseWriter(database));
  const pool = createPool({
    tls,
    logger,
    onMessage(message, worker) {
      if (message.kind === 'metrics') metrics.receive(worker.id, message.metrics);
      if (message.kind === 'counts') pool.send(message, worker);
      if (message.kind !== 'use') return;
      lastUse.record(message.use);
      void lastUse.flush();
    },
    onExit: ({ id }) => void metrics.remove(id),
  });
  const metrics = createMetricsCollection({
    own: createMetrics(database),
    ask() {
      pool.send({ kind: 'collect metrics' });
      return [...pool.workers].map(({ id }) => id);
    },
  });
  let metricsServer: Listening | undefined;
  const stop = async () => {
    try {
      await pool.stop(false);
    } finally {
      await metricsServer?.close();
      await lastUse.flush();
      await database.close();
    }
  };
  let closing: Promise<void> | undefined;
  const close: Api['close'] = ({ isImmediate = false } = {}) => {
    closing ??= stop();
    return isImmediate ? Promise.all([pool.stop(true), closing]).then(() => {}) : closing;
  };
  try {
    const url = await pool.start(count);
    if (metricsPort !== undefined) {
      const server = createMetricsServer(metrics);
      metricsServer = await listen(server, {
        port: metricsPort,
        ...(metricsHost !== undefined && { host: metricsHost }),
      });
    }
    return {
      url,
      ...(metricsServer && { metricsUrl: `${metricsServer.url}/metrics` }),
      setCertificate(certificate) {
        // Throws if the certificate is invalid.
        createSecureContext(certificate);
        pool.setCertificate(certificate);
      },
      close,
    };
  } catch (error) {
    await close({ isImmediate: true }).catch(() => {});
    throw error;
  }
}

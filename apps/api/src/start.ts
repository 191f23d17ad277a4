import { lookup } from 'node:dns/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Server as TlsServer } from 'node:tls';
import { listen } from '@firstofficer/common/listen';
import { loadSecret } from './api-keys/secret.ts';
import { type DatabaseLocation, openForRequests, withDatabase } from './database/open.ts';
import { MAX_REPLICA_LAG_MS } from './database/replicas.ts';
import { loadApiDescription } from './description.ts';
import { createHandlers } from './handlers.ts';
import { type Certificate, createServer, LIMITS, type ServerParts } from './server/create-server.ts';
import { createMetrics, createMetricsServer } from './server/monitoring.ts';
import { stopServer } from './server/stop.ts';
import { isTracingEnabled } from './server/tracing-settings.ts';
import { createEventReceiver } from './stripe/webhook/receive-event.ts';
import { readWebhookSecrets } from './stripe/webhook/secrets.ts';

/**
 * Options of {@link startApi}.
 *
 * @example
 * const options: ApiOptions = { database: { directory: './data' }, port: 3000 };
 */
export interface ApiOptions
  extends Pick<
    ServerParts,
    'allowOrigins' | 'insecureHttp' | 'limits' | 'logger' | 'tls' | 'trustProxy' | 'validateResponses'
  > {
  /** Where the data is: a directory for SQLite, or the URL of a PostgreSQL database and a directory for the secret. */
  readonly database: DatabaseLocation;
  /** The port to listen on; 0 selects a free port. Default: 0. */
  readonly port?: number;
  /** The address to listen on. Of a name, such as `localhost`, only one address is used. Default: `127.0.0.1`. */
  readonly host?: string;
  /** The port that serves metrics for Prometheus; 0 selects a free port. Default: no metrics. */
  readonly metricsPort?: number;
  /** The address that serves metrics. They need no API key. Default: `127.0.0.1`. */
  readonly metricsHost?: string;
  /** The environment variables that may contain the secrets of keys and webhooks. Default: `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  /** A replica that lags further behind the primary is not used. Default: 5,000 milliseconds. */
  readonly maxReplicaLagMs?: number;
  /**
   * How long a stopping server still accepts connections, in milliseconds, while `/readyz` answers 503. In this time, load
   * balancers notice that the server is stopping. Default: 0.
   */
  readonly drainMs?: number;
  /** How long a stopping server waits for pending responses, in milliseconds. Default: 10,000. */
  readonly graceMs?: number;
}

/**
 * A running server.
 *
 * @example
 * const { url, close }: Api = await startApi({ database: { directory: './data' } });
 */
export interface Api {
  /** The URL of the server, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** The URL of the metrics, if `metricsPort` was set. */
  readonly metricsUrl?: string;
  /**
   * Uses another certificate for new connections. Open connections keep theirs.
   *
   * @throws Error with a `code` if the certificate or its key is invalid. The server then keeps the old one.
   */
  setCertificate(certificate: Certificate): void;
  /**
   * Stops the server. It accepts no new connections after `drainMs`, but still answers pending requests.
   *
   * @param options - `isImmediate` closes all connections at once, also if the server is stopping already.
   */
  close(options?: { readonly isImmediate?: boolean }): Promise<void>;
}

/**
 * Starts a live server of the Customers API. Creates missing tables first.
 *
 * @throws DatabaseError if the database cannot be used; Error with a system `code` such as `EADDRINUSE` if the server
 * cannot listen.
 * @example
 * const api = await startApi({ database: { directory: './data' }, port: 3000 });
 * await api.close();
 */
export async function startApi(options: ApiOptions): Promise<Api> {
  return startProcess(options);
}

/** What the worker processes of a server share. */
export interface Shared extends Pick<ServerParts, 'counters' | 'metrics' | 'writeUse'> {
  /** The number of processes. Each has its part of the memory, of the connections to the database and of clients. */
  readonly processes: number;
}

/** Starts a server that may be one of several worker processes. */
export async function startProcess(
  options: ApiOptions,
  { processes, ...shared }: Shared = { processes: 1 },
): Promise<Api> {
  const {
    database: location,
    port = 0,
    host = '127.0.0.1',
    metricsPort,
    metricsHost = '127.0.0.1',
    drainMs = 0,
    graceMs = 10_000,
    env = process.env,
    maxReplicaLagMs = MAX_REPLICA_LAG_MS,
    ...serverOptions
  } = options;
  const description = await loadApiDescription();
  const findSecrets = readWebhookSecrets(env);
  // On another connection than the requests, because creating tables may take longer than a request.
  const secret = await withDatabase(location, (created) => loadSecret(created, location.directory, env));
  const connections = Math.ceil((options.limits?.connections ?? LIMITS.connections) / processes);
  const database = openForRequests(location, {
    processes,
    maxReplicaLagMs,
    onReplicaChange: ({ replica, isUsed, code }) =>
      isUsed
        ? options.logger?.info({ replica }, 'replica in')
        : options.logger?.warn({ replica, maxLagMs: maxReplicaLagMs, code }, 'replica out'),
  });
  const metrics = metricsPort === undefined ? shared.metrics : createMetrics(database);
  const tracing = isTracingEnabled(env)
    ? (await import('./server/tracing.ts')).createTracing(env, options.logger)
    : undefined;
  const traced = tracing?.addQuerySpans(database) ?? database;
  let isStopping = false;
  const startServers = async () => {
    const app = createServer({
      description,
      handlers: createHandlers(traced),
      database: traced,
      secret,
      ...shared,
      ...serverOptions,
      ...(tracing && { tracing }),
      limits: { ...options.limits, connections },
      ...(metrics && { metrics }),
      ...(findSecrets && { stripeWebhook: { findSecrets, receive: createEventReceiver(traced) } }),
      isStopping: () => isStopping,
    });
    try {
      // Fastify would create a second server for the other address of `localhost`, without the listeners of `app.server`.
      const { address } = await lookup(host, { order: 'ipv4first' });
      await app.listen({ port, host: address });
      const metricsServer =
        metrics &&
        metricsPort !== undefined &&
        (await listen(createMetricsServer(metrics), { port: metricsPort, host: metricsHost }));
      return { app, metricsServer };
    } catch (error) {
      await app.close();
      throw error;
    }
  };
  const { app, metricsServer } = await startServers().catch(async (error: unknown) => {
    await tracing?.close();
    await database.close();
    throw error;
  });
  const hurry = new AbortController();
  const hurried = new Promise<void>((resolve) => hurry.signal.addEventListener('abort', () => resolve()));
  const stop = async () => {
    isStopping = true;
    // Rejects if `hurry` is aborted, which only ends the delay.
    await delay(drainMs, undefined, { signal: hurry.signal }).catch(() => {});
    const keepAliveMs = options.limits?.keepAliveMs ?? LIMITS.keepAliveMs;
    await stopServer(app, { keepAliveMs, graceMs, signal: hurry.signal });
    if (metricsServer) await metricsServer.close();
    // Waits for a collector that does not answer.
    await Promise.race([tracing?.close(), hurried]);
    await database.close();
  };
  let closing: Promise<void> | undefined;
  return {
    url: formatUrl(app.server, options.tls ? 'https' : 'http'),
    ...(metricsServer && { metricsUrl: `${metricsServer.url}/metrics` }),
    setCertificate(certificate) {
      if (app.server instanceof TlsServer) app.server.setSecureContext(certificate);
    },
    close({ isImmediate = false } = {}) {
      if (isImmediate) hurry.abort();
      closing ??= stop();
      return closing;
    },
  };
}

function formatUrl(server: Server, scheme: string): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

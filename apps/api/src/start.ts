import type { Server } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import { type Listening, listen } from '@firstofficer/common/listen';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { checkSecret, loadSecret } from './api-keys/secret.ts';
import { migrate } from './database/migrate.ts';
import { type DatabaseLocation, openForCommand, openForRequests } from './database/open.ts';
import { loadApiDescription } from './description.ts';
import { createHandlers } from './handlers.ts';
import { createServer, LIMITS, type ServerParts } from './server/create-server.ts';
import { createMetrics, serveMetrics } from './server/monitoring.ts';

/**
 * Options of {@link startApi}.
 *
 * @example
 * const options: ApiOptions = { database: { directory: './data' }, port: 3000 };
 */
export interface ApiOptions extends Pick<ServerParts, 'limits' | 'trustProxy' | 'tls' | 'validateResponses'> {
  /** Where the data is: a directory for SQLite, or the URL of a PostgreSQL database and a directory for the secret. */
  readonly database: DatabaseLocation;
  /** The port to listen on; 0 selects a free port. Default: 0. */
  readonly port?: number;
  /** The address to listen on. Default: `127.0.0.1`. */
  readonly host?: string;
  /** The port on 127.0.0.1 that serves metrics for Prometheus; 0 selects a free port. Default: no metrics. */
  readonly metricsPort?: number;
  /** The logger. Default: no logging. */
  readonly logger?: FastifyBaseLogger;
  /** The environment variables that may contain the secret. Default: `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
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
  /** Stops the server. It accepts no new connections, and answers pending requests first. */
  close(): Promise<void>;
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
  const {
    database: location,
    port = 0,
    host = '127.0.0.1',
    metricsPort,
    graceMs = 10_000,
    env = process.env,
  } = options;
  const description = await loadApiDescription();
  const secret = await prepareDatabase(location, env);
  const metrics = metricsPort === undefined ? undefined : createMetrics();
  const database = openForRequests(location);
  let isStopping = false;
  const app = createServer({
    description,
    handlers: createHandlers(database),
    database,
    secret,
    ...pickServerOptions(options),
    ...(metrics && { metrics }),
    isStopping: () => isStopping,
  });
  let metricsServer: Listening | undefined;
  try {
    await app.listen({ port, host });
    if (metrics) metricsServer = await listen(serveMetrics(metrics), { port: metricsPort ?? 0 });
  } catch (error) {
    await app.close();
    await database.close();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    url: formatUrl(app.server, options.tls ? 'https' : 'http'),
    ...(metricsServer && { metricsUrl: `${metricsServer.url}/metrics` }),
    close() {
      isStopping = true;
      closing ??= (async () => {
        await stop(app, { keepAliveMs: options.limits?.keepAliveMs ?? LIMITS.keepAliveMs, graceMs });
        await metricsServer?.close();
        await database.close();
      })();
      return closing;
    },
  };
}

/** Creates missing tables and returns the secret. Uses its own connection, whose statements may take longer. */
async function prepareDatabase(location: DatabaseLocation, env: NodeJS.ProcessEnv): Promise<string> {
  const database = openForCommand(location);
  try {
    await migrate(database);
    const secret = loadSecret(location.directory, env);
    await checkSecret(database, secret);
    return secret;
  } finally {
    await database.close();
  }
}

function pickServerOptions({ limits, trustProxy, tls, validateResponses, logger }: ApiOptions) {
  return {
    ...(limits && { limits }),
    ...(trustProxy !== undefined && { trustProxy }),
    ...(tls && { tls }),
    ...(validateResponses !== undefined && { validateResponses }),
    ...(logger && { logger }),
  };
}

function formatUrl(server: Server, scheme: string): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** How a server stops. Times are milliseconds. */
interface Grace {
  /** How long an idle connection may still be used. */
  readonly keepAliveMs: number;
  /** How long to wait for pending responses after that. */
  readonly graceMs: number;
}

/**
 * Stops a server without losing a request. The server accepts no new connections. It still answers requests on open
 * connections, with `Connection: close`. Idle connections stay open for the usual keep-alive time, because a client may
 * be sending a request at this moment.
 */
async function stop(app: FastifyInstance, { keepAliveMs, graceMs }: Grace): Promise<void> {
  const { server } = app;
  server.prependListener('request', (_, response) => response.setHeader('Connection', 'close'));
  const closed = new Promise<void>((resolve) => {
    // The close method of the HTTP server would close idle connections at once.
    NetServer.prototype.close.call(server, () => resolve());
  });
  const idle = setTimeout(() => server.closeIdleConnections(), keepAliveMs);
  const late = setTimeout(() => server.closeAllConnections(), keepAliveMs + graceMs);
  await closed;
  clearTimeout(idle);
  clearTimeout(late);
  await app.close();
}

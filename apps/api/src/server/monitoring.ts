import { createServer, type Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { AggregatorRegistry, Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Database } from '../database/database.ts';
import { toDatabaseError } from '../database/errors.ts';
import { logError, sendInternalError } from './node-events.ts';
import { addSyncGauges } from './sync-metrics.ts';

/** Adds `/healthz` and `/readyz` for load balancers. They need no API key. */
export function addHealthRoutes(app: FastifyInstance, database: Database, isStopping: () => boolean): void {
  const config = { isPublic: true };
  const ping = database.prepare(database.query.selectFrom('settings').select(sql<number>`1`.as('one')).limit(1));

  app.get('/healthz', { config }, async () => ({ status: 'ok' }));
  app.get('/readyz', { config }, async (request, reply) => {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' });
    try {
      await ping({});
      return { status: 'ok' };
    } catch (error) {
      const { code, message } = toDatabaseError(error);
      logError(request.log, { code, fault: message }, 'unavailable');
      return reply.code(503).send({ status: 'database unavailable' });
    }
  });
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route needs neither a key nor HTTPS. */
    readonly isPublic?: boolean;
  }
}

/** Metrics for Prometheus. */
export interface Metrics {
  /** Observes the duration of every request to a server. */
  observe(app: FastifyInstance): void;
  countFailedAuthentication(): void;
  /** Returns the values of all metrics, to add them up with those of other processes. */
  collect(): Promise<MetricValues>;
  /** Returns all metrics in the text format of Prometheus. */
  format(): Promise<string>;
}

/** The values of the metrics of one process. */
export type MetricValues = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** Adds up the metrics of several processes. Gauges such as the delay of the event loop are averages. */
export function addMetrics(processes: readonly MetricValues[]): Pick<Metrics, 'collect' | 'format'> {
  const total: Registry = AggregatorRegistry.aggregate([...processes]);
  return { collect: () => total.getMetricsAsJSON(), format: () => total.metrics() };
}

/**
 * Creates metrics with requests by route, method and status. They contain no keys or identifiers.
 *
 * @param database - Adds the freshness of the sync with Stripe. Only one process of a server does so.
 */
export function createMetrics(database?: Database): Metrics {
  const registry = new Registry();
  const updateSyncGauges = database && addSyncGauges(registry, database);
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of requests in seconds.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const failures = new Counter({
    name: 'firstofficer_failed_authentications_total',
    help: 'Requests without a valid API key.',
    registers: [registry],
  });
  return {
    observe: (app) =>
      app.addHook('onResponse', (request, reply, done) => {
        const { method, routeOptions } = request;
        const labels = { method, route: routeOptions.url ?? 'none', status: reply.statusCode };
        durations.observe(labels, reply.elapsedTime / 1000);
        done();
      }),
    countFailedAuthentication: () => failures.inc(),
    async collect() {
      await updateSyncGauges?.();
      return registry.getMetricsAsJSON();
    },
    async format() {
      await updateSyncGauges?.();
      return registry.metrics();
    },
  };
}

/** Creates a server for the metrics. It is separate from the API, so that clients of the API cannot read them. */
export function createMetricsServer(metrics: Pick<Metrics, 'format'>): Server {
  const headers = { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' };
  return createServer(async ({ url, method }, response) => {
    if (url !== '/metrics' || (method !== 'GET' && method !== 'HEAD')) {
      response.writeHead(404).end();
      return;
    }
    try {
      const text = await metrics.format();
      response.writeHead(200, headers).end(text);
    } catch {
      sendInternalError(response);
    }
  });
}

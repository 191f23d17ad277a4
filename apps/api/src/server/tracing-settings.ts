import type { FastifyInstance } from 'fastify';
import type { Database } from '../database/database.ts';

/** Sends spans of requests and queries to a collector. */
export interface Tracing {
  /** Adds a span for each request to a server. Its hooks must run before all others. */
  addRequestSpans(app: FastifyInstance): void;
  /** Adds a span for each query that runs with a request. */
  addQuerySpans(database: Database): Database;
  /** Sends the remaining spans. */
  close(): Promise<void>;
}

/**
 * Returns whether the standard variables of OpenTelemetry ask for traces. This module does not load OpenTelemetry, so that
 * a server without traces does not load it either.
 */
export function isTracingEnabled(env: NodeJS.ProcessEnv): boolean {
  if (env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return false;
  const exporter = env.OTEL_TRACES_EXPORTER?.trim();
  if (exporter) return exporter !== 'none';
  return Boolean(env.OTEL_EXPORTER_OTLP_ENDPOINT || env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
}

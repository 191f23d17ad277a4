import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import type { Compilable } from 'kysely';
import type { Database, Run } from '../database/database.ts';
import type { Tracing } from './tracing-settings.ts';

/**
 * Creates the traces that the standard variables of OpenTelemetry describe. Spans contain the route, the status and the
 * account, but no keys, identifiers or request targets.
 *
 * @returns undefined if the variables ask for something that is not supported. The log contains the reason.
 */
export function createTracing(env: NodeJS.ProcessEnv, logger: FastifyBaseLogger | undefined): Tracing | undefined {
  const fault = findFault(env);
  if (fault !== undefined) {
    logger?.warn({ fault }, 'no traces');
    return undefined;
  }
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'firstofficer-api' }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    sampler: createSampler(env),
    spanProcessors: [new BatchSpanProcessor({ exporter: createExporter(logger) })],
  });
  const tracer = provider.getTracer('firstofficer-api');
  const spans = new AsyncLocalStorage<Span>();
  const readsParent = (env.OTEL_PROPAGATORS || 'tracecontext')
    .split(',')
    .some((name) => name.trim() === 'tracecontext');
  return {
    addRequestSpans: (app) => addRequestSpans(app, { tracer, spans, readsParent }),
    addQuerySpans: (database) => ({
      ...database,
      prepare: (query) => traceQuery(database.prepare(query), describeQuery(database, query), { tracer, spans }),
    }),
    close: () => provider.shutdown().catch(() => {}),
  };
}

/** Returns why traces cannot be sent, or undefined. */
function findFault(env: NodeJS.ProcessEnv): string | undefined {
  const exporter = env.OTEL_TRACES_EXPORTER?.trim() || 'otlp';
  if (exporter !== 'otlp') return 'OTEL_TRACES_EXPORTER is not supported. Set it to otlp or none.';
  const url = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (url && !/^https?:$/.test(URL.parse(url.trim())?.protocol ?? '')) {
    return 'OTEL_EXPORTER_OTLP_ENDPOINT is invalid. Set it to a URL such as http://127.0.0.1:4318.';
  }
  const protocol = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL || env.OTEL_EXPORTER_OTLP_PROTOCOL;
  if (protocol?.trim() !== 'grpc') return undefined;
  return 'OTEL_EXPORTER_OTLP_PROTOCOL is grpc, which is not supported. Set it to http/json, and use the port for HTTP.';
}

const SAMPLERS: Readonly<Record<string, (ratio: number) => Sampler>> = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (ratio) => new TraceIdRatioBasedSampler(ratio),
};

/** Creates the sampler that the variables describe. The default is the standard's: all traces, unless the caller decides. */
function createSampler({
  OTEL_TRACES_SAMPLER: name = '',
  OTEL_TRACES_SAMPLER_ARG: ratio = '',
}: NodeJS.ProcessEnv): Sampler {
  const [, parent, rootName] = /^(parentbased_)?(.*)$/.exec(name.trim()) ?? [];
  const createRoot = SAMPLERS[rootName ?? ''];
  if (!createRoot) return new ParentBasedSampler({ root: new AlwaysOnSampler() });
  const root = createRoot(/^(0|1|0?\.\d+|1\.0+)$/.test(ratio.trim()) ? Number(ratio) : 1);
  return parent === undefined ? root : new ParentBasedSampler({ root });
}

const WARN_INTERVAL_MS = 60_000;

/** Creates the exporter, which logs once a minute that the collector cannot be reached. */
function createExporter(logger: FastifyBaseLogger | undefined): SpanExporter {
  const exporter = new OTLPTraceExporter();
  let warnedAt = Number.NEGATIVE_INFINITY;
  return {
    export(batch, done) {
      exporter.export(batch, (result) => {
        if (result.code !== 0 && performance.now() - warnedAt > WARN_INTERVAL_MS) {
          warnedAt = performance.now();
          logger?.warn(
            { fault: 'The collector of traces does not accept them. Check OTEL_EXPORTER_OTLP_ENDPOINT.' },
            'no traces',
          );
        }
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
}

interface SpanParts {
  readonly tracer: Tracer;
  /** The span of the present request. */
  readonly spans: AsyncLocalStorage<Span>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The span of the request, if it is traced. */
    span: Span | undefined;
  }
}

function addRequestSpans(
  app: FastifyInstance,
  { tracer, spans, readsParent }: SpanParts & { readonly readsParent: boolean },
): void {
  const start = ({ method, routeOptions, headers }: FastifyRequest, startTime = Date.now()) => {
    const { url: route } = routeOptions;
    return tracer.startSpan(
      route === undefined ? method : `${method} ${route}`,
      {
        kind: SpanKind.SERVER,
        startTime,
        attributes: { 'http.request.method': method, ...(route !== undefined && { 'http.route': route }) },
      },
      readsParent ? readParent(headers.traceparent) : ROOT_CONTEXT,
    );
  };
  app.decorateRequest('span', undefined);
  app.addHook('onRequest', (request, _, done) => {
    request.span = start(request);
    spans.run(request.span, done);
  });
  app.addHook('preHandler', (request, _, done) => {
    // Reading a body leaves the context of the first hook.
    if (request.span) spans.run(request.span, done);
    else done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    // The first hook does not run for requests that the router rejects.
    const span = request.span ?? start(request, Date.now() - reply.elapsedTime);
    span.setAttribute('http.response.status_code', reply.statusCode);
    if (request.identity) span.setAttribute('firstofficer.account', request.identity.accountId);
    if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
    done();
  });
}

/** Reads the header `traceparent` of W3C Trace Context. */
function readParent(header: unknown): Context {
  const [, traceId, spanId, flags] =
    /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/.exec(String(header)) ?? [];
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags ?? '', 16) & 1,
    isRemote: true,
  });
}

interface QueryDescription {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Describes a query by its table, because its text says nothing more to an operator. */
function describeQuery<Row>({ dialect }: Database, query: Compilable<Row>): QueryDescription {
  const table = /\bfrom "(\w+)"/.exec(query.compile().sql)?.[1] ?? '';
  return {
    name: `SELECT ${table}`,
    attributes: {
      'db.system.name': dialect === 'postgres' ? 'postgresql' : 'sqlite',
      'db.operation.name': 'SELECT',
      'db.collection.name': table,
    },
  };
}

function traceQuery<Row>(
  run: Run<Row>,
  { name, attributes }: QueryDescription,
  { tracer, spans }: SpanParts,
): Run<Row> {
  return (values) => {
    const parent = spans.getStore();
    if (!parent) return run(values);
    const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, trace.setSpan(ROOT_CONTEXT, parent));
    const fail = (error: unknown): never => {
      span.setStatus({ code: SpanStatusCode.ERROR }).end();
      throw error;
    };
    try {
      const rows = run(values);
      if (!(rows instanceof Promise)) {
        span.end();
        return rows;
      }
      return rows.then((found) => {
        span.end();
        return found;
      }, fail);
    } catch (error) {
      return fail(error);
    }
  };
}

import type { Socket } from 'node:net';
import type { Description, Operation } from '@firstofficer/openapi';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import {
  createAuthenticator,
  createLastUseRecorder,
  createUseWriter,
  type WriteUse,
} from '../api-keys/authenticate.ts';
import type { Secret } from '../api-keys/secret.ts';
import type { Database } from '../database/database.ts';
import { DatabaseError } from '../database/errors.ts';
import { createSchemaCompiler } from '../description.ts';
import { createAuthenticationHook, type RequestCounters } from './authentication.ts';
import { createCounters } from './counters.ts';
import { createAllowOrigin } from './cross-origin.ts';
import {
  buildMethodNotAllowed,
  buildUndocumentedError,
  createRoutingErrorFinder,
  type ErrorResponse,
  findDocumentedError,
  sendErrorResponse,
} from './error-responses.ts';
import { createRejection, createTooManyRequests } from './failed-authentication.ts';
import { addHealthRoutes, type Metrics } from './monitoring.ts';
import {
  catchExceptions,
  INTERNAL_ERROR,
  limitPipelinedRequests,
  logError,
  routeAllRequests,
  sendParseError,
  trackConnections,
} from './node-events.ts';
import { InvalidRequestError } from './parameters.ts';
import { createRequestCheck } from './request-checks.ts';
import { getRequestId, setCommonHeaders } from './response-headers.ts';
import { addResponseValidation } from './response-validation.ts';
import { addRoutes, type Handlers } from './routes.ts';
import { addStripeWebhook, type StripeWebhook } from './stripe-webhook.ts';
import { HandlerTimeoutError } from './timeout.ts';
import type { Tracing } from './tracing-settings.ts';

/**
 * Limits of the server for its clients. Times are in milliseconds.
 *
 * @example
 * const limits: Partial<Limits> = { bodyBytes: 64 * 1024, handlerMs: 5_000 };
 */
export interface Limits {
  /** The maximum size of the request line and headers in bytes. An identifier of 1,024 characters takes up to 12,288. */
  readonly headerBytes: number;
  /** The maximum size of a request body in bytes. */
  readonly bodyBytes: number;
  /** Timeout for the headers of a request to arrive. */
  readonly headersMs: number;
  /** Timeout for the whole request to arrive. */
  readonly requestMs: number;
  /** Timeout for the look-up of a key, and for a handler to respond. */
  readonly handlerMs: number;
  /** Timeout for a client to read a response. */
  readonly readMs: number;
  /** Timeout of an idle connection. */
  readonly keepAliveMs: number;
  /**
   * The maximum number of open connections. Further connections are closed at once. Also the maximum number of requests
   * that wait for an earlier one on their connection. A connection that sends further ones is closed.
   */
  readonly connections: number;
  /** Requests per minute and client address without a valid key; 0 sets no limit. */
  readonly failedAuthentications: number;
}

/** The default limits. */
export const LIMITS: Limits = {
  // Larger than any valid identifier, so that identifiers that are too long get the documented 400 instead of a 431.
  headerBytes: 128 * 1024,
  bodyBytes: 1024 * 1024,
  headersMs: 10_000,
  requestMs: 20_000,
  handlerMs: 15_000,
  readMs: 30_000,
  keepAliveMs: 5_000,
  connections: 10_000,
  // Keys are too long to guess. The limit keeps a faulty client from filling the log. A run of the contract tests stays
  // far below it.
  failedAuthentications: 6_000,
};

/**
 * A certificate chain and its private key in PEM format.
 *
 * @example
 * const tls: Certificate = { cert: await readFile('cert.pem'), key: await readFile('key.pem') };
 */
export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** The parts of a server. */
export interface ServerParts {
  readonly description: Description;
  /** The handlers of all operations of the description. */
  readonly handlers: Handlers;
  /** Counters for the limits of clients and keys. Default: counters of this server only. */
  readonly counters?: RequestCounters;
  readonly database: Database;
  /** The secret that keys are hashed with. */
  readonly secret: Secret;
  readonly limits?: Partial<Limits>;
  /** Addresses of proxies whose `X-Forwarded-For` header is trusted, in the format of Fastify. */
  readonly trustProxy?: string;
  /** Whether to serve plain HTTP although `trustProxy` is set. Default: only requests over HTTPS are served. */
  readonly insecureHttp?: boolean;
  /** Serves HTTPS instead of HTTP. */
  readonly tls?: Certificate;
  /**
   * The origins of pages that may use the API, such as `https://docs.example.com`. It may change while the server runs.
   * Default: the server sends no headers of CORS.
   */
  readonly allowOrigins?: ReadonlySet<string>;
  /** Whether to validate responses against the description before they are sent. Default: false. */
  readonly validateResponses?: boolean;
  /** Default: no logging. */
  readonly logger?: FastifyBaseLogger;
  readonly metrics?: Metrics;
  /** Returns whether the server is stopping. `/readyz` then answers 503. Default: never. */
  readonly isStopping?: () => boolean;
  /** Sends spans of the requests to a collector. Default: none. */
  readonly tracing?: Tracing;
  /** Stores when a key was last used. Default: writes to the database. */
  readonly writeUse?: WriteUse;
  /** Receives events of Stripe. Default: the server has no such route. */
  readonly stripeWebhook?: StripeWebhook;
}

// How often the last uses of keys are written.
const LAST_USE_INTERVAL_MS = 10_000;

// Limit the memory that requests from many addresses can use, and that counting all keys can use.
const MAX_NETWORKS = 100_000;
const MAX_KEYS = 100_000;

/** Creates the counters of one process. */
export function createRequestCounters(): RequestCounters {
  return { failures: createCounters(MAX_NETWORKS), keys: createCounters(MAX_KEYS) };
}

/** Creates the server of the API. It does not listen yet. */
export function createServer(parts: ServerParts): FastifyInstance {
  const { description, handlers, database, secret, logger, metrics, isStopping = () => false } = parts;
  const { operations } = description;
  const compileSchema = createSchemaCompiler();
  const limits = { ...LIMITS, ...parts.limits };
  const findRoutingError = createRoutingErrorFinder(operations);
  const methodNotAllowedError = buildMethodNotAllowed(operations);
  const lastUse = createLastUseRecorder(parts.writeUse ?? createUseWriter(database));
  const { failures, keys } = parts.counters ?? createRequestCounters();
  const sendTooManyRequests = createTooManyRequests(operations);
  const reject = createRejection({
    failures,
    maxFailures: limits.failedAuthentications,
    sendTooManyRequests,
    onFailure: () => metrics?.countFailedAuthentication(),
  });
  const authenticationHook = createAuthenticationHook(operations, {
    authenticate: createAuthenticator(database, secret),
    keys,
    reject,
    sendTooManyRequests,
    timeoutMs: limits.handlerMs,
    onSuccess: ({ keyId, newHash }) => lastUse.record({ keyId, at: Date.now(), newHash }),
  });

  const checkRequest = createRequestCheck({ requiresHttps: parts.trustProxy !== undefined && !parts.insecureHttp });

  const allowOrigin = parts.allowOrigins && createAllowOrigin(operations, parts.allowOrigins);

  const transport = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    connectionsCheckingInterval: Math.min(limits.headersMs, 1_000),
    // Node's own check sends a response without a body. `createRequestCheck` checks the header.
    requireHostHeader: false,
  };
  const options = {
    // A stopping server still answers requests; see `stopServer` in stop.ts.
    return503OnClosing: false,
    requestTimeout: limits.requestMs,
    bodyLimit: limits.bodyBytes,
    keepAliveTimeout: limits.keepAliveMs,
    genReqId: getRequestId,
    // Fastify's log lines contain the request target. The onResponse hook below writes lines without it.
    logController: new LogController({ disableRequestLogging: true }),
    // The router must not limit the length of parameters, because the description does.
    routerOptions: { maxParamLength: Number.MAX_SAFE_INTEGER },
    ...(parts.trustProxy !== undefined && { trustProxy: parts.trustProxy }),
    ...(logger && { loggerInstance: logger }),
    // Fastify runs no hooks for a target that it cannot decode, and ignores `trustProxy`. Route it like an unknown path.
    frameworkErrors(_: unknown, { raw }: FastifyRequest, reply: FastifyReply) {
      app.routing(Object.assign(raw, { originalUrl: raw.url, url: '/' }), reply.raw);
    },
    clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) =>
      sendParseError(error, socket, {
        methodNotAllowed: methodNotAllowedError,
        headerBytes: limits.headerBytes,
        log: app.log,
      }),
  };
  // Fastify has different types for HTTP and HTTPS. The API uses only what both kinds of server have.
  const app: FastifyInstance = parts.tls
    ? Fastify({ ...options, https: { ...transport, handshakeTimeout: limits.headersMs, ...parts.tls } })
    : Fastify({ ...options, http: transport });
  app.server.maxConnections = limits.connections;
  // Otherwise a worker returns the connection to the primary process, which passes it on again and again. The types of
  // Node lack this property.
  Object.assign(app.server, { dropMaxConnection: true });
  // Node would drop the headers after the first 2,000. `headerBytes` limits them.
  app.server.maxHeadersCount = 0;

  parts.tracing?.addRequestSpans(app);
  app.decorateRequest('identity', undefined);
  app.decorateReply('errorResponse', undefined);
  app.addHook('onRequest', (request, reply, done) => {
    setCommonHeaders(request, reply);
    const error = checkRequest(request);
    if (error) sendErrorResponse(reply, error);
    else if (allowOrigin?.(request, reply)) return;
    else if (request.routeOptions.config?.isPublic || request.routeOptions.config?.isKeyless) done();
    else {
      authenticationHook(request, reply, (failure) => {
        if (failure) done(failure);
        // Respond before Fastify reads the body.
        else if (request.is404 || isInvalidTarget(request)) sendRoutingError(request, reply);
        else done();
      });
    }
  });
  app.addHook('onResponse', (request, reply, done) => {
    logResponse(request, reply);
    done();
  });
  metrics?.observe(app);
  if (parts.validateResponses) addResponseValidation(app, compileSchema);
  app.setNotFoundHandler(sendRoutingError);
  app.setErrorHandler((error: FastifyError, request, reply) => sendFailure(error, request, reply));
  addRoutes(app, operations, { handlers, compileSchema, timeoutMs: limits.handlerMs });
  addHealthRoutes(app, database, isStopping);
  if (parts.stripeWebhook) addStripeWebhook(app, { ...parts.stripeWebhook, reject, timeoutMs: limits.handlerMs });
  routeAllRequests(app);
  trackConnections(app, limits.readMs);
  limitPipelinedRequests(app, limits.connections);
  catchExceptions(app);

  const timer = setInterval(() => void lastUse.flush(), LAST_USE_INTERVAL_MS).unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await lastUse.flush();
  });
  return app;

  function sendRoutingError({ method, originalUrl }: FastifyRequest, reply: FastifyReply): void {
    sendErrorResponse(reply, findRoutingError(method, originalUrl));
  }

  function sendFailure(error: Error & Partial<FastifyError>, request: FastifyRequest, reply: FastifyReply): void {
    const { operation } = request.routeOptions.config;
    if (error instanceof DatabaseError || error instanceof HandlerTimeoutError) {
      logError(request.log, { code: error.code, fault: error.message }, 'unavailable');
      sendErrorResponse(reply, buildUnavailable(operation ? [operation] : operations));
      return;
    }
    const rejection = describeRejection(error, limits);
    if (!rejection) logError(request.log, { err: error }, 'failed');
    sendErrorResponse(reply, rejection ? buildRejection(rejection, operation) : INTERNAL_ERROR);
  }
}

/** Returns whether the router could not decode a request target, or has ignored the fragment of the target. */
function isInvalidTarget({ originalUrl, raw }: FastifyRequest): boolean {
  return originalUrl !== raw.url || originalUrl.includes('#');
}

/** Logs a response, but neither target nor headers: they contain keys, identifiers and email addresses. */
function logResponse({ method, routeOptions, identity, log }: FastifyRequest, reply: FastifyReply): void {
  const line = { method, route: routeOptions.url, status: reply.statusCode, ms: reply.elapsedTime };
  log.info(identity ? { ...line, account: identity.accountId, key: identity.keyId } : line, 'request');
}

/** Returns the response to a request that needs the database while the database cannot answer. */
function buildUnavailable(operations: readonly Operation[]): ErrorResponse {
  const [documented] = operations.flatMap((operation) => findDocumentedError(operation, 503) ?? []);
  const message = 'The service is temporarily unavailable. Try again.';
  return documented ?? buildUndocumentedError(503, message, { 'Retry-After': '1' });
}

/** Why a request is rejected before a handler runs. */
interface Rejection {
  readonly status: number;
  readonly message: string;
}

/** Returns why a request is rejected, or undefined if the client did not cause the error. */
function describeRejection(error: Error & Partial<FastifyError>, { bodyBytes }: Limits): Rejection | undefined {
  if (error instanceof InvalidRequestError) return error;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { status: 413, message: `The request body is larger than ${bodyBytes} bytes.` };
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { status: 415, message: 'The content type of the request body is invalid.' };
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'ECONNRESET':
      return { status: 400, message: 'The request body does not have the length that Content-Length announces.' };
    default:
      return undefined;
  }
}

/** Builds the response to a rejected request. A 415 that the operation does not document becomes its documented 400. */
function buildRejection({ status, message }: Rejection, operation: Operation | undefined): ErrorResponse {
  const statuses = status === 415 ? [415, 400] : [status];
  const [documented] = operation ? statuses.flatMap((code) => findDocumentedError(operation, code) ?? []) : [];
  return documented ?? buildUndocumentedError(status, message);
}

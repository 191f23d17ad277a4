import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Description } from '@firstofficer/openapi';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { createAuthenticator } from '../api-keys/authenticate.ts';
import { createLastUseRecorder } from '../api-keys/last-use.ts';
import { createCustomerFinder } from '../customers/find.ts';
import type { Database } from '../database/database.ts';
import { DatabaseError } from '../database/errors.ts';
import { createAuthenticationHook } from './authentication.ts';
import { buildDocumentedError, sendErrorResponse } from './error-response.ts';
import { catchExceptions, INTERNAL_ERROR, logError } from './exceptions.ts';
import { createHandlers } from './handlers.ts';
import { addHealth } from './health.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { validateResponses } from './response-validation.ts';
import { addRoutes } from './routes.ts';
import { buildMethodNotAllowed, createRoutingErrors } from './routing-error.ts';
import { compileSchema } from './schemas.ts';
import { createThrottle } from './throttle.ts';
import { routeAllRequests, sendParseError } from './unparsable.ts';

/** The parts of a server. */
export interface ServerParts {
  readonly description: Description;
  readonly database: Database;
  /** The secret that keys are hashed with. */
  readonly secret: string;
  readonly limits?: Partial<Limits>;
  /** Addresses of proxies whose `X-Forwarded-For` header is trusted, in the format of Fastify. */
  readonly trustProxy?: string;
  /** Certificate and key in PEM format, to serve HTTPS. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
  /** Whether to validate responses against the description before they are sent. Default: false. */
  readonly validateResponses?: boolean;
  readonly logger?: FastifyBaseLogger;
  readonly metrics?: Metrics;
  /** Returns whether the server is stopping. `/readyz` then answers 503. Default: never. */
  readonly isStopping?: () => boolean;
}

// How often the last uses of keys are written.
const LAST_USE_INTERVAL_MS = 10_000;

/** Creates the server of the API. It does not listen yet. */
export function createServer(parts: ServerParts): FastifyInstance {
  const { description, database, secret, logger, metrics, isStopping = () => false } = parts;
  const { operations } = description;
  const [operation] = operations;
  if (!operation) throw new Error('The description has no operation.');
  const limits = { ...LIMITS, ...parts.limits };
  const findRoutingError = createRoutingErrors(operations);
  const unavailable = buildDocumentedError(operation, 503);
  const methodNotAllowedError = buildMethodNotAllowed(operations);
  const lastUse = createLastUseRecorder(database);
  const authenticationHook = createAuthenticationHook(operations, {
    authenticate: createAuthenticator(database, secret),
    throttle: createThrottle(limits.failedAuthentications),
    onSuccess: ({ keyId }) => lastUse.record(keyId),
    onFailure: () => metrics?.countFailedAuthentication(),
  });

  const transport = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    connectionsCheckingInterval: Math.min(limits.headersMs, 1_000),
    // Responses do not depend on the Host header.
    requireHostHeader: false,
  };
  const options = {
    // A stopping server still answers requests; see stop.ts.
    return503OnClosing: false,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    handlerTimeout: limits.handlerMs,
    genReqId: () => randomUUID(),
    // Fastify's log lines contain the request target. The onResponse hook below writes lines without it.
    logController: new LogController({ disableRequestLogging: true }),
    // The description limits the length of parameters.
    routerOptions: { maxParamLength: Number.MAX_SAFE_INTEGER },
    ...(parts.trustProxy !== undefined && { trustProxy: parts.trustProxy }),
    ...(logger && { loggerInstance: logger }),
    frameworkErrors: (_: unknown, request: FastifyRequest, reply: FastifyReply) =>
      void authenticationHook(request, reply, (error) =>
        error ? sendFailure(error, request, reply) : sendRoutingError(request, reply),
      ),
    clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) =>
      sendParseError(error, socket, { methodNotAllowed: methodNotAllowedError, headerBytes: limits.headerBytes }),
  };
  // Fastify has no type for options of either HTTP or HTTPS. The API uses only what both kinds of server have.
  const app = (parts.tls
    ? Fastify({ ...options, https: { ...transport, ...parts.tls } } as never)
    : Fastify({ ...options, http: transport } as never)) as unknown as FastifyInstance;
  app.server.maxConnections = limits.connections;

  app.setValidatorCompiler(({ schema }) => compileSchema(schema as Record<string, unknown>));
  app.decorateRequest('identity', undefined);
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config?.isPublic) return done();
    authenticationHook(request, reply, (error) => {
      if (error) done(error);
      // Respond here, because Fastify reads the body before it calls the handler for unknown routes. The router ignores
      // fragments, but a request target with a fragment is invalid.
      else if (request.is404 || request.raw.url?.includes('#')) sendRoutingError(request, reply);
      else done();
    });
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions, identity } = request;
    // Log neither target nor headers: they contain keys, identifiers and email addresses.
    const line = { method, route: routeOptions.url, status: reply.statusCode, ms: reply.elapsedTime };
    request.log.info(identity ? { ...line, account: identity.accountId, key: identity.keyId } : line, 'request');
    done();
  });
  metrics?.watch(app);
  if (parts.validateResponses) validateResponses(app);
  app.setNotFoundHandler(sendRoutingError);
  app.setErrorHandler((error: FastifyError, request, reply) => sendFailure(error, request, reply));
  addRoutes(app, operations, createHandlers({ findCustomer: createCustomerFinder(database) }));
  addHealth(app, database, isStopping);
  routeAllRequests(app);
  catchExceptions(app);

  const timer = setInterval(() => void lastUse.flush(), LAST_USE_INTERVAL_MS).unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await lastUse.flush();
  });
  return app;

  function sendRoutingError({ method, raw }: FastifyRequest, reply: FastifyReply): void {
    sendErrorResponse(reply, findRoutingError(method, raw.url ?? '/'));
  }

  function sendFailure(error: Error & Partial<FastifyError>, request: FastifyRequest, reply: FastifyReply): void {
    const { operation } = request.routeOptions.config;
    if (error.validation && operation) {
      sendErrorResponse(reply, buildDocumentedError(operation, 400));
    } else if (error instanceof DatabaseError || error.code === 'FST_ERR_HANDLER_TIMEOUT') {
      logError(request.log, { code: error.code, fault: error.message }, 'unavailable');
      sendErrorResponse(reply, unavailable);
    } else {
      logError(request.log, { err: error }, 'failed');
      sendErrorResponse(reply, INTERNAL_ERROR);
    }
  }
}

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

/** What a server is made of. */
export interface ServerParts {
  readonly description: Description;
  readonly database: Database;
  /** The secret that keys are hashed by. */
  readonly secret: string;
  readonly limits?: Partial<Limits>;
  /** Addresses of proxies whose `X-Forwarded-For` is believed, as Fastify takes them. */
  readonly trustProxy?: string;
  /** Certificate and key in PEM, to serve HTTPS. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
  readonly validateResponses?: boolean;
  readonly logger?: FastifyBaseLogger;
  readonly metrics?: Metrics;
  /** Says whether the server is about to stop. Default: never. */
  readonly isStopping?: () => boolean;
}

// Uses of keys are written that often.
const LAST_USE_MS = 10_000;

/** Makes the server of the API; it does not listen yet. */
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
  const failures = createThrottle(limits.failedAuthentications);
  const authenticate = createAuthenticationHook(operations, createAuthenticator(database, secret), failures, {
    onSuccess: ({ keyId }) => lastUse.record(keyId),
    onFailure: () => metrics?.countFailedAuthentication(),
  });

  const transport = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    connectionsCheckingInterval: Math.min(limits.headersMs, 1_000),
    // The answer does not depend on it.
    requireHostHeader: false,
  };
  const options = {
    // A stopping server answers what still comes in; see stop.ts.
    return503OnClosing: false,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    handlerTimeout: limits.handlerMs,
    genReqId: () => randomUUID(),
    // Its lines would name the target; ours are written below.
    logController: new LogController({ disableRequestLogging: true }),
    // The length of what a parameter may be is the description's to say.
    routerOptions: { maxParamLength: Number.MAX_SAFE_INTEGER },
    ...(parts.trustProxy !== undefined && { trustProxy: parts.trustProxy }),
    ...(logger && { loggerInstance: logger }),
    frameworkErrors: (_: unknown, request: FastifyRequest, reply: FastifyReply) =>
      void authenticate(request, reply, (error) =>
        error ? sendFailure(error, request, reply) : sendRoutingError(request, reply),
      ),
    clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) =>
      sendParseError(error, socket, { methodNotAllowed: methodNotAllowedError, headerBytes: limits.headerBytes }),
  };
  const app = (parts.tls
    ? Fastify({ ...options, https: { ...transport, ...parts.tls } } as never)
    : Fastify({ ...options, http: transport } as never)) as unknown as FastifyInstance;
  app.server.maxConnections = limits.connections;

  app.setValidatorCompiler(({ schema }) => compileSchema(schema as Record<string, unknown>));
  app.decorateRequest('identity', undefined);
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config?.isPublic) return done();
    authenticate(request, reply, (error) => {
      if (error) done(error);
      // Here rather than in the handler for unknown routes, which Fastify calls after it has read the body. The router
      // ignores a fragment, which no request target may have.
      else if (request.is404 || request.raw.url?.includes('#')) sendRoutingError(request, reply);
      else done();
    });
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions, identity } = request;
    // Neither target nor headers: they hold keys, identifiers and e-mail addresses.
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

  const timer = setInterval(() => void lastUse.flush(), LAST_USE_MS).unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await lastUse.flush();
  });
  return app;

  function sendRoutingError({ method, raw }: FastifyRequest, reply: FastifyReply): void {
    sendErrorResponse(reply, findRoutingError(method, raw.url ?? '/'));
  }

  function sendFailure(error: Error & Partial<FastifyError>, request: FastifyRequest, reply: FastifyReply): void {
    if (error.validation) {
      sendErrorResponse(
        reply,
        buildDocumentedError(request.routeOptions.config.operation ?? (operation as never), 400),
      );
    } else if (error instanceof DatabaseError || error.code === 'FST_ERR_HANDLER_TIMEOUT') {
      logError(request.log, { code: error.code, fault: error.message }, 'unavailable');
      sendErrorResponse(reply, unavailable);
    } else {
      logError(request.log, { err: error }, 'failed');
      sendErrorResponse(reply, INTERNAL_ERROR);
    }
  }
}

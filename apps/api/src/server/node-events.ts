import { ServerResponse, STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { buildUndocumentedError, type ErrorResponse } from './error-responses.ts';
import { buildCommonHeaders, createRequestId, getRequestId } from './response-headers.ts';

/** The response to a request that failed because of an error in the server. */
export const INTERNAL_ERROR = buildUndocumentedError(500, 'The server failed. The reason is in its log.');

/** Logs an error. If the logger fails, the request is still answered. */
export function logError(log: FastifyBaseLogger, fields: object, message: string): void {
  logSafely(() => log.error(fields, message));
}

/** Writes a log line. If the logger fails, the request is still answered. */
export function logSafely(write: () => void): void {
  try {
    write();
  } catch {
    // The failure of the logger itself cannot be reported anywhere.
  }
}

/** Sends a 500 where Fastify's error handler cannot run. Closes the connection if the headers were already sent. */
export function sendInternalError(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { req } = response;
  const headers = { 'Content-Type': 'application/json', ...buildCommonHeaders(getRequestId(req), req.socket) };
  response.writeHead(INTERNAL_ERROR.status, headers).end(INTERNAL_ERROR.payload);
}

/**
 * Catches exceptions of the server's event listeners, which would otherwise end the process. Answers the request with a
 * 500, or closes the connection if it has no request.
 */
export function catchExceptions({ server, log }: FastifyInstance): void {
  const emit = server.emit.bind(server) as (event: string | symbol, ...values: unknown[]) => boolean;
  server.emit = (event: string | symbol, ...values: unknown[]) => {
    try {
      return emit(event, ...values);
    } catch (error) {
      const target = values.find((value) => value instanceof ServerResponse || value instanceof Socket);
      if (target === undefined) throw error;
      if (target instanceof ServerResponse) sendInternalError(target);
      else target.destroy();
      const reqId = target instanceof ServerResponse ? getRequestId(target.req) : undefined;
      logError(log, { reqId, err: error }, 'failed');
      return true;
    }
  };
}

/** Routes requests with an `Expect` header or the method CONNECT, which Node does not pass to the router by default. */
export function routeAllRequests({ server }: FastifyInstance): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (request, socket: Socket) => {
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    // Node no longer manages this connection. Without a listener, an error would end the process.
    socket.on('error', () => socket.destroy());
    try {
      response.assignSocket(socket);
    } catch {
      // The response to an earlier request on this connection is still assigned to the socket.
      socket.destroySoon();
      return;
    }
    response.once('finish', () => socket.destroySoon());
    server.emit('request', request, response);
  });
}

/** What {@link sendParseError} needs. */
interface ParseErrorOptions {
  readonly methodNotAllowed: ErrorResponse;
  readonly headerBytes: number;
  readonly log: FastifyBaseLogger;
}

/** Sends an error response in JSON to a request that Node cannot parse. Such a request reaches no route. */
export function sendParseError(
  { code }: NodeJS.ErrnoException,
  socket: Socket,
  { methodNotAllowed, headerBytes, log }: ParseErrorOptions,
): void {
  // The client may have disconnected, or may have been answered before an invalid byte arrived.
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const response = chooseError(code, methodNotAllowed, headerBytes);
  const reqId = createRequestId();
  writeResponse(socket, response, reqId);
  logSafely(() => log.info({ reqId, status: response.status, code }, 'parse error'));
}

function chooseError(code: string | undefined, methodNotAllowed: ErrorResponse, headerBytes: number): ErrorResponse {
  switch (code) {
    case 'HPE_INVALID_METHOD':
      return methodNotAllowed;
    case 'HPE_HEADER_OVERFLOW':
      return buildUndocumentedError(431, `The request line and headers are larger than ${headerBytes} bytes.`);
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return buildUndocumentedError(408, 'The request took too long to arrive.');
    default:
      return buildUndocumentedError(400, 'The request is not valid HTTP.');
  }
}

function writeResponse(socket: Socket, { status, headers, payload }: ErrorResponse, requestId: string): void {
  const fields = {
    'Content-Type': 'application/json',
    ...buildCommonHeaders(requestId, socket),
    ...headers,
    'Content-Length': Buffer.byteLength(payload),
    Connection: 'close',
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${payload}`, () =>
    socket.destroySoon(),
  );
}

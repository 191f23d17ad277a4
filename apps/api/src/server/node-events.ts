import { type IncomingMessage, ServerResponse, STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { buildUndocumentedError, type ErrorResponse } from './error-responses.ts';
import { UNSUPPORTED_VERSION } from './request-checks.ts';
import { buildCommonHeaders, createRequestId, getRequestId } from './response-headers.ts';

/** The response to a request that failed because of an error in the server. */
export const INTERNAL_ERROR = buildUndocumentedError(500, 'The server failed. The reason is in its log.');

/** Logs an error. If the logger fails, the request is still answered. */
export function logError(log: FastifyBaseLogger, fields: object, message: string): void {
  logSafely(() => log.error(fields, message));
}

function logSafely(write: () => void): void {
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

/** Bytes that a client must read by a time. */
interface Backlog {
  /** All bytes of the connection so far. */
  readonly bytes: number;
  /** In milliseconds of `performance.now`. */
  readonly until: number;
}

/**
 * Makes `closeAllConnections` close all connections of a server. By default, Node leaves connections open that have sent
 * a CONNECT or an invalid request. Also closes the connections of clients that do not read what is sent to them, for
 * which Node has no timeout.
 *
 * @param readMs - How long a client may take to read a response, in milliseconds.
 */
export function trackConnections({ server }: FastifyInstance, readMs: number): void {
  const backlogs = new Map<Socket, Backlog | undefined>();
  const track = (socket: Socket) => {
    backlogs.set(socket, undefined);
    socket.once('close', () => backlogs.delete(socket));
  };
  server.on('connection', track);
  // Writes to a TLS connection wait in this socket, not in that of the event above.
  server.on('secureConnection', track);
  server.closeAllConnections = () => {
    for (const socket of backlogs.keys()) socket.destroy();
  };
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [socket, backlog] of backlogs) {
      const { bytesWritten: bytes, writableLength: waiting } = socket;
      // A client that reads slowly has read the bytes that waited earlier, although others wait now.
      if (!backlog || bytes - waiting >= backlog.bytes) {
        if (backlog || waiting > 0) backlogs.set(socket, waiting > 0 ? { bytes, until: now + readMs } : undefined);
      } else if (now > backlog.until) socket.destroy();
    }
  }, readMs / 4).unref();
  server.once('close', () => clearInterval(timer));
}

/**
 * Limits the memory for pipelined requests. Node reads thousands of small requests at once and keeps all responses in
 * memory until the client has read the first one. Above the limit, a connection that sends such a request is closed.
 *
 * @param maxWaiting - The maximum number of requests that wait for an earlier one on their connection, of all connections.
 */
export function limitPipelinedRequests({ server }: FastifyInstance, maxWaiting: number): void {
  const waiting = new Map<Socket, number>();
  let total = 0;
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    // Node has given the connection to this response if no earlier one is waiting.
    if (response.socket || socket.destroyed) return;
    if (!waiting.has(socket)) {
      socket.once('close', () => {
        total -= waiting.get(socket) ?? 0;
        waiting.delete(socket);
      });
    }
    const add = (count: number) => {
      total += count;
      waiting.set(socket, (waiting.get(socket) ?? 0) + count);
    };
    add(1);
    if (total > maxWaiting) socket.destroy();
    else
      response.once('close', () => {
        if (waiting.has(socket)) add(-1);
      });
  });
}

/**
 * A connection of Node's HTTP server, with the undocumented members by which Node keeps the order of responses. Node has
 * no documented way to find out whether a connection has pending requests.
 */
interface Connection extends Socket {
  /** The response to the first request that is not answered yet. */
  readonly _httpMessage?: ServerResponse | null;
  /** Contains the request whose body has not arrived completely. */
  readonly parser?: { readonly incoming?: IncomingMessage | null } | null;
}

/** Answers requests that Node does not pass to the router, or not in order, by default. */
export function routeAllRequests({ server }: FastifyInstance): void {
  // Answer the requests of a client that has closed its side of the connection.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (request, socket: Connection) => {
    // Node no longer manages this connection. Without a listener, an error would end the process.
    socket.on('error', () => socket.destroy());
    afterResponses(socket, () => {
      if (!socket.writable) return;
      socket.setTimeout(0);
      const response = new ServerResponse(request);
      response.shouldKeepAlive = false;
      response.assignSocket(socket);
      response.once('finish', () => socket.destroySoon());
      server.emit('request', request, response);
    });
  });
}

/** Calls `act` after all requests on a connection have been answered. Does not call it if the client disconnects. */
function afterResponses(socket: Connection, act: () => void): void {
  const pending = socket._httpMessage;
  if (pending) pending.once('close', () => afterResponses(socket, act));
  else act();
}

// Connections with an invalid request. They are closed after its response.
const closing = new WeakSet<Socket>();

/** What {@link sendParseError} needs. */
interface ParseErrorOptions {
  readonly methodNotAllowed: ErrorResponse;
  readonly headerBytes: number;
  readonly log: FastifyBaseLogger;
}

/**
 * Sends an error response in JSON to a request that Node cannot parse, after the responses to earlier requests on the
 * connection. Such a request reaches no route.
 */
export function sendParseError(
  error: ParseError,
  socket: Connection,
  { methodNotAllowed, headerBytes, log }: ParseErrorOptions,
): void {
  const response = chooseError(error, methodNotAllowed, headerBytes);
  if (!response) {
    // The client has disconnected, or the TLS handshake has failed.
    socket.destroy();
    return;
  }
  // Node reports the error again when more data arrives.
  if (closing.has(socket)) return;
  closing.add(socket);
  const finish = (): void => {
    const pending = socket._httpMessage;
    // The body of the pending request is invalid, so nothing else answers it.
    const isPartial = pending && !pending.req.complete && !pending.headersSent;
    if (pending && !isPartial) pending.once('close', finish);
    // Otherwise an earlier response has closed the connection.
    else if (socket.writable) {
      // Send no second response to a request that was answered before its body arrived.
      if (!pending && socket.parser?.incoming?.complete === false) socket.destroySoon();
      else {
        const reqId = createRequestId();
        writeResponse(socket, response, reqId);
        logSafely(() => log.info({ reqId, status: response.status, code: error.code }, 'parse error'));
      }
    }
  };
  finish();
}

/** An error of Node's HTTP parser. */
interface ParseError extends NodeJS.ErrnoException {
  /** What the parser expected. */
  readonly reason?: string;
}

/** Returns the response to an invalid request, or undefined if the error is not about a request. */
function chooseError(
  { code = '', reason = '' }: ParseError,
  methodNotAllowed: ErrorResponse,
  headerBytes: number,
): ErrorResponse | undefined {
  switch (code) {
    case 'HPE_INVALID_METHOD':
      return methodNotAllowed;
    case 'HPE_HEADER_OVERFLOW':
      return buildUndocumentedError(431, `The request line and headers are larger than ${headerBytes} bytes.`);
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return buildUndocumentedError(408, 'The request took too long to arrive.');
    case 'HPE_PAUSED_H2_UPGRADE':
      return UNSUPPORTED_VERSION;
    case 'HPE_INVALID_VERSION':
      // Other reasons are about text that is no version at all.
      if (/^Invalid HTTP version|^Expected (dot|HTTP\/2)/.test(reason)) return UNSUPPORTED_VERSION;
  }
  return code.startsWith('HPE_') ? buildUndocumentedError(400, 'The request is not valid HTTP.') : undefined;
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

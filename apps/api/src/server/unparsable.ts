import { ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { buildUndocumentedError, type ErrorResponse } from './error-response.ts';

/** Hands over to the routes what Node keeps from them: expectations, of which the API knows none, and CONNECT. */
export function routeAllRequests({ server }: FastifyInstance): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (request, socket: Socket) => {
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    // Such a connection is no longer Node's: its errors are nobody else's, and nothing more is read from it.
    socket.on('error', () => socket.destroy());
    try {
      response.assignSocket(socket);
    } catch {
      // An earlier request on the connection still has its response assigned to the socket.
      socket.destroySoon();
      return;
    }
    response.once('finish', () => socket.destroySoon());
    server.emit('request', request, response);
  });
}

/** Answers in JSON what cannot be parsed, so that no route ever sees it. */
export function sendParseError(
  error: NodeJS.ErrnoException,
  socket: Socket,
  { methodNotAllowed, headerBytes }: { readonly methodNotAllowed: ErrorResponse; readonly headerBytes: number },
): void {
  // The client may be gone, or may have been answered before the rest of its bytes turned out to be unreadable.
  if (socket.writable) write(socket, chooseError(error.code, methodNotAllowed, headerBytes));
  else socket.destroy();
}

function chooseError(code: string | undefined, methodNotAllowed: ErrorResponse, headerBytes: number): ErrorResponse {
  switch (code) {
    case 'HPE_INVALID_METHOD':
      return methodNotAllowed;
    case 'HPE_HEADER_OVERFLOW':
      return buildUndocumentedError(431, `Request line and headers are larger than ${headerBytes} bytes.`);
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return buildUndocumentedError(408, 'The request took too long to arrive.');
    default:
      return buildUndocumentedError(400, 'This is not an HTTP request that can be read.');
  }
}

function write(socket: Socket, { status, headers, payload }: ErrorResponse): void {
  const fields = {
    'Content-Type': 'application/json',
    ...headers,
    'Content-Length': Buffer.byteLength(payload),
    Connection: 'close',
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${payload}`, () =>
    socket.destroySoon(),
  );
}

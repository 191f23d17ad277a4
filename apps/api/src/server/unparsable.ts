import { ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type Answer, undocumentedAnswer } from './answer.ts';

/** Hands over to the routes what Node keeps from them: expectations, of which the API knows none, and CONNECT. */
export function routeEverything({ server }: FastifyInstance): void {
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
export function answerUnparsable(
  error: NodeJS.ErrnoException,
  socket: Socket,
  { methodNotAllowed, headerBytes }: { readonly methodNotAllowed: Answer; readonly headerBytes: number },
): void {
  // The client may be gone, or may have been answered before the rest of its bytes turned out to be unreadable.
  if (socket.writable) write(socket, answerTo(error.code, methodNotAllowed, headerBytes));
  else socket.destroy();
}

function answerTo(code: string | undefined, methodNotAllowed: Answer, headerBytes: number): Answer {
  switch (code) {
    case 'HPE_INVALID_METHOD':
      return methodNotAllowed;
    case 'HPE_HEADER_OVERFLOW':
      return undocumentedAnswer(431, `Request line and headers are larger than ${headerBytes} bytes.`);
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return undocumentedAnswer(408, 'The request took too long to arrive.');
    default:
      return undocumentedAnswer(400, 'This is not an HTTP request that can be read.');
  }
}

function write(socket: Socket, { status, headers, payload }: Answer): void {
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

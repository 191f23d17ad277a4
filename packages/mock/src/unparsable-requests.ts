import { type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { createErrorResponse, type MockResponse } from './response.ts';

/**
 * Sends JSON error responses to requests that Node does not pass to the request handler: unknown methods, CONNECT,
 * bytes that are not HTTP, and headers that are too large.
 *
 * @param getAllow - Returns the value of the `Allow` header.
 */
export function handleUnparsableRequests(server: Server, getAllow: () => string): void {
  const notAllowed = () => {
    const allow = getAllow();
    return createErrorResponse(405, `This method is not allowed. Allowed methods: ${allow}.`, { Allow: allow });
  };
  server.on('connect', (_, socket) => write(socket, notAllowed()));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'HPE_INVALID_METHOD') write(socket, notAllowed());
    else write(socket, createErrorResponse(400, 'The request is not valid HTTP, or its headers are too large.'));
  });
}

function write(socket: Duplex, { status, headers, payload }: MockResponse): void {
  // The client may have disconnected, or may already have received a response to the readable part of its bytes.
  if (!socket.writable) return;
  const lines = Object.entries({ ...headers, 'Content-Length': Buffer.byteLength(payload), Connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${payload}`);
}

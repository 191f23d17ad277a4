import { type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Answer, problem } from './answer.ts';

/**
 * Answers in JSON what Node's parser lets no handler see: methods it has never heard of, CONNECT, bytes that are not
 * HTTP, and headers that are too large.
 */
export function answerUnparsable(server: Server, allow: string): void {
  const notAllowed = problem(405, `This method is not allowed. Allowed: ${allow}.`, { Allow: allow });
  server.on('connect', (_, socket) => write(socket, notAllowed));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'HPE_INVALID_METHOD') write(socket, notAllowed);
    else write(socket, problem(400, 'This is not an HTTP request that can be read.'));
  });
}

function write(socket: Duplex, { status, headers, payload }: Answer): void {
  // The client may be gone, or may have been answered before the rest of its bytes turned out to be unreadable.
  if (!socket.writable) return;
  const lines = Object.entries({ ...headers, 'Content-Length': Buffer.byteLength(payload), Connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${payload}`);
}

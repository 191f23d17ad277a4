import { createServer, type RequestListener } from 'node:http';
import { createServer as createRawServer, type Server, type Socket } from 'node:net';
import { listenInTest } from '@firstofficer/common/testing';
import type { TestContext } from 'vitest';

/** Starts an HTTP server on loopback that is closed after the test. Returns its URL. */
export function localServer(context: TestContext, listener: RequestListener): Promise<string> {
  return listen(context, createServer(listener));
}

/** Starts a TCP server on loopback, so that the test writes every byte of a response. Returns its URL. */
export function rawServer(context: TestContext, onConnection: (socket: Socket) => void): Promise<string> {
  return listen(
    context,
    createRawServer((socket) => {
      // Ignore connections that the client resets.
      socket.on('error', () => {});
      onConnection(socket);
    }),
  );
}

/** Answers each request with these bytes, and closes the connection if requested. */
export function answering(bytes: string | Buffer, then: 'close' | 'keep' = 'close'): (socket: Socket) => void {
  return (socket) =>
    socket.on('data', () => {
      if (then === 'close') socket.end(bytes);
      else socket.write(bytes);
    });
}

/** Starts a server that is closed after the test. Returns its URL. */
export async function listen(context: TestContext, server: Server, host = '127.0.0.1'): Promise<string> {
  return (await listenInTest(context, server, { host })).url;
}

import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net';
import type { TestContext } from 'vitest';

/** Starts an HTTP server on loopback that is closed after the test. */
export function localServer(context: TestContext, listener: RequestListener): Promise<string> {
  return listen(context, createServer(listener));
}

/** Starts a TCP server on loopback, so that the test writes every byte of a response. */
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

/** Starts a server on a free loopback port and closes it after the test. */
export async function listen({ onTestFinished }: TestContext, server: Server, host = '127.0.0.1'): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

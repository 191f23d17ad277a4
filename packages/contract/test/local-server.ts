import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net';
import type { TestContext } from 'vitest';

/** A server on loopback that is gone when the test is over. */
export function localServer(context: TestContext, listener: RequestListener): Promise<string> {
  return listen(context, createServer(listener));
}

/** The same, of which the test writes every byte itself. */
export function rawServer(context: TestContext, onConnection: (socket: Socket) => void): Promise<string> {
  return listen(
    context,
    createRawServer((socket) => {
      // Clients hang up as they like.
      socket.on('error', () => {});
      onConnection(socket);
    }),
  );
}

/** Answers each request with some bytes, and ends the connection if it is told to. */
export function answering(bytes: string | Buffer, then: 'close' | 'keep' = 'close'): (socket: Socket) => void {
  return (socket) =>
    socket.on('data', () => {
      if (then === 'close') socket.end(bytes);
      else socket.write(bytes);
    });
}

/** Starts a server on a free port of loopback; it is gone when the test is over. */
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

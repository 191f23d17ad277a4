import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/**
 * Options of {@link listen}.
 *
 * @example
 * const options: ListenOptions = { port: 8080 };
 */
export interface ListenOptions {
  /** The port to listen on. 0 selects a free port. Default: 0. */
  readonly port?: number;
  /** The address to listen on. Default: `127.0.0.1`, which other machines cannot reach. */
  readonly host?: string;
  /** How long `close` waits for requests in progress, in milliseconds. Default: 0. */
  readonly graceMs?: number;
}

/**
 * A server that listens. Disposing of it closes it.
 *
 * @example
 * await using server: Listening = await listen(createServer(handler));
 */
export interface Listening extends AsyncDisposable {
  /** The base URL, such as `http://127.0.0.1:8080`. It starts with `https` if the server uses TLS. */
  readonly url: string;
  readonly port: number;
  /** Stops the server and destroys open connections. */
  close(): Promise<void>;
}

/**
 * Starts a server of `node:http`, `node:https`, `node:net` or `node:tls`.
 *
 * @throws Error with a system error code (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`) if the server cannot listen.
 * @example
 * const { url, close } = await listen(createServer((_, response) => response.end('Hello')));
 * await fetch(url);
 * await close();
 */
export async function listen(
  server: Server,
  { port: requestedPort = 0, host = '127.0.0.1', graceMs = 0 }: ListenOptions = {},
): Promise<Listening> {
  // `closeAllConnections` is not enough: it ignores connections whose request Node could not parse, and `net.Server`
  // does not have it.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
  await once(server.listen(requestedPort, host), 'listening');

  const { address, family, port } = server.address() as AddressInfo;
  const scheme = 'setSecureContext' in server ? 'https' : 'http';
  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const timer = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, graceMs);
    await closed;
    clearTimeout(timer);
  };
  return {
    url: `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    port,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/**
 * Returns a port that was free a moment ago, for a program that needs a port number. Prefer port 0 where possible:
 * another process may take this port first.
 *
 * @example
 * spawn('postgres', ['-p', String(await findFreePort())]);
 */
export async function findFreePort(): Promise<number> {
  const { port, close } = await listen(createServer());
  await close();
  return port;
}

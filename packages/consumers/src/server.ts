import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that listens on a free port of loopback. */
export interface Server extends AsyncDisposable {
  readonly url: string;
}

/** Starts a server on a free port of loopback. Disposing of it closes all connections. */
export async function listen(server: HttpServer): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

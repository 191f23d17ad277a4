import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Context } from '@firstofficer/common/testing';

/** A proxy to a database. */
export interface DatabaseProxy {
  /** The URL of the database on the proxy, if it listens on a port. */
  readonly url: string;
  readonly port: number;
  /** The number of connections that the proxy has accepted. */
  readonly accepted: () => number;
  /** Closes all connections and rejects new ones. */
  cut(): void;
  /** Accepts connections again. */
  restore(): void;
}

/**
 * Starts a proxy to a PostgreSQL server. Stops it after the test.
 *
 * @param path - The path of a socket to listen on. Default: a free port of 127.0.0.1.
 */
export async function startProxy(context: Context, target: URL, path?: string): Promise<DatabaseProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  let accepted = 0;
  const server = createServer((client) => {
    if (isCut) return client.destroy();
    accepted += 1;
    const upstream = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => {}));
    client.pipe(upstream).pipe(client);
    return client;
  });
  await once(path === undefined ? server.listen(0, '127.0.0.1') : server.listen(path), 'listening');
  const destroy = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  context.onTestFinished(() => {
    server.close();
    destroy();
  });
  const port = path === undefined ? (server.address() as AddressInfo).port : 0;
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  url.searchParams.set('application_name', randomUUID());
  return {
    url: url.href,
    port,
    accepted: () => accepted,
    cut() {
      isCut = true;
      destroy();
    },
    restore() {
      isCut = false;
    },
  };
}

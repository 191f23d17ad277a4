import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Context } from './databases.ts';

/**
 * Starts a proxy to a database. `cut` closes all connections and rejects new ones, `restore` accepts them again.
 *
 * @param path - The path of a socket to listen on. Default: a free port of 127.0.0.1.
 */
export async function startProxy(context: Context, target: URL, path?: string) {
  const sockets = new Set<Socket>();
  let isCut = false;
  let accepted = 0;
  let roundTrips = 0;
  const server = createServer((client) => {
    if (isCut) return client.destroy();
    accepted += 1;
    const upstream = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => {}));
    let isAnswered = true;
    client.on('data', () => {
      if (isAnswered) roundTrips += 1;
      isAnswered = false;
    });
    upstream.on('data', () => {
      isAnswered = true;
    });
    client.pipe(upstream).pipe(client);
    return client;
  });
  await once(path === undefined ? server.listen(0, '127.0.0.1') : server.listen(path), 'listening');
  const address = server.address();
  const port = address instanceof Object ? address.port : 0;
  const destroy = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  context.onTestFinished(() => {
    server.close();
    destroy();
  });
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  url.searchParams.set('application_name', randomUUID());
  return {
    url: url.href,
    port,
    /** Returns how many connections were accepted. */
    countAccepted: () => accepted,
    /** Returns how often a client sent something and waited for the answer. */
    countRoundTrips: () => roundTrips,
    cut() {
      isCut = true;
      destroy();
    },
    restore() {
      isCut = false;
    },
    /** Keeps all connections open, but forwards nothing more. */
    freeze() {
      for (const socket of sockets) socket.pause();
    },
  };
}

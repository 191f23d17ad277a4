import { randomUUID } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { listenInTest } from '@firstofficer/common/testing';
import type { Context } from './databases.ts';

/** Starts a TCP proxy to a database. `cut` closes all connections and rejects new ones, `restore` accepts them again. */
export async function startProxy(context: Context, target: URL) {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) return client.destroy();
    const upstream = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => {}));
    client.pipe(upstream).pipe(client);
    return client;
  });
  const { port } = await listenInTest(context, server);
  const destroy = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  context.onTestFinished(destroy);
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  url.searchParams.set('application_name', randomUUID());
  return {
    url: url.href,
    cut() {
      isCut = true;
      destroy();
    },
    restore() {
      isCut = false;
    },
  };
}

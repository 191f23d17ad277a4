import { Server as NetServer } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How a server stops. Times are milliseconds. */
export interface Grace {
  /** How long an idle connection may still be used. */
  readonly keepAliveMs: number;
  /** How long to wait for answers that are under way after that. */
  readonly graceMs: number;
}

/**
 * Stops a server without losing a request. It takes no new connections, answers whatever comes in over those that are
 * open and asks for them to be closed. Those that stay idle are closed when they would have been anyway: a client may be
 * writing to one at this moment.
 */
export async function stop(app: FastifyInstance, { keepAliveMs, graceMs }: Grace): Promise<void> {
  const { server } = app;
  server.prependListener('request', (_, response) => response.setHeader('Connection', 'close'));
  const closed = new Promise<void>((resolve) => {
    // Node's own close for HTTP would cut idle connections at once.
    NetServer.prototype.close.call(server, () => resolve());
  });
  const idle = setTimeout(() => server.closeIdleConnections(), keepAliveMs);
  const late = setTimeout(() => server.closeAllConnections(), keepAliveMs + graceMs);
  await closed;
  clearTimeout(idle);
  clearTimeout(late);
  await app.close();
}

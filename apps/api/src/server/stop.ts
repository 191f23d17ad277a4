import { Server as NetServer } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Options of {@link stopServer}. Times are in milliseconds. */
interface StopOptions {
  /** How long an idle connection may still be used. */
  readonly keepAliveMs: number;
  /** How long to wait for pending responses after that. */
  readonly graceMs: number;
  /** Closes all connections at once when it is aborted. */
  readonly signal: AbortSignal;
}

/**
 * Stops a server without losing a request. The server accepts no new connections. It still answers requests on open
 * connections, with `Connection: close`. Idle connections stay open for the usual keep-alive time, because a client may
 * be sending a request at this moment.
 */
export async function stopServer(app: FastifyInstance, { keepAliveMs, graceMs, signal }: StopOptions): Promise<void> {
  const { server } = app;
  server.prependListener('request', (_, response) => response.setHeader('Connection', 'close'));
  const closed = new Promise<void>((resolve) => {
    // HTTP servers override this method, and would close idle connections at once.
    NetServer.prototype.close.call(server, () => resolve());
  });
  const idle = setTimeout(() => server.closeIdleConnections(), keepAliveMs);
  const closeAll = () => server.closeAllConnections();
  const late = setTimeout(closeAll, keepAliveMs + graceMs);
  if (signal.aborted) closeAll();
  else signal.addEventListener('abort', closeAll);
  await closed;
  clearTimeout(idle);
  clearTimeout(late);
  await app.close();
}

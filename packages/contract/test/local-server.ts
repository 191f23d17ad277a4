import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'vitest';

/** A server on loopback that is gone when the test is over. */
export function localServer(context: TestContext, listener: RequestListener): Promise<string> {
  return listen(context, createServer(listener));
}

/** Starts a server on a free port of loopback; it is gone when the test is over. */
export async function listen({ onTestFinished }: TestContext, server: Server): Promise<string> {
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

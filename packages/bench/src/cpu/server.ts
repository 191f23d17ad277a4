import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer } from '../child.ts';

/** The one request that is answered, and its answer. */
export interface ServerTask {
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
}

// A process of its own: what the server costs is not the client's.
answer<ServerTask, string>(async ({ path, authorization, body }) => {
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  const server = createServer((request, response) => {
    const right = request.url === path && request.headers.authorization === authorization;
    if (right) response.writeHead(200, headers).end(body);
    else response.writeHead(400).end();
  });
  // A connection is not to end between rounds: to open it again would be counted as a cost of the client.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

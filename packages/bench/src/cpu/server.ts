import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer } from '../child.ts';

/** The only request that gets a 200 response, and the body of this response. */
export interface ServerTask {
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
}

// The server has its own process, so that its CPU time is not counted for the client.
answer<ServerTask, string>(async ({ path, authorization, body }) => {
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  const server = createServer((request, response) => {
    const isExpected = request.url === path && request.headers.authorization === authorization;
    if (isExpected) response.writeHead(200, headers).end(body);
    else response.writeHead(400).end();
  });
  // Connections stay open between rounds. Otherwise the time to reopen them would be counted for the client.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

/** A running server of a folder. */
export interface Served extends AsyncDisposable {
  readonly url: string;
}

/** In seconds. */
const YEAR = 31_536_000;

/**
 * Serves a folder on a free port as a static host does: with the Brotli files of the folder, without caching of pages,
 * and with long caching of all other files.
 */
export async function serveFolder(folder: string): Promise<Served> {
  const files = sirv(folder, {
    brotli: true,
    etag: true,
    maxAge: YEAR,
    immutable: true,
    setHeaders: (response, path) => {
      if (/(\.html|\/[^./]*)$/.test(path)) response.setHeader('Cache-Control', 'no-cache');
    },
  });
  const server = createServer((request, response) => {
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain', 'Content-Length': 0 }).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

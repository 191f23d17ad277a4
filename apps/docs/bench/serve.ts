import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

/** A folder, being served. */
export interface Served extends AsyncDisposable {
  readonly url: string;
  /** Bytes of bodies that were sent since the last time it was asked. */
  sent(): number;
}

const YEAR = 31_536_000;

/**
 * Serves a folder on a free port as a static host does: the Brotli file beside a file, pages to be asked for again,
 * everything else to be kept.
 */
export async function serveFolder(folder: string): Promise<Served> {
  let bytes = 0;
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
    response.once('finish', () => {
      if (response.statusCode === 200) bytes += Number(response.getHeader('content-length') ?? 0);
    });
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain', 'Content-Length': 0 }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sent() {
      const sent = bytes;
      bytes = 0;
      return sent;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

import { existsSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

/**
 * How the docs are served.
 *
 * @example
 * const options: DocsOptions = { port: 8080 };
 */
export interface DocsOptions {
  /** The port to listen on; 0 takes a free one. Default: 0. */
  readonly port?: number;
  /** The folder of the built site. Default: the one that `build` writes. */
  readonly folder?: string;
  /** The path below which the site was built, with a slash at either end. Default: `/`. */
  readonly base?: string;
}

/**
 * The docs, being served.
 *
 * @example
 * const { url, close }: Docs = await serveDocs();
 */
export interface Docs {
  /** Where they are, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Stops serving them. */
  close(): Promise<void>;
}

/**
 * The folder that `build` writes the site into.
 *
 * @example
 * const html = await readFile(join(DIST, 'index.html'), 'utf8');
 */
export const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

/**
 * Serves the built docs on this machine, compressed for those who accept it. A rebuild shows with the next request.
 *
 * @throws Error if the docs are not built, or with the `code` of the system (`EADDRINUSE`, `EACCES`) if it cannot listen.
 * @example
 * const docs = await serveDocs({ port: 8080 });
 * console.log(docs.url);
 */
export async function serveDocs({ port = 0, folder = DIST, base = '/' }: DocsOptions = {}): Promise<Docs> {
  if (!existsSync(join(folder, 'index.html'))) throw new Error('the docs are not built. Run: npx -y pnpm@12 build');
  const files = sirv(folder, { dev: true, brotli: true, gzip: true });
  return listen(port, (request, response) => {
    const notFound = () => {
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(readFileSync(join(folder, '404.html')));
    };
    if (!request.url?.startsWith(base)) return notFound();
    request.url = request.url.slice(base.length - 1);
    files(request, response, notFound);
  });
}

/** Listens on this machine alone. */
export async function listen(port: number, listener: RequestListener): Promise<Docs> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

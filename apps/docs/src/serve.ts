import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

/**
 * Serves the built docs on this machine. A rebuild shows with the next request.
 *
 * @throws Error if the docs are not built, or with the `code` of the system (`EADDRINUSE`, `EACCES`) if it cannot listen.
 * @example
 * const docs = await serveDocs({ port: 8080 });
 * console.log(docs.url);
 */
export async function serveDocs({ port = 0 }: DocsOptions = {}): Promise<Docs> {
  if (!existsSync(`${DIST}index.html`)) throw new Error('the docs are not built. Run: npx -y pnpm@12 build');
  const files = sirv(DIST, { dev: true });
  const server = createServer((request, response) => {
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found.\n');
    });
  });
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

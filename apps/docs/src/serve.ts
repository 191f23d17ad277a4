import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Listening, listen } from '@firstofficer/common/listen';
import sirv from 'sirv';

/**
 * Options for `serveDocs`.
 *
 * @example
 * const options: DocsOptions = { port: 8080 };
 */
export interface DocsOptions {
  /** The port to listen on. 0 selects a free port. Default: 0. */
  readonly port?: number;
  /** The folder of the built site. Default: `dist`. */
  readonly folder?: string;
  /** The base path that the site was built for, with a slash at both ends. Default: `/`. */
  readonly base?: string;
}

/**
 * A running server of the docs.
 *
 * @example
 * const { url, close }: Docs = await serveDocs();
 */
export type Docs = Listening;

/**
 * The folder that `build` writes the site into.
 *
 * @example
 * const html = await readFile(join(DIST, 'index.html'), 'utf8');
 */
export const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

/**
 * Serves the built docs on this machine, with compression. Changed files are served without a restart.
 *
 * @throws Error if the docs are not built, or with a system error code (`EADDRINUSE`, `EACCES`) if it cannot listen.
 * @example
 * const docs = await serveDocs({ port: 8080 });
 * console.log(docs.url);
 */
export async function serveDocs({ port = 0, folder = DIST, base = '/' }: DocsOptions = {}): Promise<Docs> {
  if (!existsSync(join(folder, 'index.html'))) throw new Error('the docs are not built. Run: npx -y pnpm@12 build');
  const files = sirv(folder, { dev: true, brotli: true, gzip: true });
  const server = createServer((request, response) => {
    const notFound = () => {
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(readFileSync(join(folder, '404.html')));
    };
    if (!request.url?.startsWith(base)) return notFound();
    request.url = request.url.slice(base.length - 1);
    files(request, response, notFound);
  });
  return listen(server, { port });
}

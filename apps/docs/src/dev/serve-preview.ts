import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { type Docs, listen } from '../serve.ts';
import type { SiteFile } from '../site/assets.ts';
import type { Preview } from './preview.ts';

// The server tells its version to those who connect: a page that missed a change, or the server's restart, learns of it
// then. Pages in the background let go, as browsers hold only six connections to a host.
const RELOAD = `const { version } = document.currentScript.dataset;
let changes;
function follow() {
  changes?.close();
  if (document.visibilityState === 'hidden') return;
  changes = new EventSource('/-/changes');
  changes.onmessage = ({ data }) => data === version || location.reload();
}
document.addEventListener('visibilitychange', follow);
follow();
`;

const NOTHING_YET =
  '<!doctype html><html lang="en"><head><title>Docs</title></head><body><p>Rendering…</p></body></html>';

/** A preview, being served. */
export interface ServedPreview extends Docs {
  /** Has every open page load itself again. */
  reload(): void;
}

/**
 * Serves a preview whose pages load themselves again when told to.
 *
 * @throws Error with the `code` of the system (`EADDRINUSE`, `EACCES`) if it cannot listen.
 * @example
 * const { url, reload } = await servePreview(preview, 8080);
 */
export async function servePreview(preview: Preview, port: number): Promise<ServedPreview> {
  const pages = new Set<ServerResponse>();
  let version = randomUUID();
  const tell = (page: ServerResponse) => page.write(`data: ${version}\n\n`);
  const docs = await listen(port, (request, response) => {
    const path = pathOf(request.url);
    if (path === '-/changes') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      tell(response);
      pages.add(response);
      response.once('close', () => pages.delete(response));
      return;
    }
    const found = path === '-/reload.js' ? { path, content: RELOAD } : preview.find(path);
    const file = found ?? preview.find('404.html') ?? { path: '404.html', content: NOTHING_YET };
    response.writeHead(found ? 200 : 404, { 'Content-Type': typeOf(file.path), 'Cache-Control': 'no-store' });
    response.end(file.path.endsWith('.html') ? withReload(file, version) : file.content);
  });
  return {
    ...docs,
    reload: () => {
      version = randomUUID();
      for (const page of pages) tell(page);
    },
  };
}

/** An address that cannot be decoded is that of no file. */
function pathOf(url = '/'): string {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname).replace(/^\/|\/$/g, '');
  } catch {
    return url;
  }
}

function withReload({ content }: SiteFile, version: string): string {
  return String(content).replace('</head>', `<script src="/-/reload.js" data-version="${version}"></script></head>`);
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.yaml': 'application/yaml',
  '.svg': 'image/svg+xml',
  '.md': 'text/markdown; charset=utf-8',
  '.xml': 'application/xml',
};

/** The Content-Type of a file by its name. */
function typeOf(path: string): string {
  return TYPES[extname(path)] ?? 'text/plain; charset=utf-8';
}

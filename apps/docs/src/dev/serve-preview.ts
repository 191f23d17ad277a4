import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { type Docs, listen } from '../serve.ts';
import type { SiteFile } from '../site/assets.ts';
import type { Preview } from './preview.ts';

// The server sends its version on each connection, so that a page also reloads if it missed a change or a restart of
// the server. Hidden pages disconnect, because browsers allow only six connections per host.
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

/** A running preview server. */
export interface ServedPreview extends Docs {
  /** Makes all open pages reload. */
  reload(): void;
}

/**
 * Serves a preview and can reload its open pages.
 *
 * @throws Error with a system error code (`EADDRINUSE`, `EACCES`) if the server cannot listen.
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

/** Returns the decoded path of a URL, or the URL itself (which matches no file) if it cannot be decoded. */
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

/** Returns the Content-Type of a file by its extension. */
function typeOf(path: string): string {
  return TYPES[extname(path)] ?? 'text/plain; charset=utf-8';
}

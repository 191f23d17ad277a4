import type { ServerResponse } from 'node:http';
import { type Docs, listen } from '../serve.ts';
import type { Preview } from './preview.ts';
import { typeOf } from './type-of.ts';

const RELOAD = `new EventSource('/-/changes').onmessage = () => location.reload();\n`;
const SCRIPT = '<script src="/-/reload.js"></script>';

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
  const docs = await listen(port, (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).replace(/^\/|\/$/g, '');
    if (path === '-/changes') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }).write('\n');
      pages.add(response);
      response.once('close', () => pages.delete(response));
      return;
    }
    const file = path === '-/reload.js' ? { path, content: RELOAD } : preview.find(path);
    const { content, path: name } = file ?? preview.find('404.html') ?? { path: '404.html', content: 'Not found.' };
    const isPage = name.endsWith('.html');
    response.writeHead(file ? 200 : 404, { 'Content-Type': typeOf(name), 'Cache-Control': 'no-store' });
    response.end(
      isPage && !String(content).includes(SCRIPT) ? String(content).replace('</head>', `${SCRIPT}</head>`) : content,
    );
  });
  return {
    ...docs,
    reload: () => {
      for (const page of pages) page.write('data: changed\n\n');
    },
  };
}

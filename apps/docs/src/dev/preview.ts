import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { basename, extname } from 'node:path';
import { parseAddress } from '../address.ts';
import { readContent, type Sources } from '../content/read-content.ts';
import { type Docs, listen } from '../serve.ts';
import type { SiteFile } from '../site/assets.ts';
import { renderSite } from '../site/render-site.ts';
import { loadSiteReference } from '../site/site-reference.ts';
import { findYamlProblems, lint, type Problem, renderProblems } from './problems.ts';

/** A preview of the site. */
export interface Preview {
  /** Returns the file at a path. While there are problems, returns the problems page instead of any page. */
  find(path: string): SiteFile | undefined;
  /** Reads and renders everything again. Resolves when the preview contains all changes saved before the call. */
  refresh(): Promise<void>;
}

/** The rendered files, or the problems that prevent rendering. */
type Outcome = { readonly files: readonly SiteFile[] } | { readonly problems: readonly Problem[] };

/**
 * Creates a preview of the site in memory.
 *
 * @example
 * const preview = createPreview(SOURCES, () => console.log('changed'));
 * await preview.refresh();
 */
export function createPreview(sources: Sources, onChange: () => void): Preview {
  let files: ReadonlyMap<string, SiteFile> = new Map();
  let problems: readonly Problem[] = [];
  let isStale = false;
  let round: Promise<void> | undefined;

  // Render sequentially: two renderings at the same time would slow each other down.
  const follow = async () => {
    while (isStale) {
      isStale = false;
      const outcome = await attempt(sources, () => isStale);
      if (isStale) continue;
      if ('files' in outcome) files = new Map(outcome.files.map((file) => [file.path, file]));
      problems = 'problems' in outcome ? outcome.problems : [];
      onChange();
    }
  };
  return {
    find: (path) => {
      const file = files.get(path) ?? files.get(path === '' ? 'index.html' : `${path}/index.html`);
      const isPage = file === undefined || file.path.endsWith('.html');
      if (problems.length > 0 && isPage) return { path: 'problems.html', content: renderProblems(problems) };
      return file;
    },
    refresh: () => {
      isStale = true;
      round ??= follow().finally(() => {
        round = undefined;
      });
      return round;
    },
  };
}

async function attempt(sources: Sources, isStale: () => boolean): Promise<Outcome> {
  try {
    const address = parseAddress('/');
    const content = await readContent(sources);
    const syntaxErrors = findYamlProblems(content.spec, basename(sources.spec));
    if (syntaxErrors.length > 0) return { problems: syntaxErrors };
    // The linter is a separate process, so both run in parallel.
    const [found, reference] = await Promise.allSettled([lint(sources.spec), loadSiteReference(content, address)]);
    if (found.status === 'fulfilled' && found.value.length > 0) return { problems: found.value };
    if (reference.status === 'rejected') throw reference.reason;
    return { files: isStale() ? [] : await renderSite(content, address, reference.value) };
  } catch (error) {
    return { problems: [{ message: (error as Error).message, place: '' }] };
  }
}

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

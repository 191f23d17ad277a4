import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { type Listening, listen } from '@firstofficer/common/listen';
import { parseAddress } from '../address.ts';
import { readContent, type Sources } from '../content/read-content.ts';
import type { SiteFile } from '../site/assets.ts';
import { renderSite } from '../site/render-site.ts';
import { loadSiteReference } from '../site/site-reference.ts';
import { checkSpec, type Problem, renderProblems } from './problems.ts';

/**
 * A running server that renders the site in memory.
 *
 * @example
 * const preview: RunningPreview = await startPreview({ sources: SOURCES, port: 0 });
 */
export interface RunningPreview extends Listening {
  /**
   * Reads and renders everything again, makes all open pages reload, and returns the problems that prevent rendering.
   * Resolves when the preview contains all changes saved before the call.
   *
   * @param check - Returns the problems of the spec. Default: `checkSpec`. Pass a function if you have checked it already,
   * because the linter takes most of the time.
   */
  refresh(check?: () => Promise<readonly Problem[]>): Promise<readonly Problem[]>;
}

/** Options of {@link startPreview}. */
export interface PreviewOptions {
  readonly sources: Sources;
  /** The port to listen on. 0 selects a free port. */
  readonly port: number;
  /** Whether to keep the last pages without problems, instead of showing the problems. Default: false. */
  readonly shouldKeepLastPages?: boolean;
  /** Called when the preview has changed. */
  readonly onRender?: () => void;
}

/** The rendered files, or the problems that prevent rendering. */
type RenderResult = { readonly files: readonly SiteFile[] } | { readonly problems: readonly Problem[] };

// The server sends its version on each connection, so that a page also reloads if it missed a change or a restart of
// the server. Hidden pages disconnect, because browsers allow only six connections per host.
const RELOAD = `const { version } = document.currentScript.dataset;
let changes;
function connect() {
  changes?.close();
  if (document.visibilityState === 'hidden') return;
  changes = new EventSource('/-/changes');
  changes.onmessage = ({ data }) => data === version || location.reload();
}
document.addEventListener('visibilitychange', connect);
connect();
`;

const LOADING_PAGE =
  '<!doctype html><html lang="en"><head><title>Docs</title></head><body><p>Rendering…</p></body></html>';

/**
 * Starts a preview server. It has no pages before the first `refresh`.
 *
 * @throws Error with a system error code (`EADDRINUSE`, `EACCES`) if the server cannot listen.
 * @example
 * const { url, refresh } = await startPreview({ sources: SOURCES, port: 8080 });
 * await refresh();
 */
export async function startPreview({
  sources,
  port,
  shouldKeepLastPages = false,
  onRender = () => {},
}: PreviewOptions): Promise<RunningPreview> {
  const openPages = new Set<ServerResponse>();
  let files: ReadonlyMap<string, SiteFile> = new Map();
  let problems: readonly Problem[] = [];
  let version = randomUUID();
  let isStale = false;
  let rendering: Promise<readonly Problem[]> | undefined;
  const checkSources = () => checkSpec(sources.spec);
  let latestCheck: () => Promise<readonly Problem[]> = checkSources;
  const sendVersion = (page: ServerResponse) => page.write(`data: ${version}\n\n`);

  /** Returns the file at a path. While there are problems, returns the problems page instead of any page. */
  const findFile = (path: string): SiteFile | undefined => {
    if (path === '-/reload.js') return { path, content: RELOAD };
    const file = files.get(path) ?? files.get(path === '' ? 'index.html' : `${path}/index.html`);
    const isPage = file === undefined || file.path.endsWith('.html');
    const hasProblemsPage = problems.length > 0 && (!shouldKeepLastPages || files.size === 0);
    return hasProblemsPage && isPage ? { path: 'problems.html', content: renderProblems(problems) } : file;
  };

  // Render sequentially: two renderings at the same time would slow each other down.
  const renderUntilFresh = async () => {
    while (isStale) {
      isStale = false;
      const result = await render(sources, latestCheck, () => isStale);
      if (isStale) continue;
      if ('files' in result) files = new Map(result.files.map((file) => [file.path, file]));
      problems = 'problems' in result ? result.problems : [];
      version = randomUUID();
      onRender();
      for (const page of openPages) sendVersion(page);
    }
    return problems;
  };

  const server = createServer((request, response) => {
    const path = decodePath(request.url);
    if (path === '-/changes') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      sendVersion(response);
      openPages.add(response);
      response.once('close', () => openPages.delete(response));
      return;
    }
    const found = findFile(path);
    const file = found ?? findFile('404.html') ?? { path: '404.html', content: LOADING_PAGE };
    const type = TYPES[extname(file.path)] ?? 'text/plain; charset=utf-8';
    response.writeHead(found ? 200 : 404, { 'Content-Type': type, 'Cache-Control': 'no-store' });
    response.end(file.path.endsWith('.html') ? addReloadScript(file, version) : file.content);
  });

  return {
    ...(await listen(server, { port })),
    refresh: (check = checkSources) => {
      isStale = true;
      latestCheck = check;
      rendering ??= renderUntilFresh().finally(() => {
        rendering = undefined;
      });
      return rendering;
    },
  };
}

async function render(
  sources: Sources,
  check: () => Promise<readonly Problem[]>,
  isStale: () => boolean,
): Promise<RenderResult> {
  try {
    const address = parseAddress('/');
    const content = await readContent(sources);
    // The linter is a separate process, so both run in parallel.
    const [found, reference] = await Promise.allSettled([check(), loadSiteReference(content, address)]);
    if (found.status === 'fulfilled' && found.value.length > 0) return { problems: found.value };
    if (reference.status === 'rejected') throw reference.reason;
    return { files: isStale() ? [] : await renderSite(content, address, reference.value) };
  } catch (error) {
    return { problems: [{ message: (error as Error).message, place: '' }] };
  }
}

/** Returns the decoded path of a URL, or the URL itself (which matches no file) if it cannot be decoded. */
function decodePath(url = '/'): string {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname).replace(/^\/|\/$/g, '');
  } catch {
    return url;
  }
}

function addReloadScript({ content }: SiteFile, version: string): string {
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

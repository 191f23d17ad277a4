import { Markup, markup } from '@firstofficer/common/markup';
import type { Plugin } from 'esbuild';
import { parseHTML } from 'linkedom';
import { FILES } from '../address.ts';
import { INLINE_SCRIPT, renderPage, type ShellSite } from '../page/shell.ts';
import { buildContentSecurityPolicy } from '../publish/headers.ts';
import { bundleOfflineScript, type SiteFile } from './assets.ts';
import type { SitePage } from './pages.ts';

/** The ID of the front page in the single file, where the URL of a page is a fragment. */
const HOME = 'home';

// Shows only the page that the URL refers to, by its own ID or that of an element on it. Works without scripts.
const STYLE = `.offline-page:not(:target, :has(:target)) { display: none }
body:not(:has(.offline-page:target, .offline-page :target)) #${HOME} { display: block }`;

/**
 * Renders the whole site as one HTML file that works from disk. Each page is a section, and the links between pages are
 * fragments.
 */
export async function renderOffline({
  pages,
  site,
  css,
  icon,
  records,
  plugins,
  servers,
}: OfflineOptions): Promise<SiteFile> {
  const toFragment = createFragments(pages, site.base);
  const script = await bundleOfflineScript(plugins);
  const style = `${css}\n${STYLE}`;
  const data = JSON.stringify(records.map((record) => ({ ...record, url: toFragment(record.url) })));
  const html = renderPage({
    title: site.title,
    description: '',
    url: undefined,
    canonical: undefined,
    markdown: undefined,
    csp: buildContentSecurityPolicy({ scripts: [INLINE_SCRIPT, script], styles: [style], servers }),
    content: {
      main: new Markup(pages.map((page) => renderSection(page, toFragment)).join('\n')),
      layout: 'offline',
      contents: [],
    },
    site: {
      ...site,
      // They are not beside the file.
      downloads: [],
      assets: { ...site.assets, icon: `data:image/svg+xml;base64,${Buffer.from(icon).toString('base64')}` },
    },
  });
  const content = rewriteLinks(html, toFragment)
    // Use functions: in a replacement string, `replace` interprets dollar signs.
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`)
    .replace(/<script type="module"[^>]*><\/script>\n/, '')
    .replace(
      '</body>',
      () => `<script type="application/json" id="search-records">${data.replaceAll('<', '\\u003c')}</script>
<script>${script}</script>
</body>`,
    );
  return { path: FILES.offline, content };
}

/** What the single file is rendered from. */
interface OfflineOptions {
  readonly pages: readonly SitePage[];
  readonly site: ShellSite;
  readonly css: string;
  /** The icon as SVG. */
  readonly icon: string;
  readonly records: readonly { readonly url: string }[];
  readonly plugins: readonly Plugin[];
  /** The servers that scripts may send requests to. */
  readonly servers: readonly string[];
}

/** Returns a function that turns the URL of a page into a fragment. It returns other URLs unchanged. */
function createFragments(pages: readonly SitePage[], base: string): (url: string) => string {
  const paths = new Set(pages.map(({ path }) => path));
  return (url) => {
    if (!url.startsWith(base)) return url;
    const [path = '', fragment] = url.slice(base.length).split('#');
    const page = path.replace(/\/$/, '');
    if (!paths.has(page)) return url;
    return `#${fragment === undefined ? page || HOME : toUniqueId(page, fragment)}`;
  };
}

/** Returns an ID that is unique in the single file. The IDs of the reference start with the path of their page. */
function toUniqueId(page: string, id: string): string {
  return page !== '' && (id === page || id.startsWith(`${page}/`)) ? id : `${page || HOME}/${id}`;
}

function renderSection({ path, title, content }: SitePage, toFragment: (url: string) => string): string {
  const { document } = parseHTML(`<!doctype html><html><body>${content.main.text}</body></html>`);
  for (const element of document.querySelectorAll('[id]')) element.id = toUniqueId(path, element.id);
  for (const attribute of ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls']) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      const ids = (element.getAttribute(attribute) ?? '').split(' ');
      element.setAttribute(attribute, ids.map((id) => toUniqueId(path, id)).join(' '));
    }
  }
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    link.setAttribute('href', `#${toUniqueId(path, (link.getAttribute('href') ?? '').slice(1))}`);
  }
  const body = rewriteLinks(document.body.innerHTML, toFragment);
  return markup`<section class="offline-page ${content.layout}" id="${path || HOME}" data-title="${title}" aria-label="${title}">${new Markup(body)}</section>`
    .text;
}

/** Replaces the links to pages by fragments. */
function rewriteLinks(html: string, toFragment: (url: string) => string): string {
  return html.replace(/(<a\b[^>]*? href=")([^"]*)"/g, (_, start: string, url: string) => `${start}${toFragment(url)}"`);
}

import { Markup, markup } from '@firstofficer/common/markup';
import type { Plugin } from 'esbuild';
import { parseHTML } from 'linkedom';
import { PAGE_SCRIPT, renderPage, type ShellSite } from '../page/shell.ts';
import { buildContentSecurityPolicy } from '../publish/headers.ts';
import { bundleOfflineScript, type SiteFile } from './assets.ts';
import type { SitePage } from './pages.ts';

/** The ID of the front page in the single file, where the URL of a page is a fragment. */
const HOME = 'home';

// Shows only the page that the URL refers to, by its own ID or that of an element on it. Works without scripts.
const STYLE = `.page:not(:target, :has(:target)) { display: none }
body:not(:has(.page:target, .page :target)) #${HOME} { display: block }`;

/**
 * Renders the whole site as one HTML file that works from disk. Each page is a section, and the links between pages are
 * fragments.
 */
export async function renderOffline({
  pages,
  shell,
  css,
  records,
  plugins,
  servers,
}: {
  readonly pages: readonly SitePage[];
  readonly shell: ShellSite;
  readonly css: string;
  readonly records: readonly { readonly url: string }[];
  readonly plugins: readonly Plugin[];
  readonly servers: readonly string[];
}): Promise<SiteFile> {
  const { base, siteTitle } = shell;
  const paths = pages.map(({ path }) => path);
  const toFragment = createFragments(paths, base);
  const script = await bundleOfflineScript(plugins);
  const style = `${css}\n${STYLE}`;
  const sections = pages.map((page) => renderSection(page, toFragment));
  const data = JSON.stringify(records.map((record) => ({ ...record, url: toFragment(record.url) })));
  const html = renderPage(shell, {
    title: siteTitle,
    description: '',
    path: '',
    content: { main: new Markup(sections.join('\n')), layout: 'offline', contents: [] },
    csp: buildContentSecurityPolicy({ scripts: [PAGE_SCRIPT, script], styles: [style], servers }),
    canonical: undefined,
    markdown: undefined,
    inline: {
      style: new Markup(`<style>${style}</style>`),
      script: new Markup(
        `<script type="application/json" id="search-records">${data.replaceAll('<', '\\u003c')}</script>\n<script>${script}</script>`,
      ),
    },
  });
  return { path: 'offline.html', content: rewriteLinks(html, toFragment) };
}

/** Returns a function that turns the URL of a page into a fragment. It returns other URLs unchanged. */
function createFragments(paths: readonly string[], base: string): (url: string) => string {
  return (url) => {
    if (!url.startsWith(base)) return url;
    const [path = '', fragment] = url.slice(base.length).split('#');
    const page = path.replace(/\/$/, '');
    if (!paths.includes(page)) return url;
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
  return markup`<section class="page layout-${content.layout}" id="${path || HOME}" data-title="${title}">${new Markup(body)}</section>`.text;
}

/** Replaces the links to pages by fragments. */
function rewriteLinks(html: string, toFragment: (url: string) => string): string {
  return html.replace(/(<a\b[^>]*? href=")([^"]*)"/g, (_, start: string, url: string) => `${start}${toFragment(url)}"`);
}

import { type Address, buildMarkdownPath, FILES } from '../address.ts';
import type { Content } from '../content/read-content.ts';
import { renderNotFound } from '../page/not-found.ts';
import { INLINE_SCRIPT, renderPage, type ShellSite } from '../page/shell.ts';
import { listDownloads } from '../publish/downloads.ts';
import { buildContentSecurityPolicy, renderHeaders } from '../publish/headers.ts';
import { renderLlms, renderLlmsFull, renderRobots, renderSitemap } from '../publish/llms-and-sitemap.ts';
import { buildPostmanCollection } from '../publish/postman-collection.ts';
import { listDownloadRecords, listRecords } from '../search/records.ts';
import { renderAssets, type SiteFile } from './assets.ts';
import { renderOffline } from './offline.ts';
import { renderPages, toSearchPage } from './pages.ts';
import type { SiteReference } from './site-reference.ts';
import { createTryItPlugin } from './try-it-modules.ts';

// Try it sends requests to servers on the reader's machine. A host may have any port, and IPv6 addresses are not valid
// in a policy.
const LOOPBACK = ['http://127.0.0.1:*', 'http://localhost:*'];

const NOT_FOUND = {
  title: 'Not found',
  description: 'There is no page at this address.',
  url: undefined,
  canonical: undefined,
  markdown: undefined,
};

/**
 * Renders all files of the site.
 *
 * @throws Error if a page has no Markdown, or if Redoc's markup has changed.
 */
export async function renderSite(content: Content, address: Address, reference: SiteReference): Promise<SiteFile[]> {
  const { base, url, current } = address;
  const { spec } = reference;
  const { title, version, contact, summary = title } = spec.info;
  const pages = await renderPages(reference, content, base);
  const downloads = listDownloads(base);
  const records = listRecords(pages.map(toSearchPage));
  const plugins = [createTryItPlugin(reference.description)];
  const { assets, files } = await renderAssets({
    theme: content.theme,
    records: [...records, ...listDownloadRecords(downloads)],
    plugins,
    base,
  });
  const shell: ShellSite = {
    title,
    provider: contact?.name,
    version,
    base,
    menu: reference.menu,
    downloads,
    assets,
    outdated: current ? { version, current } : undefined,
  };
  const csp = buildContentSecurityPolicy({ scripts: [INLINE_SCRIPT] });
  // Each page also contains its own policy, and both apply.
  const widestCsp = buildContentSecurityPolicy({ scripts: [INLINE_SCRIPT], servers: LOOPBACK });

  for (const page of pages) {
    const html = renderPage({
      title: page.title,
      description: page.description,
      url: page.route.link,
      canonical: url && url + (page.path && `${page.path}/`),
      markdown: base + buildMarkdownPath(page),
      csp: page.route.kind === 'operation' ? widestCsp : csp,
      content: page.content,
      site: shell,
    });
    files.push({ path: `${page.path}/index.html`.replace(/^\//, ''), content: html });
    files.push({ path: buildMarkdownPath(page), content: page.markdown });
  }
  files.push({
    path: '404.html',
    content: renderPage({ ...NOT_FOUND, csp, content: renderNotFound(shell.menu), site: shell }),
  });
  files.push(
    await renderOffline({
      pages,
      site: shell,
      css: content.theme.css,
      icon: content.theme.icon,
      records,
      plugins,
      servers: LOOPBACK,
    }),
  );

  const site = { title, summary, url };
  const collection = await buildPostmanCollection(spec, { username: '{{token}}', password: '' });
  const sitemap = renderSitemap(
    pages.map(({ path }) => ({ path: path && `${path}/` })),
    site,
  );
  return [
    ...files,
    { path: FILES.yaml, content: content.spec },
    { path: FILES.json, content: formatJson(spec) },
    { path: FILES.collection, content: formatJson(collection) },
    { path: FILES.llms, content: renderLlms(pages, site) },
    { path: FILES.llmsFull, content: renderLlmsFull(pages, site) },
    { path: FILES.robots, content: renderRobots(site) },
    { path: FILES.headers, content: renderHeaders({ csp: widestCsp, immutable: [`${base}assets/*`] }) },
    ...(sitemap === undefined ? [] : [{ path: FILES.sitemap, content: sitemap }]),
  ];
}

function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

import { type Address, FILES } from '../address.ts';
import type { Content } from '../content/read-content.ts';
import { renderNotFound } from '../page/not-found.ts';
import { PAGE_SCRIPT, renderPage, type ShellSite } from '../page/shell.ts';
import { buildContentSecurityPolicy, renderHeaders } from '../publish/headers.ts';
import { renderLlms, renderLlmsFull, renderRobots, renderSitemap } from '../publish/llms-and-sitemap.ts';
import { buildPostmanCollection } from '../publish/postman-collection.ts';
import { listRecords } from '../search/records.ts';
import { renderAssets, type SiteFile } from './assets.ts';
import { renderOffline } from './offline.ts';
import { renderPages } from './pages.ts';
import type { SiteReference } from './site-reference.ts';
import { createTryItPlugins } from './try-it-modules.ts';

// Try it sends requests to servers on the reader's machine. A host may have any port, and IPv6 addresses are not valid
// in a policy.
const LOOPBACK = ['http://127.0.0.1:*', 'http://localhost:*'];

/**
 * Renders all files of the site.
 *
 * @throws Error if a page has no Markdown, or if Redoc's markup has changed.
 */
export async function renderSite(content: Content, address: Address, reference: SiteReference): Promise<SiteFile[]> {
  const { base, url, current } = address;
  const { spec, routes } = reference;
  const { title, version, summary = title } = spec.info;
  const pages = await renderPages(reference, content, base);
  const records = listRecords(pages);
  const plugins = createTryItPlugins(spec);
  const { assets, files } = await renderAssets({ theme: content.theme, records, plugins, base });
  const shell: ShellSite = {
    siteTitle: title,
    version,
    base,
    assets,
    routes,
    logo: content.theme.logo,
    outdated: current ? { version, current } : undefined,
  };

  for (const page of pages) {
    const servers = page.route.kind === 'operation' ? LOOPBACK : [];
    const html = renderPage(shell, {
      title: page.title,
      description: page.description,
      path: page.path,
      content: page.content,
      csp: buildContentSecurityPolicy({ scripts: [PAGE_SCRIPT], servers }),
      canonical: url && url + (page.path && `${page.path}/`),
      markdown: page.markdownUrl,
    });
    files.push({ path: `${page.path}/index.html`.replace(/^\//, ''), content: html });
    files.push({ path: page.markdownUrl.slice(base.length), content: page.markdown });
  }
  const csp = buildContentSecurityPolicy({ scripts: [PAGE_SCRIPT] });
  files.push({ path: '404.html', content: renderPage(shell, { ...renderNotFound(shell), csp }) });
  files.push(await renderOffline({ pages, shell, css: content.theme.css, records, plugins, servers: LOOPBACK }));

  const site = { title, summary, url };
  const collection = await buildPostmanCollection(spec, { username: '{{token}}', password: '' });
  const sitemap = renderSitemap(
    pages.map(({ path }) => ({ path: path && `${path}/` })),
    site,
  );
  // Each page also contains its own policy, and both apply.
  const widest = buildContentSecurityPolicy({ scripts: [PAGE_SCRIPT], servers: LOOPBACK });
  return [
    ...files,
    { path: FILES.yaml, content: content.spec },
    { path: FILES.json, content: formatJson(spec) },
    { path: FILES.collection, content: formatJson(collection) },
    { path: FILES.llms, content: renderLlms(pages, site) },
    { path: FILES.llmsFull, content: renderLlmsFull(pages, site) },
    { path: FILES.robots, content: renderRobots(site) },
    { path: FILES.headers, content: renderHeaders({ csp: widest, immutable: [`${base}assets/*`] }) },
    ...(sitemap === undefined ? [] : [{ path: FILES.sitemap, content: sitemap }]),
  ];
}

function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

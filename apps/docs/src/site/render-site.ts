import { buildContentSecurityPolicy } from '../page/csp.ts';
import { addAccessibility, findColorModeScript, renderNoscript, renderNotFound, renderPage } from '../page/html.ts';
import {
  buildPostmanCollection,
  FILES,
  markdownPath,
  parseDescription,
  renderHeaders,
  renderLlms,
  renderLlmsFull,
  renderRobots,
  renderSitemap,
} from '../publish/index.ts';
import { withColorAttributes } from '../reference/token-colors.ts';
import type { Address } from './address.ts';
import { renderAssets, type SiteFile } from './assets.ts';
import type { Content } from './content.ts';
import { buildPages } from './pages.ts';
import type { SiteReference } from './site-reference.ts';

const NOT_FOUND = {
  title: 'Not found',
  description: 'There is no page at this address.',
  isLive: false,
  noscript: '',
  canonical: undefined,
  markdown: undefined,
};

/**
 * Renders all files of the site except `offline.html`.
 *
 * @throws Error if a page has no Markdown.
 * @example
 * const files = await renderSite(content, address, await loadSiteReference(content, address));
 */
export async function renderSite(content: Content, address: Address, reference: SiteReference): Promise<SiteFile[]> {
  const { base, url, current } = address;
  const { yaml, json, document } = parseDescription(content.spec);
  const { title, version } = reference.definition.info;
  const pages = buildPages(reference, content);
  const bodies = new Map(
    pages.map((page) => [page, addAccessibility(withColorAttributes(reference.render(page.route.link)))]),
  );
  const csp = buildContentSecurityPolicy([...bodies.values()]);
  const { assets, files } = await renderAssets({ theme: content.theme, reference, base });

  const shared = { siteTitle: title, csp, assets, outdated: current ? { version, current } : undefined };
  for (const [page, body] of bodies) {
    const content = renderPage({
      ...shared,
      ...page,
      body,
      isLive: true,
      noscript: page.isFolded ? renderNoscript(page.markdown) : '',
      canonical: url && url + (page.path && `${page.path}/`),
      markdown: base + markdownPath(page),
    });
    files.push({ path: `${page.path}/index.html`.replace(/^\//, ''), content });
    files.push({ path: markdownPath(page), content: page.markdown });
  }
  const linked = pages.filter(({ route }) => route.kind !== 'schema');
  const body = renderNotFound(linked, { base, colorMode: findColorModeScript([...bodies.values()].join('')) });
  files.push({ path: '404.html', content: renderPage({ ...shared, ...NOT_FOUND, body }) });

  const site = { title, summary: reference.definition.info.summary ?? title, url };
  const collection = await buildPostmanCollection(document, { basic: { username: '{{token}}', password: '' } });
  const sitemap = renderSitemap(
    pages.map(({ path }) => ({ path: path && `${path}/` })),
    site,
  );
  return [
    ...files,
    { path: FILES.yaml, content: yaml },
    { path: FILES.json, content: json },
    { path: FILES.collection, content: `${JSON.stringify(collection, null, 2)}\n` },
    { path: FILES.llms, content: renderLlms(pages, site) },
    { path: FILES.llmsFull, content: renderLlmsFull(pages, site) },
    { path: FILES.robots, content: renderRobots(site) },
    { path: FILES.headers, content: renderHeaders({ csp, immutable: [`${base}assets/*`] }) },
    ...(sitemap === undefined ? [] : [{ path: FILES.sitemap, content: sitemap }]),
  ];
}

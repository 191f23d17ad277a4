import { contentSecurityPolicy } from '../page/csp.ts';
import { accessibleHtml, colorModeScript, noscriptHtml, notFoundHtml, pageHtml } from '../page/html.ts';
import {
  FILES,
  headersFile,
  llmsFullTxt,
  llmsTxt,
  markdownPath,
  postmanCollection,
  publishedDescription,
  robotsTxt,
  sitemapXml,
} from '../publish/index.ts';
import { withColorAttributes } from '../reference/token-colors.ts';
import type { Address } from './address.ts';
import { renderAssets, type SiteFile } from './assets.ts';
import type { Content } from './content.ts';
import { sitePages } from './pages.ts';
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
  const { yaml, json, document } = publishedDescription(content.spec);
  const { title, version } = reference.definition.info;
  const pages = sitePages(reference, content);
  const bodies = new Map(
    pages.map((page) => [page, accessibleHtml(withColorAttributes(reference.render(page.route.link)))]),
  );
  const csp = contentSecurityPolicy([...bodies.values()]);
  const { assets, files } = await renderAssets({ theme: content.theme, reference, base });

  const shared = { siteTitle: title, csp, assets, outdated: current ? { version, current } : undefined };
  for (const [page, body] of bodies) {
    const content = pageHtml({
      ...shared,
      ...page,
      body,
      isLive: true,
      noscript: page.isFolded ? noscriptHtml(page.markdown) : '',
      canonical: url && url + (page.path && `${page.path}/`),
      markdown: base + markdownPath(page),
    });
    files.push({ path: `${page.path}/index.html`.replace(/^\//, ''), content });
    files.push({ path: markdownPath(page), content: page.markdown });
  }
  const linked = pages.filter(({ route }) => route.kind !== 'schema');
  const body = notFoundHtml(linked, { base, colorMode: colorModeScript([...bodies.values()].join('')) });
  files.push({ path: '404.html', content: pageHtml({ ...shared, ...NOT_FOUND, body }) });

  const site = { title, summary: reference.definition.info.summary ?? title, url };
  const collection = await postmanCollection(document, { basic: { username: '{{token}}', password: '' } });
  const sitemap = sitemapXml(
    pages.map(({ path }) => ({ path: path && `${path}/` })),
    site,
  );
  return [
    ...files,
    { path: FILES.yaml, content: yaml },
    { path: FILES.json, content: json },
    { path: FILES.collection, content: `${JSON.stringify(collection, null, 2)}\n` },
    { path: FILES.llms, content: llmsTxt(pages, site) },
    { path: FILES.llmsFull, content: llmsFullTxt(pages, site) },
    { path: FILES.robots, content: robotsTxt(site) },
    { path: FILES.headers, content: headersFile({ csp, immutable: [`${base}assets/*`] }) },
    ...(sitemap === undefined ? [] : [{ path: FILES.sitemap, content: sitemap }]),
  ];
}

import { type Address, FILES, type MarkdownPage, markdownPath } from '../address.ts';
import type { Content } from '../content/read-content.ts';
import { renderReferencePages } from '../markdown/reference-pages.ts';
import { parseDescription } from '../publish/description.ts';
import { buildContentSecurityPolicy, renderHeaders } from '../publish/headers.ts';
import {
  addAccessibility,
  findColorModeScript,
  renderNoscript,
  renderNotFound,
  renderPage,
} from '../publish/html-page.ts';
import { renderLlms, renderLlmsFull, renderRobots, renderSitemap } from '../publish/llms-and-sitemap.ts';
import { buildPostmanCollection } from '../publish/postman-collection.ts';
import { SCHEMAS } from '../reference/description.ts';
import { type ResolveLink, replaceLinks } from '../reference/guide-markdown.ts';
import type { Route } from '../reference/redoc.ts';
import { withColorAttributes } from '../reference/redoc-edits.ts';
import { renderAssets, type SiteFile } from './assets.ts';
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

/** A page of the site, without Redoc's markup. */
export interface SitePage extends MarkdownPage {
  readonly route: Route;
  /** Whether Redoc hides parts of the page until a click, such as other statuses and samples. */
  readonly isFolded: boolean;
}

/**
 * Returns the pages of the site: each page of Redoc's menu with its Markdown.
 *
 * @throws Error if a page has no Markdown.
 * @example
 * const pages = buildPages(reference, content);
 */
export function buildPages(
  { routes, definition, resolveInMarkdown }: SiteReference,
  { guides }: Pick<Content, 'guides'>,
): SitePage[] {
  const reference = renderReferencePages(definition);
  return routes.map((route) => {
    const { path, title, key } = route;
    const guide = guides.find(({ slug }) => slug === path);
    if (guide) {
      const { description } = guide;
      const markdown = replaceLinks(guide.markdown, resolveInMarkdown);
      return { path, title, description, markdown, group: route.group, route, isFolded: false };
    }
    if (route.kind === 'tag' && key === SCHEMAS)
      return { ...schemaList(routes, resolveInMarkdown), path, title, group: route.group, route, isFolded: false };
    const page = reference.find(({ kind, name }) => kind === route.kind && name === key);
    if (!page) throw new Error(`there is no Markdown for the page "${title}" (${route.kind} ${key}).`);
    const { description, markdown } = page;
    // Use the title from the menu, so that a page has the same title everywhere.
    return {
      path,
      title,
      description,
      markdown,
      group: route.group || 'Introduction',
      route,
      isFolded: route.kind !== 'introduction',
    };
  });
}

function schemaList(routes: readonly Route[], resolve: ResolveLink): Pick<MarkdownPage, 'description' | 'markdown'> {
  const schemas = routes.filter(({ kind }) => kind === 'schema');
  const links = schemas.map(({ title, key }) => `- [${title}](${resolve(`reference:schema/${key}`)})`);
  const description = 'The objects that requests and responses are made of.';
  return { description, markdown: `# ${SCHEMAS}\n\n${description}\n\n${links.join('\n')}\n` };
}

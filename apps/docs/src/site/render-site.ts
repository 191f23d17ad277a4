import { type Address, buildMarkdownPath, FILES, type MarkdownPage } from '../address.ts';
import type { Content } from '../content/read-content.ts';
import { renderReferencePages } from '../markdown/reference-pages.ts';
import { buildContentSecurityPolicy, renderHeaders } from '../publish/headers.ts';
import { renderNoscript, renderNotFound, renderPage } from '../publish/html-page.ts';
import { renderLlms, renderLlmsFull, renderRobots, renderSitemap } from '../publish/llms-and-sitemap.ts';
import { buildPostmanCollection } from '../publish/postman-collection.ts';
import { SCHEMAS } from '../reference/description.ts';
import { replaceLinks } from '../reference/guide-markdown.ts';
import type { Route } from '../reference/redoc.ts';
import { editMarkup, findColorModeScript } from '../reference/redoc-edits.ts';
import { renderAssets, type SiteFile } from './assets.ts';
import type { SiteReference } from './site-reference.ts';

/** A page of the site, without Redoc's markup. */
interface SitePage extends MarkdownPage {
  readonly route: Route;
  /** Whether Redoc hides parts of the page until a click, such as other statuses and samples. */
  readonly hasHiddenParts: boolean;
}

const NOT_FOUND = {
  title: 'Not found',
  description: 'There is no page at this address.',
  isHydrated: false,
  noscript: '',
  canonical: undefined,
  markdown: undefined,
};

/**
 * Renders all files of the site except `offline.html`.
 *
 * @throws Error if a page has no Markdown.
 */
export async function renderSite(content: Content, address: Address, reference: SiteReference): Promise<SiteFile[]> {
  const { base, url, current } = address;
  const { spec } = reference;
  const { title, version, summary = title } = spec.info;
  const pages = buildPages(reference, content);
  const bodies = new Map(pages.map((page) => [page, editMarkup(reference.render(page.route.link))]));
  const csp = buildContentSecurityPolicy([...bodies.values()]);
  // Render the assets after the pages: the style sheet contains the CSS of all pages rendered so far.
  const { assets, files } = await renderAssets({ theme: content.theme, reference, base });

  const shared = { siteTitle: title, csp, assets, outdated: current ? { version, current } : undefined };
  for (const [page, body] of bodies) {
    const html = renderPage({
      ...shared,
      ...page,
      body,
      isHydrated: true,
      noscript: page.hasHiddenParts ? renderNoscript(page.markdown) : '',
      canonical: url && url + (page.path && `${page.path}/`),
      markdown: base + buildMarkdownPath(page),
    });
    files.push({ path: `${page.path}/index.html`.replace(/^\//, ''), content: html });
    files.push({ path: buildMarkdownPath(page), content: page.markdown });
  }
  const linked = pages.filter(({ route }) => route.kind !== 'schema');
  const body = renderNotFound(linked, { base, colorMode: findColorModeScript([...bodies.values()].join('')) });
  files.push({ path: '404.html', content: renderPage({ ...shared, ...NOT_FOUND, body }) });

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
    { path: FILES.headers, content: renderHeaders({ csp, immutable: [`${base}assets/*`] }) },
    ...(sitemap === undefined ? [] : [{ path: FILES.sitemap, content: sitemap }]),
  ];
}

function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * Returns the pages of the site: each page of Redoc's menu with its Markdown.
 *
 * @throws Error if a page has no Markdown.
 */
export function buildPages(
  { routes, definition, resolveInMarkdown }: SiteReference,
  { guides }: Pick<Content, 'guides'>,
): SitePage[] {
  const referencePages = renderReferencePages(definition);
  return routes.map((route) => {
    // Use the title from the menu, so that a page has the same title everywhere.
    const { path, title, key, kind } = route;
    const shared = { route, path, title, group: route.group || 'Introduction' };
    const guide = guides.find(({ slug }) => slug === path);
    if (guide) {
      const markdown = replaceLinks(guide.markdown, resolveInMarkdown);
      return { ...shared, description: guide.description, markdown, hasHiddenParts: false };
    }
    if (kind === 'tag' && key === SCHEMAS) {
      const links = routes
        .filter((other) => other.kind === 'schema')
        .map((schema) => `- [${schema.title}](${resolveInMarkdown(`reference:schema/${schema.key}`)})`);
      const description = 'The objects that requests and responses are made of.';
      const markdown = `# ${SCHEMAS}\n\n${description}\n\n${links.join('\n')}\n`;
      return { ...shared, description, markdown, hasHiddenParts: false };
    }
    const page = referencePages.find((other) => other.kind === kind && other.name === key);
    if (!page) throw new Error(`there is no Markdown for the page "${title}" (${kind} ${key}).`);
    const { description, markdown } = page;
    return { ...shared, description, markdown, hasHiddenParts: kind !== 'introduction' };
  });
}

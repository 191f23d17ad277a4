import { describeDeprecation } from '@firstofficer/openapi';
import type { MarkdownPage } from '../address.ts';
import type { Content } from '../content/read-content.ts';
import { renderReferencePages } from '../markdown/reference-pages.ts';
import { renderGuide } from '../page/guide.ts';
import { renderHome } from '../page/home.ts';
import { renderOperationPage } from '../page/operation.ts';
import type { PageContent } from '../page/page.ts';
import { renderSchemaPage } from '../page/schema.ts';
import { renderTagPage } from '../page/tag.ts';
import { SCHEMAS } from '../reference/description.ts';
import { replaceLinks } from '../reference/guide-markdown.ts';
import type { Route } from '../reference/redoc.ts';
import type { SearchPage } from '../search/records.ts';
import { capitalize } from '../words/capitalize.ts';
import type { SiteReference } from './site-reference.ts';

/** A page of the site. */
export interface SitePage extends MarkdownPage {
  readonly route: Route;
  readonly content: PageContent;
}

/**
 * Returns the pages of the site in the order of the menu, as HTML and as Markdown.
 *
 * @throws Error if a page has no Markdown, or if Redoc's markup has changed.
 */
export async function renderPages(reference: SiteReference, content: Content, base: string): Promise<SitePage[]> {
  const texts = describePages(reference, content);
  return Promise.all(
    texts.map(async (page) => ({
      ...page,
      content: await renderContent(page, { reference, content, base }),
    })),
  );
}

/**
 * Returns what the search reads of a page.
 *
 * @example
 * listRecords(pages.map(toSearchPage))[0]?.url; // '/'
 */
export function toSearchPage({ title, route, content }: SitePage): SearchPage {
  const kind = route.kind === 'schema' ? 'schema' : 'page';
  const isDeprecated = route.deprecation !== undefined;
  return { title, url: route.link, kind, isDeprecated, main: content.main.text };
}

/** The sources of the pages of a site. */
interface SiteSource {
  readonly reference: SiteReference;
  readonly content: Content;
  readonly base: string;
}

async function renderContent({ route }: Pick<SitePage, 'route'>, source: SiteSource): Promise<PageContent> {
  switch (route.kind) {
    case 'introduction':
      return renderHome({ ...source.reference, ...source.content, document: source.reference.definition });
    case 'guide':
      return renderGuidePage(route, source);
    case 'operation':
      return renderOperationPage(route, source);
    case 'schema':
      return renderSchemaPage(route, source);
    case 'tag':
      return renderTagPage(route, source);
  }
}

function renderGuidePage(route: Route, { content, reference: { resolve, routes } }: SiteSource): PageContent {
  const { markdown, diagrams } = findGuide(content, route);
  const guides = routes.filter(({ kind }) => kind === 'guide');
  const place = guides.indexOf(route);
  const toLink = (other: Route | undefined) => other && { title: other.title, url: other.link };
  return renderGuide({
    markdown: replaceLinks(markdown, resolve),
    diagrams,
    previous: toLink(guides[place - 1]),
    next: toLink(guides[place + 1]),
  });
}

function findGuide({ guides }: Pick<Content, 'guides'>, route: Route) {
  const guide = guides.find(({ slug }) => slug === route.key);
  if (!guide) throw new Error(`there is no guide ${route.key}.`);
  return guide;
}

/**
 * Returns the pages of the site as Markdown, in the order of the menu.
 *
 * @throws Error if a page has no Markdown.
 */
function describePages(
  { routes, definition, resolveInMarkdown }: Pick<SiteReference, 'routes' | 'definition' | 'resolveInMarkdown'>,
  content: Pick<Content, 'guides'>,
): (MarkdownPage & { readonly route: Route })[] {
  const referencePages = renderReferencePages(definition);
  return routes.map((route) => {
    // Use the title from the menu, so that a page has the same title everywhere.
    const { path, title, key, kind, deprecation } = route;
    const shared = { route, path, title, group: route.group || 'Introduction' };
    if (kind === 'guide') {
      const { description, markdown } = findGuide(content, route);
      return { ...shared, description, markdown: replaceLinks(markdown, resolveInMarkdown) };
    }
    if (kind === 'tag' && key === SCHEMAS) {
      const links = routes
        .filter((other) => other.kind === 'schema')
        .map((schema) => `- [${schema.title}](${resolveInMarkdown(`reference:schema/${schema.key}`)})`);
      const description = 'The objects in requests and responses.';
      return { ...shared, description, markdown: `# ${SCHEMAS}\n\n${description}\n\n${links.join('\n')}\n` };
    }
    const page = referencePages.find((other) => other.kind === kind && other.name === key);
    if (!page) throw new Error(`there is no Markdown for the page "${title}" (${kind} ${key}).`);
    const warning = deprecation ? `${capitalize(describeDeprecation(deprecation))} ` : '';
    return { ...shared, description: warning + page.description, markdown: page.markdown };
  });
}

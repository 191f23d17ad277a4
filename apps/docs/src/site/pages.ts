import { renderReferencePages } from '../markdown/index.ts';
import type { MarkdownPage } from '../publish/index.ts';
import { SCHEMAS } from '../reference/description.ts';
import { type ResolveLink, replaceLinks } from '../reference/guide-markdown.ts';
import type { Route } from '../reference/routes.ts';
import type { Content } from './content.ts';
import type { SiteReference } from './site-reference.ts';

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

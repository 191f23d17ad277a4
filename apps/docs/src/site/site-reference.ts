import { type Description, listOperations } from '@firstofficer/openapi';
import { parse } from 'yaml';
import { type Address, buildMarkdownPath } from '../address.ts';
import type { Content } from '../content/read-content.ts';
import { buildMenu, type MenuGroup } from '../page/menu.ts';
import { type Document, extendDescription } from '../reference/description.ts';
import { checkLinks, createLinkResolver, type ResolveLink } from '../reference/guide-markdown.ts';
import { buildRedocOptions, listRoutes, loadReference, type Reference, type Route } from '../reference/redoc.ts';
import { generateSamples } from './generate-samples.ts';
import { resolveDescription } from './try-it-modules.ts';

/** The reference of the site: Redoc's pages and the data that they are rendered from. */
export interface SiteReference extends Omit<Reference, 'menu'> {
  /** The parsed spec. */
  readonly spec: Document;
  /** The spec with its references resolved. */
  readonly description: Description;
  /** The spec with the samples and the examples of schemas, as Redoc renders it. */
  readonly definition: Document;
  /** The pages in the order of the menu: the front page, the guides and the reference. */
  readonly routes: readonly Route[];
  readonly menu: readonly MenuGroup[];
  /** Resolves a link of a guide. */
  readonly resolve: ResolveLink;
  /** Resolves a link of a guide in the Markdown version of the site. */
  readonly resolveInMarkdown: ResolveLink;
}

/**
 * Loads the reference with the samples, and lists the pages of the site.
 *
 * @throws Error if the spec is not valid YAML, Redoc cannot read it, or a guide has a broken link.
 */
export async function loadSiteReference(content: Content, { base }: Address): Promise<SiteReference> {
  const spec = parse(content.spec) as Document;
  const description = await resolveDescription(spec);
  const generated = generateSamples(description, content.samples);
  const definition = extendDescription(spec, { samples: [...content.samples, ...generated] });
  const reference = await loadReference(definition, buildRedocOptions(base));
  const [introduction, ...pages] = listRoutes(reference.menu, definition, base);
  if (!introduction) throw new Error('Redoc lists no page.');
  const guides = content.guides.map(({ slug, title }) => ({
    path: slug,
    link: `${base}${slug}/`,
    title,
    kind: 'guide' as const,
    key: slug,
    group: 'Guides',
  }));
  const routes = [introduction, ...guides, ...pages];
  const operations = new Map(
    listOperations(spec).map(({ method, path, definition: { operationId } }) => [
      String(operationId),
      `${method} ${path}`,
    ]),
  );
  const createResolver = (toUrl: (path: string) => string) =>
    createLinkResolver({ toUrl, guides: content.guides, routes, operations });
  const toUrl = (path: string) => (path === '' ? base : `${base}${path}/`);
  const resolve = createResolver(toUrl);
  checkLinks(content.guides, resolve);
  return {
    ...reference,
    spec,
    description,
    definition,
    routes,
    menu: buildMenu(routes, toUrl),
    resolve,
    resolveInMarkdown: createResolver((path) => base + buildMarkdownPath({ path })),
  };
}

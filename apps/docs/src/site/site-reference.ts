import { listOperations } from '@firstofficer/openapi';
import { parse } from 'yaml';
import { type Address, buildMarkdownPath } from '../address.ts';
import type { Content } from '../content/read-content.ts';
import { type Document, extendDescription } from '../reference/description.ts';
import { checkLinks, createLinkResolver, type ResolveLink } from '../reference/guide-markdown.ts';
import {
  buildRedocOptions,
  listRoutes,
  loadReference,
  type RedocOptions,
  type Reference,
  type Route,
} from '../reference/redoc.ts';

/** The reference of the site: Redoc's pages and the data that they are rendered from. */
export interface SiteReference extends Reference {
  /** The parsed spec. */
  readonly spec: Document;
  /** The spec with the samples, the guides and the logo, as Redoc renders it. */
  readonly definition: Document;
  readonly options: RedocOptions;
  /** The definition for the single-file site: its links are fragments. */
  readonly offline: Document;
  readonly routes: readonly Route[];
  /** Resolves a link of a guide in the Markdown version of the site. */
  readonly resolveInMarkdown: ResolveLink;
}

/**
 * Loads the reference with the samples, the guides and the logo.
 *
 * @throws Error if the spec is not valid YAML, Redoc cannot read it, or a guide has a broken link.
 */
export async function loadSiteReference(content: Content, { base }: Address): Promise<SiteReference> {
  const spec = parse(content.spec) as Document;
  const options = buildRedocOptions(base, content.samples);
  const logo = {
    url: `data:image/svg+xml;base64,${Buffer.from(content.theme.logo).toString('base64')}`,
    href: base,
    altText: 'FirstOfficer',
  };
  // Compute the routes first, with unresolved links: resolving the links needs the routes.
  const draft = extendDescription(spec, { ...content, logo, resolve: (target) => target });
  const routes = listRoutes((await loadReference(draft, options)).menu, draft, base);
  const operations = new Map(
    listOperations(spec).map(({ method, path, definition }) => [String(definition.operationId), `${method} ${path}`]),
  );
  const createResolver = (toUrl: (path: string) => string) =>
    createLinkResolver({ toUrl, guides: content.guides, routes, operations });
  const resolve = createResolver((path) => base + path);
  checkLinks(content.guides, resolve);
  const definition = extendDescription(spec, { ...content, logo, resolve });
  // In the single file the URL of a page is a fragment, so links cannot point to a heading on a page.
  const inOneFile = { logo: { ...logo, href: '#/' }, resolve: createResolver((path) => `#/${path}`) };
  return {
    ...(await loadReference(definition, options)),
    spec,
    definition,
    options,
    routes,
    offline: extendDescription(spec, { ...content, ...inOneFile }),
    resolveInMarkdown: createResolver((path) => base + buildMarkdownPath({ path })),
  };
}

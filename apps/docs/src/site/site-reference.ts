import { parse } from 'yaml';
import { type Address, markdownPath } from '../address.ts';
import type { Content } from '../content/read-content.ts';
import { listOperations } from '../markdown/operation.ts';
import { type Document, describe } from '../reference/description.ts';
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
 * @example
 * const { routes, render } = await loadSiteReference(content, parseAddress('/'));
 */
export async function loadSiteReference(content: Content, address: Address): Promise<SiteReference> {
  const spec = parse(content.spec) as Document;
  const options = buildRedocOptions(address.base, content.samples);
  const logo = {
    url: `data:image/svg+xml;base64,${Buffer.from(content.theme.logo).toString('base64')}`,
    href: address.base,
    altText: 'FirstOfficer',
  };
  // Compute the routes first, with unresolved links: resolving the links needs the routes.
  const draft = describe(spec, { ...content, logo, resolve: (target) => target });
  const routes = listRoutes((await loadReference(draft, options)).menu, draft, address.base);
  const operations = operationKeysById(spec);
  const resolver = (of: (path: string) => string) =>
    createLinkResolver({ address: of, guides: content.guides, routes, operations });
  const resolve = resolver((path) => address.base + path);
  checkLinks(content.guides, resolve);
  const definition = describe(spec, { ...content, logo, resolve });
  // In the single file the URL of a page is a fragment, so links cannot point to a heading on a page.
  const inOneFile = { logo: { ...logo, href: '#/' }, resolve: resolver((path) => `#/${path}`) };
  return {
    ...(await loadReference(definition, options)),
    definition,
    options,
    routes,
    offline: describe(spec, { ...content, ...inOneFile }),
    resolveInMarkdown: resolver((path) => address.base + markdownPath({ path })),
  };
}

function operationKeysById(document: Document): Map<string, string> {
  return new Map(
    listOperations(document).map(({ method, path, operation }) => [String(operation.operationId), `${method} ${path}`]),
  );
}

import './production.ts';
import { type Deprecation, listOperations, readDeprecation } from '@firstofficer/openapi';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { StaticRouter } from 'react-router';
import { type Document, SCHEMAS } from './description.ts';
import { flattenAllOf } from './flatten.ts';
import { loadRedoc } from './load-redoc.ts';

/** An entry of Redoc's menu. */
export interface MenuItem {
  readonly type: string;
  readonly label: string;
  readonly link?: string;
  readonly httpVerb?: string;
  readonly httpPath?: string;
  readonly items?: readonly MenuItem[];
}

/** Redoc's options. */
export type RedocOptions = Readonly<Record<string, unknown>>;

/** Renders the pages of a description. */
export interface Reference {
  readonly menu: readonly MenuItem[];
  /** Returns the HTML of the page at a link of the menu. */
  render(link: string): string;
}

/**
 * Loads a description into Redoc for rendering.
 *
 * @throws Error with Redoc's message if Redoc cannot read the description.
 */
export async function loadReference(document: Document, options: RedocOptions): Promise<Reference> {
  const basePath = String(options.basePath ?? '/');
  const { prepareApiDocs, RedoclyApiDocsStandalone } = await loadRedoc();
  const prepared = await prepareApiDocs({ spec: flattenAllOf(document), options: { ...options }, basePath });
  const { items, store } = prepared;
  return {
    menu: items as readonly MenuItem[],
    render: (link) => {
      const props = { items, store, basePath, options: prepared.options, spec: prepared.document };
      const page = createElement(RedoclyApiDocsStandalone, { ...props, telemetryConfig: { disabled: true } });
      return renderToStaticMarkup(createElement(StaticRouter, { location: link }, page));
    },
  };
}

/** Returns Redoc's options for a site at a base path. */
export function buildRedocOptions(base: string): RedocOptions {
  return {
    router: 'history',
    basePath: base === '/' ? '/' : base.slice(0, -1),
    schemaDefinitionsTagName: SCHEMAS,
    schemasExpansionLevel: 'all',
    skipBundle: true,
    disableTelemetry: true,
  };
}

/** A page of the site. */
export interface Route {
  /**
   * The path below the base path without outer slashes, such as `customers/retrievecustomer`. Empty for the front page.
   */
  readonly path: string;
  /** The URL path of the page, with a slash at its end: `/customers/retrievecustomer/`. */
  readonly link: string;
  readonly title: string;
  readonly kind: 'introduction' | 'guide' | 'tag' | 'operation' | 'schema';
  /** The method and path of an operation, the name of a tag or schema, or the slug of a guide. Else empty. */
  readonly key: string;
  /** The menu heading above this page. */
  readonly group: string;
  /** Only if the operation or the schema is deprecated. */
  readonly deprecation?: Deprecation;
}

/** Returns all pages that the menu links to, in the order of the menu. */
export function listRoutes(menu: readonly MenuItem[], document: Document, base: string): Route[] {
  const schemas = Object.keys(document.components?.schemas ?? {});
  const operations = listOperations(document);
  const addDeprecation = (route: Route): Route => {
    const { kind, key } = route;
    const operation = operations.find(({ method, path }) => kind === 'operation' && key === `${method} ${path}`);
    const deprecation = readDeprecation(
      kind === 'schema' ? document.components?.schemas?.[key] : operation?.definition,
    );
    return deprecation ? { ...route, deprecation } : route;
  };
  const listGroup = (items: readonly MenuItem[], heading: string): Route[] => {
    let group = heading;
    return items.flatMap((item) => {
      if (item.type === 'separator') group = item.label;
      const own = item.link === undefined ? [] : [addDeprecation({ ...toRoute(item, { base, schemas }), group })];
      return [...own, ...listGroup(item.items ?? [], group)];
    });
  };
  return listGroup(menu, '');
}

function toRoute(item: MenuItem, { base, schemas }: { readonly base: string; readonly schemas: readonly string[] }) {
  const { link = '', label: title, httpVerb, httpPath } = item;
  const path = `${link}/`.slice(base.length).replace(/\/+$/, '');
  const page = { path, link: `${link.replace(/\/+$/, '')}/`, title };
  if (path === '') return { ...page, kind: 'introduction' as const, key: '' };
  if (httpVerb === undefined) return { ...page, kind: 'tag' as const, key: title };
  if (httpVerb !== 'schema') {
    return { ...page, kind: 'operation' as const, key: `${httpVerb.toUpperCase()} ${httpPath}` };
  }
  // Redoc's paths are in lowercase, and its labels are the titles of schemas that have one.
  const name = path.split('/').at(-1);
  return { ...page, kind: 'schema' as const, key: schemas.find((schema) => schema.toLowerCase() === name) ?? title };
}

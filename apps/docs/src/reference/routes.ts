import type { Document } from './description.ts';
import type { MenuItem } from './redoc.ts';

/** A page of the site. */
export interface Route {
  /**
   * The path below the base path without outer slashes, such as `customers/retrievecustomer`. Empty for the front page.
   */
  readonly path: string;
  /** The path from the root of the host, as in Redoc's menu: `/customers/retrievecustomer`. */
  readonly link: string;
  readonly title: string;
  readonly kind: 'introduction' | 'tag' | 'operation' | 'schema';
  /** The method and path of an operation, or the name of a tag or schema. Empty for the introduction. */
  readonly key: string;
  /** The menu heading above this page. */
  readonly group: string;
}

/**
 * Returns all pages that the menu links to, in the order of the menu.
 *
 * @example
 * listRoutes(reference.menu, document, '/').map(({ path }) => path); // ['', 'get-started', …]
 */
export function listRoutes(menu: readonly MenuItem[], document: Document, base: string): Route[] {
  const routes: Route[] = [];
  const schemas = Object.keys(document.components?.schemas ?? {});
  const walk = (items: readonly MenuItem[], heading: string): void => {
    let group = heading;
    for (const item of items) {
      if (item.type === 'separator') group = item.label;
      if (item.link !== undefined) {
        const path = `${item.link}/`.slice(base.length).replace(/\/+$/, '');
        const kind = kindOf(item, path);
        const key = keyOf(item, { kind, path, schemas });
        routes.push({ path, link: item.link, title: item.label, kind, key, group });
      }
      walk(item.items ?? [], group);
    }
  };
  walk(menu, '');
  return routes;
}

function kindOf({ httpVerb }: MenuItem, path: string): Route['kind'] {
  if (path === '') return 'introduction';
  if (httpVerb === undefined) return 'tag';
  return httpVerb === 'schema' ? 'schema' : 'operation';
}

function keyOf(
  item: MenuItem,
  { kind, path, schemas }: Pick<Route, 'kind' | 'path'> & { readonly schemas: readonly string[] },
): string {
  if (kind === 'introduction') return '';
  if (kind === 'operation') return `${item.httpVerb?.toUpperCase()} ${item.httpPath}`;
  if (kind === 'tag') return item.label;
  // Redoc's paths are in lower case, and its labels are the titles of schemas that have one.
  const name = path.split('/').at(-1);
  return schemas.find((schema) => schema.toLowerCase() === name) ?? item.label;
}

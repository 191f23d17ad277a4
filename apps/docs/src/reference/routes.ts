import type { Document } from './description.ts';
import type { MenuItem } from './redoc.ts';

/** A page of the site. */
export interface Route {
  /** Its path below the site's address, without a slash at either end: `customers/retrievecustomer`; '' for the first. */
  readonly path: string;
  /** As Redoc's menu has it, from the root of the host: `/customers/retrievecustomer`. */
  readonly link: string;
  readonly title: string;
  readonly kind: 'introduction' | 'tag' | 'operation' | 'schema';
  /** By which the description knows it: method and path of an operation, the name of a tag or schema; else empty. */
  readonly key: string;
  /** The heading above it in the menu. */
  readonly group: string;
}

/**
 * Every page that the menu leads to, in its order.
 *
 * @example
 * routesOf(reference.menu, document, '/').map(({ path }) => path); // ['', 'get-started', …]
 */
export function routesOf(menu: readonly MenuItem[], document: Document, base: string): Route[] {
  const routes: Route[] = [];
  const schemas = Object.keys(document.components?.schemas ?? {});
  const walk = (items: readonly MenuItem[], heading: string): void => {
    let group = heading;
    for (const item of items) {
      if (item.type === 'separator') group = item.label;
      if (item.link !== undefined) {
        const path = `${item.link}/`.slice(base.length).replace(/\/+$/, '');
        const kind = kindOf(item, path);
        const key = keyOf(item, kind, path, schemas);
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

function keyOf(item: MenuItem, kind: Route['kind'], path: string, schemas: readonly string[]): string {
  if (kind === 'introduction') return '';
  if (kind === 'operation') return `${item.httpVerb?.toUpperCase()} ${item.httpPath}`;
  if (kind === 'tag') return item.label;
  // Redoc lowers the case of a name, and shows the title of a schema that has one.
  const name = path.split('/').at(-1);
  return schemas.find((schema) => schema.toLowerCase() === name) ?? item.label;
}

import type { MenuItem } from './redoc.ts';

/** A page of the site. */
export interface Route {
  /** Its path below the site's address, without a slash at either end: `customers/retrievecustomer`; '' for the first. */
  readonly path: string;
  /** As Redoc's menu has it: `/customers/retrievecustomer`. */
  readonly link: string;
  readonly title: string;
  readonly kind: 'introduction' | 'tag' | 'operation' | 'schema';
  /** The heading above it in the menu. */
  readonly group: string;
}

/**
 * Every page that the menu leads to, in its order.
 *
 * @example
 * routesOf(reference.menu).map(({ path }) => path); // ['', 'get-started', …]
 */
export function routesOf(menu: readonly MenuItem[]): Route[] {
  const routes: Route[] = [];
  const walk = (items: readonly MenuItem[], heading: string): void => {
    let group = heading;
    for (const item of items) {
      if (item.type === 'separator') group = item.label;
      if (item.link !== undefined) {
        const path = item.link.replace(/^\/|\/$/g, '');
        routes.push({ path, link: item.link, title: item.label, kind: kindOf(item, path), group });
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

import type { Guide } from '../guides/index.ts';
import type { ResolveLink } from './guide-markdown.ts';
import type { Route } from './routes.ts';

const REFERENCE = 'reference:';

/**
 * Follows every link of the guides.
 *
 * @throws Error that names the guide, the line and the link, if one leads nowhere.
 * @example
 * checkLinks(guides, resolve);
 */
export function checkLinks(guides: readonly Guide[], resolve: ResolveLink): void {
  for (const { file, links } of guides) {
    for (const { target, line } of links) {
      try {
        resolve(target);
      } catch (error) {
        throw new Error(`guides/${file}:${line}: the link to ${target} leads nowhere: ${(error as Error).message}`);
      }
    }
  }
}

/**
 * Resolves the links of guides: `4-errors-and-retries.md` to another guide, `reference:operation/retrieveCustomer`,
 * `reference:schema/Customer` and the like to the reference, anything else as it is.
 *
 * @throws Error if a link leads nowhere.
 * @example
 * const resolve = linkResolver({ address: (path) => `/${path}`, guides, routes, operations: new Map() });
 */
export function linkResolver({
  address,
  guides,
  routes,
  operations,
}: {
  /** The address of a page, by its path. */
  readonly address: (path: string) => string;
  readonly guides: readonly Guide[];
  readonly routes: readonly Route[];
  /** The key of each operation's route, by its ID. */
  readonly operations: ReadonlyMap<string, string>;
}): ResolveLink {
  return (target) => {
    const [place = '', fragment] = target.split('#');
    const anchor = fragment === undefined ? '' : `#${fragment}`;
    const at = (path: string) => (address(path).includes('#') ? address(path) : address(path) + anchor);
    if (place.endsWith('.md') && !place.includes(':')) {
      const guide = guides.find(({ file }) => file === place);
      if (!guide) throw new Error(`${place} is no guide.`);
      return at(guide.slug);
    }
    if (!place.startsWith(REFERENCE)) return target;
    const [kind, name = ''] = place.slice(REFERENCE.length).split('/');
    const key = kind === 'operation' ? operations.get(name) : name;
    const route = routes.find((candidate) => candidate.kind === kind && candidate.key === key);
    if (!route) throw new Error(`the reference has no ${target.slice(REFERENCE.length)}.`);
    return at(route.path);
  };
}

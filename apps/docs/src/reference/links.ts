import type { Guide } from '../guides/index.ts';
import type { ResolveLink } from './guide-markdown.ts';
import type { Route } from './routes.ts';

const REFERENCE = 'reference:';

/**
 * Checks every link in the guides.
 *
 * @throws Error with the guide, the line and the link if the target of a link does not exist.
 * @example
 * checkLinks(guides, resolve);
 */
export function checkLinks(guides: readonly Guide[], resolve: ResolveLink): void {
  for (const { file, links } of guides) {
    for (const { target, line } of links) {
      try {
        resolve(target);
      } catch (error) {
        throw new Error(`guides/${file}:${line}: the link to ${target} is broken: ${(error as Error).message}`);
      }
    }
  }
}

/**
 * Returns a function that resolves links in guides. `4-errors-and-retries.md` links to a guide;
 * `reference:operation/retrieveCustomer` and `reference:schema/Customer` link to the reference. Other links stay
 * unchanged. The function throws an Error if the target does not exist.
 *
 * @example
 * const resolve = createLinkResolver({ address: (path) => `/${path}`, guides, routes, operations: new Map() });
 */
export function createLinkResolver({
  address,
  guides,
  routes,
  operations,
}: {
  /** Returns the URL of a page by its path. */
  readonly address: (path: string) => string;
  readonly guides: readonly Guide[];
  readonly routes: readonly Route[];
  /** The route keys of the operations, by operation ID. */
  readonly operations: ReadonlyMap<string, string>;
}): ResolveLink {
  return (target) => {
    const [place = '', fragment] = target.split('#');
    const anchor = fragment === undefined ? '' : `#${fragment}`;
    const at = (path: string) => (address(path).includes('#') ? address(path) : address(path) + anchor);
    if (place.endsWith('.md') && !place.includes(':')) {
      const guide = guides.find(({ file }) => file === place);
      if (!guide) throw new Error(`there is no guide ${place}.`);
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

import type { Link, Nodes } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Guide } from '../content/guides.ts';
import { parseMarkdown } from '../markdown/render.ts';

const REFERENCE = 'reference:';

/** Returns the URL for a link in a guide, such as `4-errors-and-retries.md`. */
export type ResolveLink = (target: string) => string;

/**
 * Checks every link in the guides.
 *
 * @throws Error with the guide, the line and the link if the target of a link does not exist.
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
 */
export function createLinkResolver({
  toUrl,
  guides,
  routes,
  operations,
}: {
  /** Returns the URL of a page by its path. */
  readonly toUrl: (path: string) => string;
  readonly guides: readonly Pick<Guide, 'slug' | 'file'>[];
  readonly routes: readonly { readonly kind: string; readonly key: string; readonly path: string }[];
  /** The route keys of the operations, by operation ID. */
  readonly operations: ReadonlyMap<string, string>;
}): ResolveLink {
  return (target) => {
    const [base = '', fragment] = target.split('#');
    const anchor = fragment === undefined ? '' : `#${fragment}`;
    if (base.endsWith('.md') && !base.includes(':')) {
      const guide = guides.find(({ file }) => file === base);
      if (!guide) throw new Error(`there is no guide ${base}.`);
      return toUrl(guide.slug) + anchor;
    }
    if (!base.startsWith(REFERENCE)) return target;
    const [kind, name = ''] = base.slice(REFERENCE.length).split('/');
    const key = kind === 'operation' ? operations.get(name) : name;
    const route = routes.find((candidate) => candidate.kind === kind && candidate.key === key);
    if (!route) throw new Error(`the reference has no ${target.slice(REFERENCE.length)}.`);
    return toUrl(route.path) + anchor;
  };
}

/**
 * Returns the text with the URLs of its links replaced.
 *
 * @example
 * replaceLinks('[more](5-metrics.md)', () => '/metrics'); // '[more](/metrics)'
 */
export function replaceLinks(markdown: string, resolve: ResolveLink): string {
  return replaceNodes(markdown, 'link', (source, { url }: Link) => source.replace(`](${url})`, `](${resolve(url)})`));
}

/** Replaces the source of nodes, from last to first, so that the offsets of the remaining nodes stay valid. */
function replaceNodes<Node extends Nodes>(
  markdown: string,
  type: Node['type'],
  replace: (source: string, node: Node) => string,
): string {
  let result = markdown;
  const nodes: Node[] = [];
  visit(parseMarkdown(markdown), type, (node) => void nodes.push(node as Node));
  for (const node of nodes.toReversed()) {
    const { start, end } = node.position ?? {};
    if (start?.offset === undefined || end?.offset === undefined) continue;
    result =
      result.slice(0, start.offset) +
      replace(markdown.slice(start.offset, end.offset), node) +
      result.slice(end.offset);
  }
  return result;
}

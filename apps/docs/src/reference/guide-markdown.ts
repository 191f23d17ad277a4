import type { Heading, Link, Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { visit } from 'unist-util-visit';

/** Returns the URL for a link in a guide, such as `4-errors-and-retries.md`. */
export type ResolveLink = (target: string) => string;

/**
 * Returns the text with the URLs of its links replaced.
 *
 * @example
 * replaceLinks('[more](5-metrics.md)', () => '/metrics'); // '[more](/metrics)'
 */
export function replaceLinks(markdown: string, resolve: ResolveLink): string {
  return replace(markdown, 'link', (source, { url }: Link) => source.replace(`](${url})`, `](${resolve(url)})`));
}

/**
 * Returns the text with its headings as HTML, because Redoc makes a separate page of each Markdown heading.
 *
 * @example
 * convertHeadings('## Send a key'); // '<h2 id="send-a-key">Send a key</h2>'
 */
export function convertHeadings(markdown: string): string {
  return replace(markdown, 'heading', (source, { depth }: Heading) => {
    const text = source.replace(/^#+\s+/, '');
    return `<h${depth} id="${slugOf(text)}">${text.replace(/`([^`]*)`/g, '<code>$1</code>')}</h${depth}>`;
  });
}

/** Replaces the source of nodes, from last to first, so that the offsets of the remaining nodes stay valid. */
function replace<Node extends Nodes>(
  markdown: string,
  type: Node['type'],
  text: (source: string, node: Node) => string,
): string {
  const tree = fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  let result = markdown;
  const nodes: Node[] = [];
  visit(tree, type, (node) => void nodes.push(node as Node));
  for (const node of nodes.toReversed()) {
    const { start, end } = node.position ?? {};
    if (start?.offset === undefined || end?.offset === undefined) continue;
    result =
      result.slice(0, start.offset) + text(markdown.slice(start.offset, end.offset), node) + result.slice(end.offset);
  }
  return result;
}

function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

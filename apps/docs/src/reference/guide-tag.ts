import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';
import type { Guide } from '../guides/index.ts';

/** Turns a link of a guide, such as `4-errors-and-retries.md`, into an address of the site. */
export type ResolveLink = (target: string) => string;

/**
 * A guide as the tag by which Redoc shows it: a page of its own that documents no operation.
 *
 * @example
 * guideTag(guide, (target) => target).name; // 'get-started'
 */
export function guideTag(guide: Guide, resolve: ResolveLink): { name: string; description: string } {
  return {
    name: guide.slug,
    ...{ 'x-displayName': guide.title, 'x-traitTag': true },
    description: withAddresses(guide.markdown, resolve),
  };
}

/**
 * Links lead to addresses of the site, and headings are written in HTML: of a Markdown heading Redoc would make a page
 * of its own.
 */
function withAddresses(markdown: string, resolve: ResolveLink): string {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const edits: { start: number; end: number; text: string }[] = [];
  visit(tree, (node) => {
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (start === undefined || end === undefined) return;
    const source = markdown.slice(start, end);
    if (node.type === 'heading') {
      const text = source.replace(/^#+\s+/, '');
      edits.push({ start, end, text: `<h${node.depth} id="${slugOf(text)}">${text.replace(/`([^`]*)`/g, '<code>$1</code>')}</h${node.depth}>` });
    }
    if (node.type === 'link') {
      edits.push({ start, end, text: source.replace(`](${node.url})`, `](${resolve(node.url)})`) });
    }
  });
  return edits.toReversed().reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), markdown);
}

function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

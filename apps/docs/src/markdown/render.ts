import type { Heading, Paragraph, PhrasingContent, Root, RootContent, TableCell } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown, gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import { gfmTable } from 'micromark-extension-gfm-table';

// Pages are built as syntax trees, so that one library does all escaping. The functions that create nodes have the
// names of the node types in mdast.

/** A piece of text, such as a constraint of a schema. */
export type Phrase = readonly (PhrasingContent | string)[];

export function heading(depth: number, ...children: Phrase): Heading {
  return { type: 'heading', depth: Math.min(depth, 6) as Heading['depth'], children: toNodes(children) };
}

export function paragraph(...children: Phrase): Paragraph {
  return { type: 'paragraph', children: toNodes(children) };
}

export function code(value: string, lang: string): RootContent {
  return { type: 'code', value: value.replace(/\n+$/, ''), lang: lang || null };
}

export function list(items: readonly Phrase[]): RootContent[] {
  if (items.length === 0) return [];
  const children = items.map((item) => ({
    type: 'listItem' as const,
    spread: false,
    children: [paragraph(...item)],
  }));
  return [{ type: 'list', ordered: false, spread: false, children }];
}

export function table(head: readonly string[], rows: readonly (readonly Phrase[])[]): RootContent[] {
  if (rows.length === 0) return [];
  const cell = (children: Phrase): TableCell => ({ type: 'tableCell', children: toNodes(children) });
  const row = (cells: readonly Phrase[]) => ({ type: 'tableRow' as const, children: cells.map(cell) });
  return [{ type: 'table', children: [row(head.map((name) => [name])), ...rows.map(row)] }];
}

export function inlineCode(value: string): PhrasingContent {
  return { type: 'inlineCode', value };
}

export function strong(value: string): PhrasingContent {
  return { type: 'strong', children: [{ type: 'text', value }] };
}

/** Returns a link. Its text is the URL if there is no label. */
export function link(url: string, label?: string): PhrasingContent {
  return { type: 'link', url, children: [{ type: 'text', value: label || url }] };
}

/** Joins phrases with a separator. */
export function join(phrases: readonly Phrase[], separator: string): Phrase {
  return phrases.flatMap((phrase, index) => (index === 0 ? phrase : [separator, ...phrase]));
}

/** Parses Markdown with tables. */
export function parseMarkdown(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
}

/** Renders a page as Markdown. The text ends with one newline. */
export function renderMarkdown(children: RootContent[]): string {
  return toMarkdown(
    { type: 'root', children },
    { bullet: '-', rule: '-', fences: true, extensions: [gfmTableToMarkdown({ tablePipeAlign: false })] },
  );
}

function toNodes(children: Phrase): PhrasingContent[] {
  return children.map((child) => (typeof child === 'string' ? { type: 'text', value: child } : child));
}

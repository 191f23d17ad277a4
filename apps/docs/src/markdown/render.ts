import type { Heading, PhrasingContent, Root, RootContent, TableCell } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown, gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import { gfmTable } from 'micromark-extension-gfm-table';

// Pages are built as syntax trees, so that one library does all escaping. The functions that create nodes have the
// names of the node types in mdast.

export function heading(depth: number, ...children: (PhrasingContent | string)[]): Heading {
  return { type: 'heading', depth: Math.min(depth, 6) as Heading['depth'], children: phrasing(children) };
}

export function paragraph(...children: (PhrasingContent | string)[]): RootContent {
  return { type: 'paragraph', children: phrasing(children) };
}

export function code(value: string, lang: string): RootContent {
  return { type: 'code', value: value.replace(/\n+$/, ''), lang: lang || null };
}

export function list(items: readonly (readonly (PhrasingContent | string)[])[]): RootContent[] {
  if (items.length === 0) return [];
  const children = items.map((item) => ({
    type: 'listItem' as const,
    spread: false,
    children: [{ type: 'paragraph' as const, children: phrasing(item) }],
  }));
  return [{ type: 'list', ordered: false, spread: false, children }];
}

export function table(
  head: readonly string[],
  rows: readonly (readonly (readonly (PhrasingContent | string)[])[])[],
): RootContent[] {
  if (rows.length === 0) return [];
  const row = (cells: readonly TableCell[]) => ({ type: 'tableRow' as const, children: [...cells] });
  const cell = (children: readonly (PhrasingContent | string)[]): TableCell => ({
    type: 'tableCell',
    children: phrasing(children),
  });
  return [
    { type: 'table', children: [row(head.map((name) => cell([name]))), ...rows.map((cells) => row(cells.map(cell)))] },
  ];
}

export function inlineCode(value: string): PhrasingContent {
  return { type: 'inlineCode', value };
}

export function strong(value: string): PhrasingContent {
  return { type: 'strong', children: [{ type: 'text', value }] };
}

export function link(url: string, label = url): PhrasingContent {
  return { type: 'link', url, children: [{ type: 'text', value: label }] };
}

/** Joins phrases with a separator. */
export function join(
  phrases: readonly (readonly (PhrasingContent | string)[])[],
  separator: string,
): (PhrasingContent | string)[] {
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

function phrasing(children: readonly (PhrasingContent | string)[]): PhrasingContent[] {
  return children.map((child) => (typeof child === 'string' ? { type: 'text', value: child } : child));
}

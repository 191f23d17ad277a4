import type { Definition, Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { parseMarkdown } from './render.ts';

// Descriptions are CommonMark. They are parsed because their headings must be below the page's headings, because table
// cells have one line, and because two descriptions may define the same link reference.

/** Returns a description as blocks. Its top headings get the given depth. */
export function renderProse(markdown: unknown, depth: number): RootContent[] {
  const { children } = parseProse(markdown);
  const depths = children.flatMap((node) => (node.type === 'heading' ? [node.depth] : []));
  const shift = Math.max(0, depth - Math.min(...depths));
  for (const node of children) {
    if (node.type === 'heading') node.depth = Math.min(node.depth + shift, 6) as typeof node.depth;
  }
  return children;
}

/** Returns a description as one line, for a table cell. */
export function renderOneLine(markdown: unknown): PhrasingContent[] {
  return parseProse(markdown)
    .children.flatMap(splitLines)
    .flatMap((line, index) => (index === 0 ? line : [{ type: 'html', value: '<br>' } as const, ...line]));
}

/** Returns the first paragraph of a description as plain text. */
export function extractFirstParagraph(markdown: unknown): string {
  const found = parseProse(markdown).children.find(({ type }) => type === 'paragraph');
  return found ? plainText(found).replace(/\s+/g, ' ').trim() : '';
}

function parseProse(markdown: unknown): Root {
  const root = parseMarkdown(typeof markdown === 'string' ? markdown : '');
  const definitions = new Map<string, Definition>();
  collectDefinitions(root, definitions);
  return inlineReferences(root, definitions) as Root;
}

function collectDefinitions(node: Nodes, found: Map<string, Definition>): void {
  // If two definitions have the same name, the first one counts.
  if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node);
  if ('children' in node) for (const child of node.children) collectDefinitions(child, found);
}

function inlineReferences(node: Nodes, definitions: ReadonlyMap<string, Definition>): Nodes {
  if (node.type === 'imageReference') {
    const { url = '', title } = definitions.get(node.identifier) ?? {};
    return { type: 'image', url, title: title ?? null, alt: node.alt ?? null };
  }
  if (!('children' in node)) return node;
  const children = node.children
    .filter(({ type }) => type !== 'definition')
    .map((child) => inlineReferences(child, definitions));
  if (node.type === 'linkReference') {
    const { url = '', title } = definitions.get(node.identifier) ?? {};
    return { type: 'link', url, title: title ?? null, children: children as PhrasingContent[] } as Nodes;
  }
  return { ...node, children } as Nodes;
}

function splitLines(node: Nodes): PhrasingContent[][] {
  if (node.type === 'paragraph' || node.type === 'heading') return [node.children.map(joinLines)];
  if (node.type === 'code') return node.value.split('\n').map((value) => [{ type: 'inlineCode', value }]);
  if (node.type === 'html') return [[{ type: 'html', value: node.value.replace(/\s*\n\s*/g, ' ') }]];
  if (node.type === 'listItem') {
    const [first = [], ...rest] = node.children.flatMap(splitLines);
    return [[{ type: 'text', value: '• ' }, ...first], ...rest];
  }
  if (node.type === 'tableRow') return [node.children.flatMap((cell) => [...cell.children, text(' ')])];
  return 'children' in node ? node.children.flatMap(splitLines) : [];
}

function joinLines(node: PhrasingContent): PhrasingContent {
  if (node.type === 'break') return text(' ');
  if (node.type === 'text' || node.type === 'inlineCode' || node.type === 'html') {
    return { ...node, value: node.value.replace(/\s*\n\s*/g, ' ') };
  }
  return 'children' in node ? ({ ...node, children: node.children.map(joinLines) } as PhrasingContent) : node;
}

function text(value: string): PhrasingContent {
  return { type: 'text', value };
}

import type { Definition, Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import { toString as toPlainText } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
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
  return found ? toPlainText(found).replace(/\s+/g, ' ').trim() : '';
}

/** Parses a description. Links and images have their URLs in place of references to definitions. */
function parseProse(markdown: unknown): Root {
  const root = parseMarkdown(typeof markdown === 'string' ? markdown : '');
  const definitions = new Map<string, Definition>();
  visit(root, 'definition', (node) => {
    // If two definitions have the same name, the first one counts.
    if (!definitions.has(node.identifier)) definitions.set(node.identifier, node);
  });
  const findTarget = (identifier: string) => {
    const { url = '', title = null } = definitions.get(identifier) ?? {};
    return { url, title };
  };
  visit(root, 'linkReference', ({ identifier, children }, index = 0, parent) => {
    parent?.children.splice(index, 1, { type: 'link', ...findTarget(identifier), children });
  });
  visit(root, 'imageReference', ({ identifier, alt = null }, index = 0, parent) => {
    parent?.children.splice(index, 1, { type: 'image', ...findTarget(identifier), alt });
  });
  visit(root, 'definition', (_, index = 0, parent) => {
    parent?.children.splice(index, 1);
    return index;
  });
  return root;
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

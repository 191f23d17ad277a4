import { loadDescription } from '@firstofficer/openapi';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { readGuides } from '../../src/guides/index.ts';

const { document, operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
const { schemas } = document.components as { schemas: object };
const guides = await readGuides();

/** The link targets in the reference. */
const REFERENCE = [
  'reference:authentication',
  ...operations.map(({ id }) => `reference:operation/${id}`),
  ...Object.keys(schemas).map((name) => `reference:schema/${name}`),
];

function linksOf(markdown: string): string[] {
  const links: string[] = [];
  visit(fromMarkdown(markdown), ['link', 'definition', 'image'], (node) => {
    if ('url' in node) links.push(node.url);
  });
  return links;
}

test.for(guides)('every link in $file points to a guide, the reference or an HTTPS URL', (guide) => {
  const known = [...REFERENCE, ...guides.map(({ file }) => file)];
  const links = linksOf(guide.markdown);

  expect(links).not.toEqual([]);
  expect(links.filter((link) => !known.includes(link) && !link.startsWith('https://'))).toEqual([]);
});

test('every guide except the first is linked from another guide', () => {
  const linked = guides.flatMap(({ file, markdown }) => linksOf(markdown).filter((link) => link !== file));

  expect(guides.slice(1).filter(({ file }) => !linked.includes(file))).toEqual([]);
});

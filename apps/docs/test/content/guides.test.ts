import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Guide, readGuides } from '../../src/content/guides.ts';
import { SOURCES } from '../../src/content/read-content.ts';
import { renderGuide } from '../../src/page/guide.ts';
import { description } from '../fixtures.ts';
import { PACKAGES } from './session.ts';

const guides = await readGuides(SOURCES.guides);
const { document, operations } = description;
const { schemas } = document.components as { schemas: object };

test('guides are numbered without gaps and sorted by number', () => {
  expect(guides.map(({ order }) => order)).toEqual(guides.map((_, index) => index + 1));
  expect(guides[0]).toMatchObject({ slug: 'get-started', title: 'Get started', file: '1-get-started.md' });
  expect(guides[0]?.description).toMatch(/^Retrieve the metrics of one customer: .*live API\.$/);
});

test('fences contain the code of their files and have no options', async () => {
  const sample = join(SOURCES.samples, 'retrieveCustomer/1-retrieve/curl.sh');

  expect(guides[0]?.markdown).toContain(`\n\`\`\`sh\n${await readFile(sample, 'utf8')}\`\`\`\n`);
  for (const { markdown, fences } of guides) {
    const codes: [string | null | undefined, string][] = [];
    visit(fromMarkdown(markdown), 'code', ({ lang, meta, value }) => {
      expect(meta ?? '').toBe('');
      codes.push([lang, value]);
    });
    expect(codes).toEqual(fences.map(({ lang, source }) => [lang, source]));
  }
});

test('the text between fences and diagrams is unchanged', async () => {
  const guide = guides.find(({ slug }) => slug === 'metrics');
  const text = await readFile(join(SOURCES.guides, '5-metrics.md'), 'utf8');
  const withoutCode = (markdown = '') =>
    markdown.replaceAll(/^```.*?^```$/gms, '').replaceAll(/!\[(.*?)\]\(.*?\)/g, '$1');

  expect(withoutCode(guide?.markdown)).toBe(withoutCode(text));
});

test('a guide has one title and at most two levels of headings below it', () => {
  for (const { file, markdown } of guides) {
    const depths: number[] = [];
    visit(fromMarkdown(markdown), 'heading', ({ depth }) => void depths.push(depth));
    expect(
      depths.filter((depth) => depth === 1 || depth > 3),
      file,
    ).toEqual([1]);
  }
});

test('the changelog contains the current version of the API, and every package', async () => {
  const { markdown = '' } = guides.find(({ slug }) => slug === 'changelog') ?? {};
  const { info } = parse(await readFile(SOURCES.spec, 'utf8'));

  expect(markdown).toContain(`\n## API version ${info.version.split('.')[0]}\n`);
  const [, packages] = markdown.split('\n## Packages\n');
  for (const name of PACKAGES) expect(packages).toContain(`\`${name}\``);
});

/** The link targets in the reference. */
const REFERENCE = [
  ...operations.map(({ id }) => `reference:operation/${id}`),
  ...Object.keys(schemas).map((name) => `reference:schema/${name}`),
];

function listLinks(markdown: string): string[] {
  const links: string[] = [];
  visit(fromMarkdown(markdown), ['link', 'definition', 'image'], (node) => {
    if ('url' in node) links.push(node.url);
  });
  return links;
}

/** Returns the targets of links to a guide and to its headings. */
function listTargets({ file, markdown }: Guide): string[] {
  return [file, ...renderGuide({ markdown }).contents.map(({ id }) => `${file}#${id}`)];
}

test.for(guides)('every link in $file points to a guide, the reference or an HTTPS URL', (guide) => {
  const known = [...REFERENCE, ...guides.flatMap(listTargets)];
  const links = listLinks(guide.markdown);

  expect(links).not.toEqual([]);
  expect(links.filter((link) => !known.includes(link) && !link.startsWith('https://'))).toEqual([]);
});

test('every guide except the first is linked from another guide', () => {
  const linked = guides.flatMap(({ file, markdown }) => listLinks(markdown).filter((link) => link !== file));

  expect(guides.slice(1).filter(({ file }) => !linked.includes(file))).toEqual([]);
});

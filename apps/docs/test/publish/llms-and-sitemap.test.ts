import { XmlDocument } from 'libxml2-wasm';
import { expect, onTestFinished, test } from 'vitest';
import { buildMarkdownPath, FILES, type MarkdownPage, type Site } from '../../src/address.ts';
import { renderLlms, renderLlmsFull, renderRobots, renderSitemap } from '../../src/publish/llms-and-sitemap.ts';
import { readPage } from '../fixtures.ts';

const pages: readonly MarkdownPage[] = [
  { path: '', title: 'Zoo', description: 'All of it.', markdown: '# Zoo\n\nWelcome.\n', group: 'Start' },
  { path: 'animals/get', title: 'Get [one]', description: '', markdown: '# Get [one]\n', group: 'Animals' },
  { path: '/animals/a & <b>/', title: 'Cats', description: 'Big *cats*.', markdown: '# Cats\n', group: 'Animals' },
  { path: 'rules', title: 'Rules', description: 'Be kind.', markdown: '# Rules\n', group: 'Start' },
];

const site: Site = { title: 'Zoo_docs', summary: 'About > animals.', url: 'https://docs.example.com/zoo' };

test('llms.txt has a title, a summary and lists of links with descriptions', () => {
  const text = renderLlms(pages, site);
  const { headings, items } = readPage(text);

  expect(text.split('\n').slice(0, 3)).toEqual(['# Zoo_docs', '', '> About > animals.']);
  expect(headings).toEqual([
    [1, 'Zoo_docs'],
    [2, 'Start'],
    [2, 'Animals'],
    [2, 'Complete files'],
  ]);
  expect(items.slice(0, 4)).toEqual(['Zoo: All of it.', 'Rules: Be kind.', 'Get [one]', 'Cats: Big *cats*.']);
});

test('llms.txt links to the Markdown of every page, the description, the collection and llms-full.txt', () => {
  const base = 'https://docs.example.com/zoo/';

  expect(readPage(renderLlms(pages, site)).links).toEqual([
    `${base}index.md`,
    `${base}rules.md`,
    `${base}animals/get.md`,
    `${base}animals/a%20%26%20%3Cb%3E.md`,
    ...[FILES.llmsFull, FILES.yaml, FILES.json, FILES.collection].map((file) => base + file),
  ]);
});

test('without the URL of the site, links are relative to its base path', () => {
  const { links } = readPage(renderLlms(pages, { ...site, url: undefined }));

  expect(links.slice(0, 3)).toEqual(['index.md', 'rules.md', 'animals/get.md']);
});

test('llms-full.txt contains every page in full with its URL', () => {
  const text = renderLlmsFull(pages, site);

  for (const { markdown } of pages) expect(text).toContain(`\n\n${markdown}`);
  expect(text.match(/^Source: .*$/gm)).toHaveLength(pages.length);
  expect(text).toContain('Source: https://docs.example.com/zoo/animals/get.md\n\n# Get [one]\n');
  // Three hyphens directly below a line of text would make that line a heading.
  expect(text).not.toMatch(/[^\n]\n---/);
});

test('a Markdown file has the path of its page, and the front page has the file index.md', () => {
  expect(pages.map(buildMarkdownPath)).toEqual(['index.md', 'animals/get.md', 'animals/a & <b>.md', 'rules.md']);
});

/** Returns the URLs in a sitemap, read by a strict XML parser. */
function parseSitemap(xml = ''): string[] {
  const document = XmlDocument.fromString(xml);
  onTestFinished(() => document.dispose());
  return document
    .find('/s:urlset/s:url/s:loc', { s: 'http://www.sitemaps.org/schemas/sitemap/0.9' })
    .map((node) => node.content);
}

test('the sitemap has the absolute URL of every page', () => {
  expect(parseSitemap(renderSitemap(pages, site))).toEqual([
    'https://docs.example.com/zoo/',
    'https://docs.example.com/zoo/animals/get',
    'https://docs.example.com/zoo/animals/a%20%26%20%3Cb%3E/',
    'https://docs.example.com/zoo/rules',
  ]);
});

test('special XML characters in a URL are escaped', () => {
  const url = "https://docs.example.com/it's&more/";

  expect(parseSitemap(renderSitemap([{ path: 'a' }], { url }))).toEqual([`${url}a`]);
});

test('there is no sitemap without the URL of the site', () => {
  expect(renderSitemap(pages, { url: undefined })).toBeUndefined();
  expect(renderRobots({ url: undefined })).toBe('User-agent: *\nAllow: /\n');
});

test('robots.txt allows everything and names the sitemap', () => {
  expect(renderRobots(site)).toBe('User-agent: *\nAllow: /\n\nSitemap: https://docs.example.com/zoo/sitemap.xml\n');
});

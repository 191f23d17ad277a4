import { expect, test } from 'vitest';
import { FILES, markdownPath, renderLlms, renderLlmsFull } from '../../src/publish/index.ts';
import { readPage } from '../markdown/page.ts';
import { pages, site } from './site.ts';

test('llms.txt has a title, a summary and lists of links with descriptions', () => {
  const text = renderLlms(pages, site);
  const { headings, items } = readPage(text);

  expect(text.split('\n').slice(0, 3)).toEqual(['# Zoo_docs', '', '> About > animals.']);
  expect(headings).toEqual([
    [1, 'Zoo_docs'],
    [2, 'Start'],
    [2, 'Animals'],
    [2, 'Whole'],
  ]);
  expect(items.slice(0, 4)).toEqual(['Zoo: All of it.', 'Rules: Be kind.', 'Get [one]', 'Cats: Big *cats*.']);
});

test('llms.txt links to the Markdown of every page, the description, the collection and llms-full.txt', () => {
  const base = 'https://docs.example.com/zoo/';

  expect(readPage(renderLlms(pages, site)).links).toEqual([
    `${base}index.md`,
    `${base}rules.md`,
    `${base}animals/get.md`,
    `${base}animals/lion%20%26%20%3Ctiger%3E.md`,
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

test('the Markdown file has the path of its page; that of the front page is index.md', () => {
  expect(pages.map(markdownPath)).toEqual(['index.md', 'animals/get.md', 'animals/lion & <tiger>.md', 'rules.md']);
});

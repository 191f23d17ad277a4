import { expect, test } from 'vitest';
import { parseAddress } from '../../src/address.ts';
import { readContent, SOURCES } from '../../src/content/read-content.ts';
import { renderSite } from '../../src/site/render-site.ts';
import { loadSiteReference } from '../../src/site/site-reference.ts';

const URL = 'https://docs.example.com/v1/';
const content = await readContent(SOURCES);

async function renderPages(current?: string) {
  const address = { ...parseAddress(URL), ...(current && { current }) };
  const files = await renderSite(content, address, await loadSiteReference(content, address));
  const pages = files.filter(({ path }) => path.endsWith('.html'));
  return { files, pages: pages.map(({ path, content }) => ({ path, html: String(content) })) };
}

const older = await renderPages('https://docs.example.com/');

const NOTICE = /<aside class="outdated"[^>]*>This is version \d+\.\d+\.\d+\. <a href="https:\/\/docs\.example\.com\/">/;

test('every page of an older version has a notice with a link to the current version', async () => {
  expect(older.pages.length).toBeGreaterThan(10);
  expect(older.pages.filter(({ html }) => !NOTICE.test(html))).toEqual([]);
});

test('pages of an older version have their own canonical URLs and assets', async () => {
  for (const { path, html } of older.pages) {
    const [, canonical] = /<link rel="canonical" href="([^"]*)">/.exec(html) ?? [];
    if (path.endsWith('index.html')) expect(canonical).toBe(URL + path.replace(/index\.html$/, ''));
    const [head = ''] = html.split('</head>');
    const local = [...head.matchAll(/(?:src|href|data-records)="(\/[^"]*)"/g)].map(([, url]) => url);
    expect(local.filter((url) => !url?.startsWith('/v1/'))).toEqual([]);
  }
  const headers = older.files.find(({ path }) => path === '_headers');
  expect(headers?.content).toContain('\n/v1/assets/*\n');
});

test('pages of the current version have no notice', async () => {
  const { pages } = await renderPages();

  expect(pages.filter(({ html }) => html.includes('<aside class="outdated"'))).toEqual([]);
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseAddress } from '../../src/site/address.ts';
import { buildSite } from '../../src/site/build-site.ts';
import { readContent, SOURCES } from '../../src/site/content.ts';
import { hydrate, listRoutes, openSite } from './site.ts';
import { unexpected } from './watch.ts';

const folder = await mkdtemp(join(tmpdir(), 'firstofficer-docs-'));
await buildSite(await readContent(SOURCES), {
  address: parseAddress('https://example.com/sub/'),
  folder,
  compress: false,
});
const site = await openSite({ folder, base: '/sub/' });
afterAll(async () => {
  await site[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test('the site works below a path', async () => {
  await using reader = await site.reader();
  const { page, watched } = reader;
  await page.goto('customers/retrievecustomer/');
  await hydrate(page);
  await page.getByRole('link', { name: 'Metrics' }).first().click();
  await page.waitForURL(/\/sub\/metrics/);
  await page.getByRole('heading', { name: 'Amounts' }).waitFor();

  expect(watched.foreign()).toEqual([]);
  expect(unexpected(watched.messages)).toEqual([]);
});

test('each page has a unique title, description and canonical URL', async () => {
  const routes = (await listRoutes(folder)).map((route) =>
    route.replace(/^https:\/\/example\.com\/sub\/(index$)?/, ''),
  );
  const heads = await Promise.all(
    routes.map(async (route) => {
      const html = await readFile(join(folder, route, 'index.html'), 'utf8');
      const [, title = ''] = /<title>(.*?)<\/title>/.exec(html) ?? [];
      const [, description = ''] = /<meta name="description" content="(.*?)">/.exec(html) ?? [];
      const [, canonical = ''] = /<link rel="canonical" href="(.*?)">/.exec(html) ?? [];
      expect(html).toContain(`<meta property="og:url" content="${canonical}">`);
      expect(html).toContain(`<meta property="og:description" content="${description}">`);
      return { title, description, canonical };
    }),
  );

  for (const name of ['title', 'description', 'canonical'] as const) {
    expect(new Set(heads.map((head) => head[name])).size).toBe(routes.length);
  }
  expect(heads.every(({ canonical }) => canonical.startsWith('https://example.com/sub/'))).toBe(true);
  expect(await readFile(join(folder, 'sitemap.xml'), 'utf8')).toContain('https://example.com/sub/metrics/');
});

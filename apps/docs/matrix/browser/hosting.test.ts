import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAddress } from '../../src/address.ts';
import { readContent, SOURCES } from '../../src/content/read-content.ts';
import { buildSite } from '../../src/site/build-site.ts';
import { hydrate, listRoutes, openSite } from './site.ts';

const folder = await mkdtemp(join(tmpdir(), 'firstofficer-docs-'));
await buildSite(await readContent(SOURCES), {
  address: parseAddress('https://example.com/sub/'),
  folder,
  shouldCompress: false,
});
const site = await openSite({ folder, base: '/sub/' });
const file = pathToFileURL(join(folder, 'offline.html')).href;
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

  expect(watched.listForeign()).toEqual([]);
  expect(watched.listUnexpected()).toEqual([]);
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

describe.each(['light', 'dark'] as const)('the single file, opened from disk without a network, %s', (colorScheme) => {
  test('shows the reference and the guides, has working links and sends no requests', async () => {
    await using reader = await site.reader({ colorScheme, offline: true });
    const { page, watched } = reader;
    await page.goto(file);
    await page.locator(`html.${colorScheme}`).waitFor({ state: 'attached' });
    await page.getByRole('heading', { name: /FirstOfficer Customers API/ }).waitFor();
    await page.locator('.menu-content').getByText('Metrics', { exact: true }).click();
    await page.waitForURL(/#\/metrics/);
    await page.getByRole('heading', { name: 'Amounts' }).waitFor();

    expect(watched.requests.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
    expect(watched.listUnexpected()).toEqual([]);
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAddress } from '../../src/address.ts';
import { readContent, SOURCES } from '../../src/content/read-content.ts';
import { buildSite } from '../../src/site/build-site.ts';
import { listRoutes, openSite } from './site.ts';

const folder = await createTemporaryFolder({ onTestFinished: afterAll });
await buildSite(await readContent(SOURCES), {
  address: parseAddress('https://example.com/sub/'),
  folder,
  shouldCompress: false,
});
const site = await openSite({ folder, base: '/sub/' });
const file = pathToFileURL(join(folder, 'offline.html')).href;
afterAll(() => site[Symbol.asyncDispose]());

test('the site works below a base path', async () => {
  const { page, log } = await site.open('customers/retrievecustomer/');
  await page.getByRole('link', { name: 'Metrics' }).first().click();
  await page.waitForURL(/\/sub\/metrics/);
  await page.getByRole('heading', { name: 'Amounts' }).waitFor();

  expect(log.listForeign()).toEqual([]);
  expect(log.listUnexpected()).toEqual([]);
});

test('each page has a unique canonical URL', async () => {
  const routes = (await listRoutes(folder)).map((route) =>
    route.replace(/^https:\/\/example\.com\/sub\/(index$)?/, ''),
  );
  const urls = await Promise.all(
    routes.map(async (route) => {
      const html = await readFile(join(folder, route, 'index.html'), 'utf8');
      const [, canonical = ''] = /<link rel="canonical" href="(.*?)">/.exec(html) ?? [];
      expect(html).toContain(`<meta property="og:url" content="${canonical}">`);
      return canonical;
    }),
  );

  expect(new Set(urls).size).toBe(routes.length);
  expect(urls.filter((url) => !url.startsWith('https://example.com/sub/'))).toEqual([]);
  expect(await readFile(join(folder, 'sitemap.xml'), 'utf8')).toContain('https://example.com/sub/metrics/');
});

describe.each(['light', 'dark'] as const)('the single file, opened from disk without a network, %s', (colorScheme) => {
  test('shows the reference and the guides, has working links and sends no requests', async () => {
    const { page, log } = await site.open(file, { colorScheme, offline: true });
    await page.getByRole('heading', { name: /FirstOfficer Customers API/ }).waitFor();
    await page.locator('nav.menu').getByRole('link', { name: 'Metrics', exact: true }).click();
    await page.waitForURL(/#.*metrics/);
    await page.getByRole('heading', { name: 'Amounts' }).waitFor();

    expect(log.requests.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
    expect(log.listUnexpected()).toEqual([]);
  });
});

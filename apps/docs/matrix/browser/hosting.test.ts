import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { afterAll, expect, test } from 'vitest';
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

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@firstofficer/browser';
import { afterAll, describe, expect, test } from 'vitest';
import { DIST } from '../../src/index.ts';
import { listRoutes, openSite } from './site.ts';

const site = await openSite();
afterAll(() => site[Symbol.asyncDispose]());
const routes = await listRoutes(DIST);
const file = pathToFileURL(join(DIST, 'offline.html')).href;

const BACKGROUNDS = { light: 'rgb(255, 255, 255)', dark: 'rgb(13, 19, 28)' };
const STATUS = 'customers/retrievecustomer/t=response&c=404';

/** Returns the IDs of the pages that are visible. */
function listShown(page: Page): Promise<string[]> {
  return page.locator('.offline-page:visible').evaluateAll((all) => all.map(({ id }) => id));
}

function isInView(page: Page, id: string): Promise<boolean> {
  return page.evaluate((target) => {
    const element = document.getElementById(target);
    const { top } = element?.getBoundingClientRect() ?? { top: -1 };
    return element?.checkVisibility() === true && top >= 0 && top < innerHeight;
  }, id);
}

const variants = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [true, false].map((javaScriptEnabled) => ({
    colorScheme,
    javaScriptEnabled,
    scripts: javaScriptEnabled ? 'with scripts' : 'without scripts',
  })),
);

describe.each(variants)('the single file, opened from disk without a network, $colorScheme, $scripts', (variant) => {
  const { colorScheme, javaScriptEnabled } = variant;
  const options = { colorScheme, javaScriptEnabled, offline: true, viewport: { width: 1350, height: 940 } };
  const open = async (fragment = '') => {
    const opened = await site.open(file + fragment, options);
    const { requests, listUnexpected } = opened.log;
    const expectQuiet = () => {
      expect(requests.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
      expect(listUnexpected()).toEqual([]);
    };
    return { page: opened.page, expectQuiet };
  };

  test('shows each page by its link in the menu, with its title', async () => {
    const { page, expectQuiet } = await open();
    expect(await listShown(page)).toEqual(['home']);
    const background = page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(await background).toBe(BACKGROUNDS[colorScheme]);
    const links = page.locator('nav.menu a');
    const title = await page.title();
    for (const link of await links.all()) {
      await link.evaluate((element) => element.closest('details')?.setAttribute('open', ''));
      const id = (await link.getAttribute('href'))?.slice(1) ?? '';
      await link.click();
      await expect.poll(() => listShown(page)).toEqual([id]);
      expect(await isInView(page, id)).toBe(true);
      const name = await page.locator(`[id="${id}"]`).getAttribute('data-title');
      await expect.poll(() => page.title()).toBe(javaScriptEnabled ? `${name} – ${title}` : title);
    }

    expect(await links.count()).toBe(routes.length - 1);
    expectQuiet();
  });

  test('links only to its own parts and to other sites', async () => {
    const { page } = await open();
    const links = await page
      .locator('a[href]')
      .evaluateAll((all) => [...new Set(all.map((link) => link.getAttribute('href') ?? ''))]);
    const ids = new Set(await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id)));
    const isBroken = (link: string) =>
      link.startsWith('#') ? !ids.has(decodeURIComponent(link.slice(1))) : !/^(https?|mailto):/.test(link);

    expect(links.length).toBeGreaterThan(routes.length);
    expect(links.filter(isBroken)).toEqual([]);
  });

  test('opens a link to a status, and goes back', async () => {
    const { page, expectQuiet } = await open(`#${STATUS}`);
    await expect.poll(() => isInView(page, STATUS)).toBe(true);
    await page.locator('nav.menu').getByRole('link', { name: 'Metrics', exact: true }).click();
    await expect.poll(() => listShown(page)).toEqual(['metrics']);
    await page.goBack();
    await expect.poll(() => listShown(page)).toEqual(['customers/retrievecustomer']);
    await expect.poll(() => isInView(page, STATUS)).toBe(true);

    if (javaScriptEnabled) expect(await page.title()).toMatch(/^Retrieve a customer/);
    expectQuiet();
  });
});

test('the search of the single file finds a member and opens it', async () => {
  const { page, log } = await site.open(file, { offline: true });
  await page.keyboard.press('/');
  await page.keyboard.type('current_mrr');
  await page.getByRole('option', { selected: true }).getByText('current_mrr').first().waitFor();
  await page.keyboard.press('Enter');

  await expect.poll(() => new URL(page.url()).hash).toContain('current_mrr');
  const id = decodeURIComponent(new URL(page.url()).hash.slice(1));
  await expect.poll(() => isInView(page, id)).toBe(true);
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(log.requests.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
  expect(log.listUnexpected()).toEqual([]);
});

test('Try it answers in the single file without a request', async () => {
  const { page, log } = await site.open(`${file}#customers/retrievecustomer`, { offline: true });
  await page.getByRole('button', { name: 'Try it', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Try it' });
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => panel.getByRole('status').textContent()).toContain('200');

  expect(log.requests.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
  expect(log.listUnexpected()).toEqual([]);
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@firstofficer/browser';
import { afterAll, describe, expect, test } from 'vitest';
import { DIST } from '../../src/index.ts';
import { openSite } from './site.ts';

const site = await openSite();
afterAll(() => site[Symbol.asyncDispose]());

const DESKTOP = { viewport: { width: 1350, height: 940 } };
const OPERATION = 'customers/retrievecustomer/';

/** Returns the fragments of the statuses and of the members on a page. They are published links. */
async function listFragments(route: string): Promise<string[]> {
  const html = await readFile(join(DIST, route, 'index.html'), 'utf8');
  const ids = [...html.matchAll(/ id="([^"]*\bt=[^"]*)"/g)].map(([, id = '']) => id.replaceAll('&amp;', '&'));
  return [...new Set(ids)];
}

/**
 * Returns whether an element can be seen: all details around it are open, and its top is below the bar and on the screen.
 */
function isInView(page: Page, id: string): Promise<boolean> {
  return page.evaluate((target) => {
    const element = document.getElementById(target);
    if (!element?.checkVisibility()) return false;
    const { top } = element.getBoundingClientRect();
    const bar = document.querySelector('.bar')?.getBoundingClientRect();
    const covered = bar && bar.width > innerWidth / 2 ? bar.bottom : 0;
    return top >= covered - 1 && top < innerHeight - 20;
  }, id);
}

/** Waits until an element can be seen. Returns false if it does not come into view. */
function comesIntoView(page: Page, id: string): Promise<boolean> {
  return expect
    .poll(() => isInView(page, id), { timeout: 2_000 })
    .toBe(true)
    .then(() => true)
    .catch(() => false);
}

test('the title of the page follows each click in the menu', async () => {
  const { page } = await site.open('./', DESKTOP);
  const links = page.locator('nav.menu a');
  const count = await links.count();
  const titles = new Set([await page.title()]);

  expect(count).toBeGreaterThan(8);
  for (let place = 0; place < count; place += 1) {
    const link = links.nth(place);
    // The group of the schemas is closed on other pages.
    await link.evaluate((element) => element.closest('details')?.setAttribute('open', ''));
    const href = await link.getAttribute('href');
    await link.click();
    await page.waitForURL((url) => url.pathname === href);
    const title = await page.title();
    const heading = (await page.locator('main h1').textContent()) ?? '';
    expect(title).toContain(heading.replaceAll('\u00ad', '').trim());
    titles.add(title);
  }
  expect(titles.size).toBe(count + 1);
});

test('Back restores the position after a click on a link in the text', async () => {
  const { page } = await site.open('errors-and-retries/', DESKTOP);
  const link = page.locator('main a[href^="/"]').last();
  await link.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  const from = page.url();
  await link.click();
  await page.waitForURL((url) => url.pathname !== '/errors-and-retries/');
  await page.goBack();
  await page.waitForURL(from);

  expect(before).toBeGreaterThan(300);
  await expect.poll(async () => Math.abs((await page.evaluate(() => scrollY)) - before)).toBeLessThanOrEqual(2);
});

describe.each([
  { name: 'with scripts', javaScriptEnabled: true },
  { name: 'without scripts', javaScriptEnabled: false },
])('a link to a status or a member, $name', ({ javaScriptEnabled }) => {
  test.each([1350, 390])('scrolls to it, and opens what hides it, %i px', async (width) => {
    const options = { viewport: { width, height: 844 }, javaScriptEnabled };
    const { page } = await site.open('about:blank', options);
    const fragments = await listFragments(OPERATION);
    const missed: string[] = [];
    for (const fragment of fragments) {
      await page.goto('about:blank');
      await page.goto(`${site.url}${OPERATION}#${fragment}`);
      if (!(await comesIntoView(page, fragment))) missed.push(fragment);
    }

    expect(fragments.length).toBeGreaterThan(40);
    expect(missed).toEqual([]);
  });

  test('works on the page itself too', async () => {
    const { page } = await site.open(OPERATION, { ...DESKTOP, javaScriptEnabled });
    for (const status of ['404', '503', '200']) {
      const id = `customers/retrievecustomer/t=response&c=${status}`;
      await page.goto(`${site.url}${OPERATION}#${id}`);
      await expect.poll(() => isInView(page, id)).toBe(true);
    }
  });

  test('works for each member by a click on the page itself', async () => {
    const { page } = await site.open(OPERATION, { ...DESKTOP, javaScriptEnabled });
    const fragments = (await listFragments(OPERATION)).filter((fragment) => /&path=/.test(fragment));
    const missed: string[] = [];
    for (const fragment of fragments) {
      // The link is outside of every part that is closed.
      await page.evaluate((id) => {
        const link = Object.assign(document.createElement('a'), { href: `#${id}`, textContent: 'Go' });
        document.querySelector('.to-fragment')?.remove();
        link.className = 'to-fragment';
        link.style.cssText = 'position: fixed; right: 0; bottom: 0; z-index: 9';
        document.body.append(link);
      }, fragment);
      await page.locator('.to-fragment').click();
      if (!(await comesIntoView(page, fragment))) missed.push(fragment);
    }

    expect(missed).toEqual([]);
  });
});

test.each(['t=response&c=404', 't=response&c=404&path=error/param', 't=response&c=503&path=error/message'])(
  'an older link to #%s, without the name of the page, leads to the same place',
  async (fragment) => {
    const { page } = await site.open(`${OPERATION}#${fragment}`, DESKTOP);
    await expect.poll(() => isInView(page, `${OPERATION}${fragment}`)).toBe(true);
  },
);

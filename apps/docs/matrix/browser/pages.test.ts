import type { Page } from '@firstofficer/browser';
import { afterAll, describe, expect, test } from 'vitest';
import { DIST } from '../../src/index.ts';
import { addAxe, findViolations, listRoutes, openSite } from './site.ts';

// Each page in each color mode and width, on phones also with the menu open.

const site = await openSite();
afterAll(() => site[Symbol.asyncDispose]());
const routes = await listRoutes(DIST);

const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [1350, 390] as const;
const visits = routes.flatMap((route) =>
  SCHEMES.flatMap((colorScheme) => WIDTHS.map((width) => ({ route, colorScheme, width }))),
);

/** The largest empty space between the last text of a page and its footer, in pixels. */
const MAX_END = 140;

test('there are guides, operations and schemas to visit', () => {
  expect(routes).toEqual(expect.arrayContaining(['', 'get-started', 'customers/retrievecustomer', 'schemas/customer']));
});

/** Returns the empty space between the last text of the content and the end of the content or of the page. */
function measureEnd(page: Page): Promise<{ beforeFooter: number; afterFooter: number }> {
  return page.evaluate(() => {
    const findLastLine = (root: Element) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      let bottom = 0;
      while (walker.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        const rect = range.getBoundingClientRect();
        if (rect.width > 0) bottom = Math.max(bottom, rect.bottom + scrollY);
      }
      return bottom;
    };
    const main = document.querySelector('main');
    const footer = document.querySelector('.footer');
    if (!main || !footer) throw new Error('the page has no main or no footer');
    return {
      beforeFooter: footer.getBoundingClientRect().top + scrollY - findLastLine(main),
      afterFooter: document.documentElement.scrollHeight - Math.max(findLastLine(footer), innerHeight),
    };
  });
}

describe.concurrent('a page has no accessibility violations, foreign requests, console messages, horizontal scrolling or void', () => {
  test.for(visits)('/$route, $colorScheme, $width px', async ({ route, colorScheme, width }, testContext) => {
    const { expect } = testContext;
    const options = { colorScheme, viewport: { width, height: 844 } };
    const { context, page, log } = await site.open('about:blank', options, testContext);
    await addAxe(context);
    await page.goto(`${site.url}${route === '' ? '' : `${route}/`}`);
    const getOverflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

    expect.soft(await findViolations(page)).toEqual([]);
    expect.soft(await getOverflow()).toBeLessThanOrEqual(0);
    const { beforeFooter, afterFooter } = await measureEnd(page);
    // A short page ends where the screen does.
    const isShort = await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight);
    if (!isShort) expect.soft(beforeFooter, 'space before the footer').toBeLessThanOrEqual(MAX_END);
    expect.soft(afterFooter, 'space after the footer').toBeLessThanOrEqual(MAX_END);
    if (width < 900) {
      await page.getByRole('button', { name: 'Menu', exact: true }).click();
      await page.locator('nav.menu:popover-open').waitFor();
      expect.soft(await findViolations(page), 'menu').toEqual([]);
      expect.soft(await getOverflow(), 'menu').toBeLessThanOrEqual(0);
    }
    expect.soft(log.listForeign()).toEqual([]);
    expect.soft(log.listUnexpected()).toEqual([]);
  });
});

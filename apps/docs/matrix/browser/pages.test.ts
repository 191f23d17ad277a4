import type { Page } from '@firstofficer/browser';
import { afterAll, describe, expect, test } from 'vitest';
import { BUDGETS, DIST } from '../../src/index.ts';
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

/** Returns how far the page moved by itself so far, as a score of layout shifts. */
function measureShift(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { promise, resolve } = Promise.withResolvers<PerformanceEntryList>();
    new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type: 'layout-shift', buffered: true });
    // Without shifts, the observer calls nothing.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve([]))));
    return (await promise).reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0);
  });
}

describe.concurrent('a page has no accessibility violations, foreign requests, console messages, layout shifts, horizontal scrolling or void', () => {
  test.for(visits)('/$route, $colorScheme, $width px', async ({ route, colorScheme, width }, testContext) => {
    const { expect } = testContext;
    const isPhone = width < 900;
    const options = { colorScheme, viewport: { width, height: 844 }, hasTouch: isPhone };
    const { context, page, log } = await site.open('about:blank', options, testContext);
    await addAxe(context);
    await page.goto(`${site.url}${route === '' ? '' : `${route}/`}`);
    const getOverflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

    // The first touch or move of the pointer changes nothing.
    const heading = page.locator('main h1').first();
    await (isPhone ? heading.tap() : heading.hover());
    expect.soft(await measureShift(page), 'layout shift').toBeLessThanOrEqual(BUDGETS.cls);
    expect.soft(await findViolations(page)).toEqual([]);
    expect.soft(await getOverflow()).toBeLessThanOrEqual(0);
    const { beforeFooter, afterFooter } = await measureEnd(page);
    // A short page ends where the screen does.
    const isShort = await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight);
    if (!isShort) expect.soft(beforeFooter, 'space before the footer').toBeLessThanOrEqual(MAX_END);
    expect.soft(afterFooter, 'space after the footer').toBeLessThanOrEqual(MAX_END);
    if (isPhone) {
      await page.getByRole('button', { name: 'Menu', exact: true }).click();
      await page.locator('nav.menu:popover-open').waitFor();
      expect.soft(await findViolations(page), 'menu').toEqual([]);
      expect.soft(await getOverflow(), 'menu').toBeLessThanOrEqual(0);
      await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 320, height: 844 });
      expect.soft(await getOverflow(), '320 px').toBeLessThanOrEqual(0);
    }
    expect.soft(log.listForeign()).toEqual([]);
    expect.soft(log.listUnexpected()).toEqual([]);
  });
});

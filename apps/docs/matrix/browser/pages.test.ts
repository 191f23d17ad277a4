import { afterAll, describe, expect, test } from 'vitest';
import { DIST } from '../../src/index.ts';
import { addAxe, findViolations, hydrate, listRoutes, openSite } from './site.ts';

// Each page in each color mode and width, before and after hydration.

const site = await openSite();
afterAll(() => site[Symbol.asyncDispose]());
const routes = await listRoutes(DIST);

const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [1350, 390] as const;
const visits = routes.flatMap((route) =>
  SCHEMES.flatMap((colorScheme) => WIDTHS.map((width) => ({ route, colorScheme, width }))),
);

test('there are guides, operations and schemas to visit', () => {
  expect(routes).toEqual(expect.arrayContaining(['', 'get-started', 'customers/retrievecustomer', 'schemas/customer']));
});

describe.concurrent('a page has no accessibility violations, foreign requests, console messages or horizontal scrolling', () => {
  test.for(visits)('/$route, $colorScheme, $width px', async ({ route, colorScheme, width }, testContext) => {
    const { expect } = testContext;
    const options = { colorScheme, viewport: { width, height: 844 } };
    const { context, page, log } = await site.open('about:blank', options, testContext);
    await addAxe(context);
    await page.goto(route === '' ? '.' : `${route}/`);
    const getOverflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const listLinks = () =>
      page.locator('#redoc a[href]').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    const linksBefore = await listLinks();

    expect.soft(await findViolations(page), 'before').toEqual([]);
    expect.soft(await getOverflow(), 'before').toBeLessThanOrEqual(0);
    await hydrate(page);
    const linksAfter = await listLinks();
    expect.soft(await findViolations(page), 'after').toEqual([]);
    expect.soft(await getOverflow(), 'after').toBeLessThanOrEqual(0);
    // Redoc then also renders the previous and next pages. The elements of this page stay.
    expect.soft(linksAfter).toEqual(expect.arrayContaining(linksBefore));
    expect.soft(log.listForeign()).toEqual([]);
    expect.soft(log.listUnexpected()).toEqual([]);
  });
});

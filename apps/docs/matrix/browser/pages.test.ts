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

describe.concurrent('before and after hydration, a page is accessible, private, without console output and as wide as the screen', () => {
  test.for(visits)('/$route, $colorScheme, $width px', async ({ route, colorScheme, width }, { expect }) => {
    const viewport = { width, height: 844 };
    // The Content-Security-Policy still applies to the page itself.
    await using reader = await site.reader({ colorScheme, viewport });
    const { context, page, watched } = reader;
    await addAxe(context);
    await page.goto(route === '' ? '.' : `${route}/`);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const links = () =>
      page.locator('#redoc a[href]').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    const atFirst = await links();

    expect.soft(await findViolations(page), 'before').toEqual([]);
    expect.soft(await overflow(), 'before').toBeLessThanOrEqual(0);
    await hydrate(page);
    const section = await links();
    expect.soft(await findViolations(page), 'after').toEqual([]);
    expect.soft(await overflow(), 'after').toBeLessThanOrEqual(0);
    // Redoc then also renders the previous and next pages. The elements of this page stay.
    expect.soft(section).toEqual(expect.arrayContaining(atFirst));
    expect.soft(watched.listForeign()).toEqual([]);
    expect.soft(watched.listUnexpected()).toEqual([]);
  });
});

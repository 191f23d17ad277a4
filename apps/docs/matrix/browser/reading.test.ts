import { afterAll, expect, test } from 'vitest';
import { openSite } from './site.ts';

const site = await openSite();
afterAll(() => site[Symbol.asyncDispose]());

const FIELD = 'customers/retrievecustomer/t=response&c=200&path=current_mrr';

test('a link to a field scrolls to it', async () => {
  const { page } = await site.open(`customers/retrievecustomer/#${FIELD}`);
  const field = page.locator(`[id="${FIELD}"]`);
  const isInView = () =>
    field.evaluate(
      (element) => element.getBoundingClientRect().top >= 0 && element.getBoundingClientRect().top < innerHeight,
    );

  await expect.poll(isInView).toBe(true);
});

test('a link to a heading of a guide scrolls to it', async () => {
  const { page } = await site.open('metrics/#lost-customers');
  const heading = page.locator('#lost-customers');

  expect(await heading.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(400);
});

test('the printed page has no menu, and its code is complete', async () => {
  const { page } = await site.open('errors-and-retries/');
  await page.emulateMedia({ media: 'print' });

  expect(await page.locator('nav.menu').isVisible()).toBe(false);
  expect(await page.locator('.bar').isVisible()).toBe(false);
  const wraps = await page
    .locator('main pre code')
    .evaluateAll((all) => all.map((code) => getComputedStyle(code).whiteSpace));
  expect(new Set(wraps)).toEqual(new Set(['pre-wrap']));
});

test.each(['light', 'dark'] as const)('on a phone the bar covers no content, %s', async (colorScheme) => {
  const { page } = await site.open('metrics/', { colorScheme, viewport: { width: 390, height: 844 } });
  const bar = page.locator('.bar');
  const heading = page.locator('main h1').first();
  const atFirst = await bar.boundingBox();

  expect(atFirst).toMatchObject({ x: 0, y: 0, width: 390 });
  expect((await heading.boundingBox())?.y).toBeGreaterThanOrEqual(atFirst?.height ?? 0);
});

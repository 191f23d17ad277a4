import { afterAll, expect, test } from 'vitest';
import { SOURCES } from '../../src/content/read-content.ts';
import { readSamples } from '../../src/content/samples.ts';
import { hydrate, openSite } from './site.ts';

const site = await openSite();
afterAll(() => site[Symbol.asyncDispose]());
const samples = await readSamples(SOURCES.samples);

const FIELD = 'customers/retrievecustomer/t=response&c=200&path=current_mrr';

test('a link to a field scrolls to it, before and after hydration', async () => {
  const { page } = await site.open(`customers/retrievecustomer/#${FIELD}`);
  const field = page.locator(`[id="${FIELD}"]`);
  const isInView = () =>
    field.evaluate(
      (element) => element.getBoundingClientRect().top >= 0 && element.getBoundingClientRect().top < innerHeight,
    );

  await expect.poll(isInView).toBe(true);
  await hydrate(page);
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

  expect(await page.locator('.menu-content').isVisible()).toBe(false);
  expect(await page.getByTestId('floating-button').isVisible()).toBe(false);
  const wraps = await page
    .locator('main pre')
    .evaluateAll((all) => all.map((code) => getComputedStyle(code).whiteSpace));
  expect(new Set(wraps)).toEqual(new Set(['pre-wrap']));
});

test.each(['light', 'dark'] as const)(
  'on a phone the bar covers no content, before and after hydration, %s',
  async (colorScheme) => {
    const { page } = await site.open('metrics/', { colorScheme, viewport: { width: 390, height: 844 } });
    const bar = page.getByTestId('floating-button');
    const heading = page.locator('main [aria-level="1"]').first();
    const atFirst = await bar.boundingBox();

    expect(atFirst).toMatchObject({ x: 0, y: 0, width: 390 });
    expect((await heading.boundingBox())?.y).toBeGreaterThanOrEqual(atFirst?.height ?? 0);
    await hydrate(page);
    expect(await bar.boundingBox()).toEqual(atFirst);
  },
);

test('each sample is in the menu and is equal to its file', async () => {
  const { page } = await site.open('customers/retrievecustomer/', { viewport: { width: 1350, height: 940 } });
  await hydrate(page);
  const panel = page.locator('.panel-request-samples').first();
  for (const [place, { label, source }] of samples.entries()) {
    if (place > 0) {
      await panel
        .getByRole('button', { name: samples[place - 1]?.label ?? '' })
        .last()
        .click();
      await page.getByRole('menuitem', { name: label, exact: true }).click();
    }
    const shown = async () => ((await panel.locator('pre').first().textContent()) ?? '').replaceAll(/\s+/g, ' ').trim();
    await expect.poll(shown).toBe(source.replaceAll(/\s+/g, ' ').trim());
  }
});

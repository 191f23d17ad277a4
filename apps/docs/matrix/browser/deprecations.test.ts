import { afterAll, expect, test } from 'vitest';
import { renderDeprecationsSite } from '../deprecations-site.ts';
import { addAxe, findViolations, openSite } from './site.ts';

const { dist } = await renderDeprecationsSite();
const site = await openSite({ folder: dist });
afterAll(() => site[Symbol.asyncDispose]());

const pages = ['invoices/retrievebill/', 'invoices/listinvoices/', 'schemas/invoice/', 'invoices/'];

test.each(
  pages.flatMap(
    (path) =>
      [
        [path, 'light', 1350],
        [path, 'dark', 390],
      ] as const,
  ),
)(
  '%s has no accessibility violations and no horizontal scrolling in %s mode, %i pixels wide',
  async (path, colorScheme, width) => {
    const { context, page, log } = await site.open('', { colorScheme, viewport: { width, height: 900 } });
    await addAxe(context);
    await page.goto(path);

    expect(await findViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(log.listUnexpected()).toEqual([]);
  },
);

test.each(['light', 'dark'] as const)(
  'Try it and the search mark what is deprecated in %s mode',
  async (colorScheme) => {
    const { context, page } = await site.open('', { colorScheme });
    await addAxe(context);
    await page.goto('invoices/retrievebill/');
    await page.click('.try-it');
    await page.waitForSelector('.try-title .deprecated');
    expect(await findViolations(page)).toEqual([]);

    await page.click('.search-button');
    await page.fill('.search-field', 'page_size');
    await page.waitForSelector('.search-hit .deprecated');
    expect(await page.textContent('.search-hit .search-title')).toBe('page_size deprecated');
    await page.fill('.search-field', 'bill');
    await page.waitForSelector('.search-page .deprecated');
    expect(await findViolations(page)).toEqual([]);
  },
);

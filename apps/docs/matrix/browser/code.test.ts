import { afterAll, describe, expect, test } from 'vitest';
import { DIST } from '../../src/index.ts';
import { listRoutes, openSite } from './site.ts';

const site = await openSite();
afterAll(() => site[Symbol.asyncDispose]());
const routes = await listRoutes(DIST);

describe.each([1350, 390])('at %i px', (width) => {
  test.each(['light', 'dark'] as const)('code fits its box, and nothing covers it, %s', async (colorScheme) => {
    const { page } = await site.open('about:blank', { colorScheme, viewport: { width, height: 844 } });
    let lines = 0;
    for (const route of routes) {
      await page.goto(`${site.url}${route === '' ? '' : `${route}/`}`);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('main details:not([name])')) details.setAttribute('open', '');
      });
      const { wide, covered, count } = await page.evaluate(() => {
        const blocks = [...document.querySelectorAll<HTMLElement>('main pre')].filter((pre) => pre.checkVisibility());
        const describeBlock = (pre: HTMLElement) => pre.textContent.slice(0, 60);
        const isCovered = (pre: HTMLElement) => {
          // Elements are found only on the screen.
          pre.scrollIntoView({ block: 'center', behavior: 'instant' });
          const range = document.createRange();
          range.selectNodeContents(pre);
          // Spaces at the end of a wrapped line hang out of the box, where nobody sees them.
          const end = pre.getBoundingClientRect().right;
          return [...range.getClientRects()]
            .filter(
              ({ width, height, top, bottom }) => width > 4 && height > 4 && top > 100 && bottom < innerHeight - 8,
            )
            .some(({ right, top, height }) => {
              const [upper] = document.elementsFromPoint(Math.min(right, end) - 3, top + height / 2);
              return upper !== undefined && !pre.contains(upper);
            });
        };
        return {
          wide: blocks.filter((pre) => pre.scrollWidth > pre.clientWidth + 1).map(describeBlock),
          covered: blocks.filter(isCovered).map(describeBlock),
          count: blocks.length,
        };
      });
      lines += count;
      expect.soft(wide, `${route}: code wider than its box`).toEqual([]);
      expect.soft(covered, `${route}: covered code`).toEqual([]);
    }
    expect(lines).toBeGreaterThan(20);
  });
});

test('Copy copies the code exactly', async () => {
  const { page } = await site.open('get-started/', { permissions: ['clipboard-read', 'clipboard-write'] });
  const figures = page.locator('main figure.code');
  const button = figures.first().locator('button.copy').first();
  await button.click();
  const code = await figures.first().locator('code').first().textContent();

  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(code);
});

import { readFile } from 'node:fs/promises';
import { type BrowserContextOptions, launchBrowser, requireBrowser } from '@firstofficer/browser';
import { markup } from '@firstofficer/common/markup';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { SOURCES } from '../../src/content/read-content.ts';
import { renderPage } from '../../src/page/shell.ts';

beforeEach(requireBrowser);

const SHEETS = ['tokens', 'base', 'shell', 'print'];
const css = await Promise.all(SHEETS.map((name) => readFile(`${SOURCES.theme}/${name}.css`, 'utf8')));
const name = 'UnknownCustomerOfAnotherAccountResponse';
const html = renderPage({
  title: name,
  description: '',
  url: '/schemas/',
  canonical: undefined,
  markdown: '/schemas.md',
  csp: "default-src 'self' 'unsafe-inline'",
  content: { main: markup`<h1>Schemas</h1><p>Text</p>`, layout: 'reference', contents: [] },
  site: {
    title: 'Acme Pets API',
    provider: 'Acme',
    version: '1.0.0',
    base: '/',
    menu: [{ title: 'Schemas', pages: [{ title: name, url: '/schemas/' }], isCollapsed: true }],
    assets: { style: '', script: '', icon: 'data:,', records: '' },
    downloads: [],
    outdated: undefined,
  },
}).replace('</head>', `<style>${css.join('\n')}</style></head>`);

/** Opens the page without scripts. */
async function open(options: BrowserContextOptions) {
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const context = await browser.newContext({ javaScriptEnabled: false, ...options });
  const page = await context.newPage();
  await page.setContent(html);
  return page;
}

const readColors = () => {
  const { color } = getComputedStyle(document.body);
  return [color, getComputedStyle(document.documentElement).backgroundColor];
};

it('follows the mode of the system without a script, and prints dark text on white', async () => {
  const page = await open({ colorScheme: 'dark' });
  expect(await page.evaluate(readColors)).toEqual(['rgb(192, 202, 216)', 'rgb(13, 19, 28)']);
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate(readColors)).toEqual(['rgb(16, 24, 40)', 'rgb(255, 255, 255)']);
});

it.each([390, 320])('fits a phone of %i px, with the title below the bar', async (width) => {
  const page = await open({ viewport: { width, height: 800 } });
  const { title, bar, overflow } = await page.evaluate(() => ({
    title: document.querySelector('h1')?.getBoundingClientRect().top,
    bar: document.querySelector('.bar')?.getBoundingClientRect().bottom,
    overflow: document.documentElement.scrollWidth - innerWidth,
  }));
  expect(title).toBeGreaterThanOrEqual(bar ?? Number.POSITIVE_INFINITY);
  expect(overflow).toBe(0);
});

it('opens the menu on a phone without a script, and breaks no name inside a word', async () => {
  const page = await open({ viewport: { width: 320, height: 800 } });
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  const link = page.locator('.menu a');
  expect(await link.isVisible()).toBe(true);
  const lines = await link.evaluate((element) => {
    const texts = [...(element.querySelector('span')?.childNodes ?? [])].filter((node) => node instanceof Text);
    return texts.map((text) => {
      const range = document.createRange();
      range.selectNode(text);
      return range.getClientRects().length;
    });
  });
  expect(lines).toEqual([1, 1, 1, 1, 1, 1]);
  await page.keyboard.press('Escape');
  expect(await link.isVisible()).toBe(false);
});

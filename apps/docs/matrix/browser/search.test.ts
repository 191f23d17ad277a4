import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type BrowserContext,
  type BrowserContextOptions,
  hasChromium,
  launchBrowser,
  type Page,
  requireBrowser,
} from '@firstofficer/browser';
import { listen } from '@firstofficer/common/listen';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { build } from 'esbuild';
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { listRecords } from '../../src/search/records.ts';
import { addAxe, findViolations } from './site.ts';

// Two pages with the search, so that a test can also leave out the records or the network.
const CONTENT = `<h1>Refunds</h1><p>Money back.</p><h2 id="fees">Fees</h2><p>Stripe keeps its fees.</p>
  <div style="height: 3000px"></div>
  <div class="member" id="a/path=created_at&amp;c=200"><div class="member-row"><code class="member-name">created_at</code></div>
  <p>When the refund was created.</p></div>`;
const OTHER = '<h1>Disputes</h1><p>A customer asks the bank for the money.</p>';
const records = JSON.stringify(
  listRecords([
    { title: 'Home', url: '/', kind: 'page', main: '<h1>Home</h1><p>Start.</p>' },
    { title: 'Refunds', url: '/refunds/', kind: 'page', main: CONTENT },
    { title: 'Disputes', url: '/disputes/', kind: 'page', main: OTHER },
  ]),
);
const theme = (file: string) => readFile(new URL(`../../src/theme/${file}.css`, import.meta.url), 'utf8');
const style = (await Promise.all(['tokens', 'base', 'search'].map(theme))).join('\n');
const dialog = fileURLToPath(new URL('../../src/browser/search/dialog.ts', import.meta.url));
const { outputFiles } = await build({
  stdin: {
    contents: `import { openSearch } from ${JSON.stringify(dialog)}; document.querySelector('.open').onclick = openSearch;`,
    resolveDir: fileURLToPath(new URL('../..', import.meta.url)),
  },
  bundle: true,
  write: false,
});
const script = outputFiles[0]?.text ?? '';
const renderPage = (title: string, main: string, head: string, end: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${head}</head>
  <body><header><button class="open">Search</button></header><main>${main}</main>${end}</body></html>`;
const renderServed = (title: string, main: string) =>
  renderPage(
    title,
    main,
    '<link rel="stylesheet" href="/style.css">',
    '<script src="/script.js" data-records="/records.json"></script>',
  );
const FILES: Record<string, [type: string, content: string]> = {
  '/': ['text/html', renderServed('Home', '<h1>Home</h1>')],
  '/refunds/': ['text/html', renderServed('Refunds', CONTENT)],
  '/disputes/': ['text/html', renderServed('Disputes', OTHER)],
  '/style.css': ['text/css', style],
  '/script.js': ['text/javascript', script],
  '/records.json': ['application/json', records],
};
const server = await listen(
  createServer(({ url = '' }, response) => {
    const [type, content] = FILES[url] ?? ['text/plain', ''];
    response.writeHead(FILES[url] ? 200 : 404, { 'content-type': type }).end(content);
  }),
);
const browser = hasChromium() ? await launchBrowser() : undefined;
afterAll(async () => {
  await browser?.close();
  await server.close();
});
beforeEach(requireBrowser);

async function open(
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext }> {
  if (!browser) throw new Error('There is no browser, so the test should have been skipped.');
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  await addAxe(context);
  const page = await context.newPage();
  await page.goto(url);
  return { page, context };
}

const field = (page: Page) => page.getByRole('combobox', { name: 'Search the documentation' });
const active = (page: Page) => page.getByRole('option', { selected: true });

test('works with the keyboard only: the first hit is active, and Enter opens its section', async () => {
  const { page } = await open(server.url);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Search' }).waitFor();
  await page.keyboard.type('fees');
  await page
    .getByRole('status')
    .getByText(/\d results?/)
    .waitFor();
  expect(await active(page).textContent()).toContain('Fees');
  expect(await field(page).getAttribute('aria-activedescendant')).toBe(await active(page).getAttribute('id'));
  expect(await field(page).getAttribute('aria-expanded')).toBe('true');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/refunds/#fees');
});

test('arrows, Home and End choose a hit, and go on at the other end', async () => {
  const { page } = await open(server.url);
  await page.locator('.open').click();
  await field(page).fill('money');
  const options = page.getByRole('option');
  await page.getByRole('status').getByText('2 results').waitFor();
  const selected = () => options.evaluateAll((all) => all.findIndex((one) => one.ariaSelected === 'true'));
  const steps: number[] = [];
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End']) {
    await page.keyboard.press(key);
    steps.push(await selected());
  }
  expect(steps).toEqual([1, 0, 1, 0, 1]);
});

test('Tab goes to the button, and Escape closes the search and returns the focus', async () => {
  const { page } = await open(server.url);
  await page.locator('.open').click();
  await field(page).fill('money');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Close');
  await page.keyboard.press('Escape');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('open');

  await page.keyboard.press('Enter');
  expect(await field(page).inputValue()).toBe('money');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox');
});

test('a hit on the same page closes the search and scrolls to the member', async () => {
  const { page } = await open(`${server.url}/refunds/`);
  await page.locator('.open').click();
  await field(page).fill('created at');
  await active(page).filter({ hasText: 'created_at' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/#a/path=created_at&c=200');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(
    await page.locator('[id^="a/path"]').evaluate((member) => member.getBoundingClientRect().top < innerHeight),
  ).toBe(true);
});

test('an empty query offers pages, and a query without hits says what to try', async () => {
  const { page } = await open(server.url);
  await page.locator('.open').click();
  await page.getByRole('option', { name: 'Refunds' }).waitFor();
  await field(page).fill('qqqqqq');
  await page.getByRole('status').getByText('Nothing found for “qqqqqq”. Try').waitFor();
  expect(await page.getByRole('option').count()).toBe(0);
  await page.keyboard.press('Enter');
  expect(page.url()).toBe(`${server.url}/`);
});

test('works without a network after it was opened, and says if it could not be loaded', async () => {
  const { page, context } = await open(server.url);
  await context.route('**/records.json', (route) => route.abort());
  await page.locator('.open').click();
  await page.getByRole('status').getByText('The search could not be loaded').waitFor();
  await context.unroute('**/records.json');
  await field(page).fill('fees');
  await page.getByRole('option').first().waitFor();
  await context.setOffline(true);
  await field(page).fill('dispute');
  await active(page).filter({ hasText: 'Disputes' }).waitFor();
});

test('works in a file on disk that contains the records', async () => {
  const folder = await createTemporaryFolder({ onTestFinished });
  const inline = `<script type="application/json" id="search-records">${records.replaceAll('/refunds/#', '#')}</script>`;
  const path = join(folder, 'offline.html');
  await writeFile(path, renderPage('Docs', CONTENT, `<style>${style}</style>`, `${inline}<script>${script}</script>`));
  const { page } = await open(pathToFileURL(path).href, { offline: true });
  await page.locator('.open').click();
  await field(page).fill('fees');
  await active(page).filter({ hasText: 'Fees' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#fees$/);
});

test.each([
  ['light', 1350],
  ['dark', 1350],
  ['light', 390],
  ['dark', 390],
] as const)('the open search is accessible and fits, %s, %i px', async (colorScheme, width) => {
  const { page } = await open(server.url, { colorScheme, viewport: { width, height: 800 } });
  await page.locator('.open').click();
  await field(page).fill('refund');
  await active(page).waitFor();
  expect(await findViolations(page)).toEqual([]);
  const box = await page.getByRole('dialog').boundingBox();
  expect(box && box.x >= 0 && box.x + box.width <= width && box.y + box.height <= 800).toBe(true);
});

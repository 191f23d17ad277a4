import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  hasChromium,
  launchBrowser,
  needsBrowser,
  type Page,
} from '@firstofficer/browser';
import { beforeEach } from 'vitest';
import { type DocsOptions, serveDocs } from '../../src/index.ts';
import { type Watched, watch } from './watch.ts';

/** A served site and a browser. */
export interface Site extends AsyncDisposable {
  /** The URL of the front page, with a slash at its end. */
  readonly url: string;
  /** Opens a new browser context, which shares no data with others. */
  reader(options?: BrowserContextOptions): Promise<Reader>;
}

interface Reader extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watched: Watched;
}

/** Serves a site on a free port. Skips the tests of the file if there is no browser. */
export async function openSite(options: DocsOptions = {}): Promise<Site> {
  beforeEach(needsBrowser);
  const [docs, browser] = await Promise.all([serveDocs(options), hasChromium() ? launchBrowser() : undefined]);
  const url = docs.url + (options.base ?? '/');
  return {
    url,
    reader: (settings) => openReader(browser as Browser, { baseURL: url, ...settings }),
    [Symbol.asyncDispose]: async () => {
      await browser?.close();
      await docs.close();
    },
  };
}

async function openReader(browser: Browser, options: BrowserContextOptions): Promise<Reader> {
  const context = await browser.newContext(options);
  const watched = await watch(context);
  const page = await context.newPage();
  return { context, page, watched, [Symbol.asyncDispose]: () => context.close() };
}

/** Returns the paths of all pages relative to the site's URL, from its llms.txt. */
export async function listRoutes(folder: string): Promise<string[]> {
  const list = await readFile(join(folder, 'llms.txt'), 'utf8');
  const pages = [...list.matchAll(/\]\(([^)]+)\.md\)/g)].map(([, path = '']) => path);
  return pages.map((path) => (path === 'index' ? '' : path));
}

/** Moves the pointer, which makes the page load Redoc. */
export async function hydrate(page: Page): Promise<void> {
  await page.mouse.move(0, 300);
  await page.mouse.move(1, 301);
  await hydrated(page);
}

async function hydrated(page: Page): Promise<void> {
  await page.locator('html.hydrated').waitFor({ state: 'attached' });
}

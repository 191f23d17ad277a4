import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '@firstofficer/browser';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type DocsOptions, serveDocs } from '../../src/index.ts';
import { type Watched, watch } from './watch.ts';

/** The folder of the site as `build` wrote it. */
export const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

/** A built site that is being served, and a browser to read it with. */
export interface Site extends AsyncDisposable {
  /** Where its front page is, with a slash at the end. */
  readonly url: string;
  readonly browser: Browser;
  /** Opens a reader's browser: nothing is kept from another. */
  reader(options?: BrowserContextOptions): Promise<Reader>;
}

interface Reader extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watched: Watched;
}

/** Serves a site on a free port. */
export async function openSite(options: DocsOptions = {}): Promise<Site> {
  const [docs, browser] = await Promise.all([serveDocs(options), launchBrowser()]);
  const url = docs.url + (options.base ?? '/');
  return {
    url,
    browser,
    reader: (settings) => openReader(browser, { baseURL: url, ...settings }),
    [Symbol.asyncDispose]: async () => {
      await browser.close();
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

/** The paths of all pages below the site's address, as its llms.txt lists them. */
export async function routesOf(folder: string): Promise<string[]> {
  const list = await readFile(join(folder, 'llms.txt'), 'utf8');
  const pages = [...list.matchAll(/\]\(([^)]+)\.md\)/g)].map(([, path = '']) => path);
  return pages.map((path) => (path === 'index' ? '' : path));
}

/** What fetches Redoc: a reader's hand on the mouse. */
export async function hydrate(page: Page): Promise<void> {
  await page.mouse.move(0, 300);
  await page.mouse.move(1, 301);
  await hydrated(page);
}

async function hydrated(page: Page): Promise<void> {
  await page.locator('html.hydrated').waitFor({ state: 'attached' });
}

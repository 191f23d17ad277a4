import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type BrowserContext,
  type BrowserContextOptions,
  hasChromium,
  isForeign,
  launchBrowser,
  type Page,
  requireBrowser,
} from '@firstofficer/browser';
import type { Context } from '@firstofficer/common/testing';
import { beforeEach, onTestFinished } from 'vitest';
import { type DocsOptions, serveDocs } from '../../src/index.ts';

/** A served site and a browser. */
export interface Site extends AsyncDisposable {
  /** The URL of the front page, with a slash at its end. */
  readonly url: string;
  /**
   * Opens a page in a new browser context, and closes the context when the test is finished. A concurrent test must
   * pass its own context.
   */
  open(path: string, options?: BrowserContextOptions, testContext?: Context): Promise<OpenPage>;
}

interface OpenPage {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly log: PageLog;
}

/** Serves a site on a free port. Skips the tests of the file if there is no browser. */
export async function openSite(options: DocsOptions = {}): Promise<Site> {
  beforeEach(requireBrowser);
  const [docs, browser] = await Promise.all([serveDocs(options), hasChromium() ? launchBrowser() : undefined]);
  const url = docs.url + (options.base ?? '/');
  return {
    url,
    open: async (path, settings, testContext = { onTestFinished }) => {
      if (!browser) throw new Error('There is no browser, so the test should have been skipped.');
      const context = await browser.newContext({ baseURL: url, ...settings });
      testContext.onTestFinished(() => context.close());
      const log = await recordLog(context);
      const page = await context.newPage();
      await page.goto(path);
      return { context, page, log };
    },
    [Symbol.asyncDispose]: async () => {
      await browser?.close();
      await docs.close();
    },
  };
}

/** Returns the paths of all pages relative to the site's URL, from its llms.txt. */
export async function listRoutes(folder: string): Promise<string[]> {
  const list = await readFile(join(folder, 'llms.txt'), 'utf8');
  const pages = [...list.matchAll(/\]\(([^)]+)\.md\)/g)].map(([, path = '']) => path);
  return pages.map((path) => (path === 'index' ? '' : path));
}

/** The requests and messages of the pages in a browser context. */
interface PageLog {
  /** The URLs of all requests. */
  readonly requests: readonly string[];
  /** Returns the URLs of requests to other machines. */
  listForeign(): string[];
  /** Returns console messages, uncaught errors and violations of the Content-Security-Policy. */
  listUnexpected(): string[];
}

/** Records the requests and messages of all pages of a context, including those that its pages open. */
async function recordLog(context: BrowserContext): Promise<PageLog> {
  const requests: string[] = [];
  const messages: string[] = [];
  // The console does not show every violation.
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      console.error(`refused: ${[effectiveDirective, blockedURI, sample].filter(Boolean).join(' ')}`);
    });
  });
  context
    .on('request', (request) => requests.push(request.url()))
    .on('console', (message) => messages.push(message.text()))
    .on('weberror', (error) => messages.push(String(error.error())));
  return {
    requests,
    listForeign: () => requests.filter(isForeign),
    listUnexpected: () => [...messages],
  };
}

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }>;
}

const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/**
 * Injects axe into pages that the context opens later. A script element would violate the Content-Security-Policy of
 * the pages.
 */
export async function addAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript(AXE);
}

/** Returns axe's violations on the page: each rule with its elements. */
export async function findViolations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // axe's script, which `addAxe` injects, defines this global.
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`);
  });
}

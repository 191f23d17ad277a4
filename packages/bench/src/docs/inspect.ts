import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, launchBrowser, type Page } from '@firstofficer/browser';
import { findFreePort } from '@firstofficer/common/listen';
import type { Description, JsonSchema } from '@firstofficer/openapi';
import lighthouse from 'lighthouse';
import {
  chooseOperation,
  DESKTOP,
  type FreshPage,
  type MenuItem,
  openFreshPage,
  openSearch,
  PHONE,
  sendRequest,
  waitForNetworkIdle,
} from './visit.ts';

/** The properties of a page that do not depend on time. */
export interface Inspection {
  /**
   * The violated axe rules in five states: on desktop after loading, after choosing the operation, after sending a
   * request with its console and with search open; on a phone after loading.
   */
  readonly axe: Violations;
  /** The URLs on other hosts that the page requested. */
  readonly foreign: readonly string[];
}

// The visit lasts this long, because pages send telemetry in batches after some seconds.
const STAY_MS = 10_000;

/** Visits a page on desktop and phone, and returns its violations and its requests to other hosts. */
export async function inspect(browser: Browser, url: string, item: MenuItem): Promise<Inspection> {
  const states: Violations[] = [];
  const checkState = async (fresh: FreshPage) => {
    await waitForNetworkIdle(fresh);
    states.push(await findViolations(fresh.page));
  };
  await using desktop = await openFreshPage(browser, DESKTOP);
  await desktop.page.goto(url);
  await checkState(desktop);
  await chooseOperation(desktop, item);
  await checkState(desktop);
  await sendRequest(desktop);
  await checkState(desktop);
  // The open search is a separate state, because axe ignores everything behind a dialog.
  await openSearch(desktop);
  await checkState(desktop);
  await setTimeout(STAY_MS);

  await using phone = await openFreshPage(browser, PHONE);
  await phone.page.goto(url);
  await checkState(phone);
  return { axe: mergeViolations(states), foreign: desktop.traffic.foreign };
}

/** The IDs of the axe rules that a page violates, by impact. */
export interface Violations {
  readonly critical: readonly string[];
  readonly serious: readonly string[];
}

declare global {
  // The script of axe defines this variable in the page.
  var axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> };
}

const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Runs axe on the current state of a page and returns the violated rules. */
export async function findViolations(page: Page): Promise<Violations> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run();
    return violations.map(({ id, impact }) => ({ id, impact }));
  });
  const listIds = (level: string) => found.filter(({ impact }) => impact === level).map(({ id }) => id);
  return { critical: listIds('critical'), serious: listIds('serious') };
}

/** Merges the violations of several page states. Each rule appears once. */
function mergeViolations(all: readonly Violations[]): Violations {
  const listIds = (level: keyof Violations) => [...new Set(all.flatMap((one) => one[level]))].sort();
  return { critical: listIds('critical'), serious: listIds('serious') };
}

export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

export type Category = (typeof CATEGORIES)[number];

/** Returns the Lighthouse scores for a phone, from 0 to 100. Runs a new browser, because Lighthouse resets its state. */
export async function measureScores(url: string): Promise<Record<Category, number>> {
  const port = await findFreePort();
  await using _browser = await launchBrowser({ flags: [`--remote-debugging-port=${port}`] });
  const result = await lighthouse(url, { port, logLevel: 'silent', output: 'json', onlyCategories: [...CATEGORIES] });
  const score = (category: Category) => Math.round((result?.lhr.categories[category]?.score ?? 0) * 100);
  return Object.fromEntries(CATEGORIES.map((category) => [category, score(category)])) as Record<Category, number>;
}

/** The maximum number of pages to visit. A reference of a few operations has fewer. */
const MAX_PAGES = 50;

/** Returns the text of the HTML without JavaScript, of the first page and of all pages that are reachable by links. */
export async function readTextWithoutScript(browser: Browser, url: string): Promise<string> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const queue = [url];
  const texts: string[] = [];
  for (const address of queue) {
    const response = await page.goto(address);
    if (!response?.ok() || !response.headers()['content-type']?.includes('html')) continue;
    const { text, links } = await page.evaluate(() => {
      const body = document.body.cloneNode(true) as HTMLElement;
      for (const element of body.querySelectorAll('script, style, template')) element.remove();
      // Joins text nodes with line breaks, so that words of adjacent elements stay separate.
      const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
      const parts: string[] = [];
      while (walker.nextNode()) parts.push(walker.currentNode.nodeValue ?? '');
      return { text: parts.join('\n'), links: [...document.querySelectorAll('a')].map(({ href }) => href) };
    });
    texts.push(text);
    for (const link of links.map((href) => href.replace(/#.*/, ''))) {
      if (link.startsWith(url) && !queue.includes(link) && queue.length < MAX_PAGES) queue.push(link);
    }
  }
  await context.close();
  return texts.join('\n');
}

/** Returns the names that readers look for: parameters, members of responses, statuses and values of examples. */
export function listNames({ operations }: Pick<Description, 'operations'>): string[] {
  const names = operations.flatMap(({ parameters, responses }) => [
    ...parameters.map(({ name }) => name),
    ...Object.keys(responses),
    ...Object.values(responses).flatMap(({ content = {} }) =>
      Object.values(content).flatMap(({ schema }) => listMembers(schema)),
    ),
    ...parameters.flatMap(({ examples = {} }) => Object.values(examples).map(({ value }) => String(value))),
  ]);
  return [...new Set(names)].filter((name) => name !== '');
}

/** Returns the names that a text contains as whole words. */
export function findNames(text: string, names: readonly string[]): string[] {
  return names.filter((name) => new RegExp(`(?<!\\w)${RegExp.escape(name)}(?!\\w)`).test(text));
}

function listMembers(schema: JsonSchema | undefined): string[] {
  return Object.keys((schema?.properties as object | undefined) ?? {});
}

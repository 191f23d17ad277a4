import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, launchBrowser } from '@firstofficer/browser';
import { UsageError } from '@firstofficer/common/command';
import { DIST } from '@firstofficer/docs';
import { loadDescription } from '@firstofficer/openapi';
import { computeMedians, computeSpread, measureInRounds } from '../statistics.ts';
import { hostSites, SPEC } from './host.ts';
import {
  type Category,
  findNames,
  type Inspection,
  inspect,
  listNames,
  measureScores,
  readTextWithoutScript,
} from './inspect.ts';
import { checkBudgets, type Figures, formatBudgetChecks, formatFigures } from './report.ts';
import { listSites, OUR_SITE } from './sites.ts';
import { DESKTOP, type MenuItem, PHONE, visit } from './visit.ts';
import type { Vitals } from './vitals.ts';

/** The options of the docs benchmark. */
export interface DocsOptions {
  /** Name prefixes of the pages to measure, case-insensitive. Default: all pages. */
  readonly only?: readonly string[];
  /** The number of visits to each page on each device. */
  readonly runs: number;
  /** The folder of our built site. */
  readonly site?: string;
  /** The JSON file to write all figures to. */
  readonly json?: string;
  /** Whether to exit with 1 if our site exceeds a budget. */
  readonly check?: boolean;
}

/** Measures our docs and other API references that are built from the same spec. */
export async function benchmarkDocs({ only, runs, site = DIST, json, check = false }: DocsOptions): Promise<void> {
  if (!existsSync(join(site, 'index.html'))) {
    throw new UsageError(`${site} has no index.html. Build the docs: npx -y pnpm@12 build`);
  }
  const all = listSites(site);
  const chosen = all.filter(({ name }) => only?.some((prefix) => hasPrefix(name, prefix)) ?? true);
  if (chosen.length === 0) {
    throw new UsageError(`--only matches no page. The pages are: ${all.map(({ name }) => name).join(', ')}`);
  }
  if (check && !chosen.some(({ name }) => name === OUR_SITE)) {
    throw new UsageError(`--check needs the page ${OUR_SITE}, which --only excludes. Add it to --only.`);
  }

  logProgress('Building the pages');
  await using hosted = await hostSites(chosen);
  await using browser = await launchBrowser();
  const pages = await measurePages(browser, hosted.urls, runs);

  const chromium = `Chromium ${browser.version()}`;
  console.log(`\nDocs: page cost for readers, in ${chromium}\n\n${formatFigures(pages)}`);
  if (json !== undefined) {
    await writeFile(json, `${JSON.stringify({ chromium, pages: Object.fromEntries(pages) }, null, 2)}\n`);
  }
  const ours = pages.get(OUR_SITE);
  if (ours !== undefined) {
    const checks = checkBudgets(ours);
    console.log(`\n${formatBudgetChecks(checks)}`);
    if (check && !checks.every(({ passed }) => passed)) process.exitCode = 1;
  }
}

/** Prints progress to standard error, because standard output contains the results. */
function logProgress(step: string): void {
  console.error(`› ${step}`);
}

function hasPrefix(name: string, prefix: string): boolean {
  return name.toLowerCase().startsWith(prefix.toLowerCase());
}

/**
 * Measures all pages in one session.
 *
 * @param visits - The number of visits to each page on each device. Lighthouse runs at most three times on each page.
 */
async function measurePages(
  browser: Browser,
  urls: ReadonlyMap<string, string>,
  visits: number,
): Promise<Map<string, Figures>> {
  const description = await loadDescription(SPEC);
  const names = listNames(description);
  const { summary, tags }: { summary?: string; tags?: readonly string[] } = description.operations[0]?.definition ?? {};
  const item: MenuItem = { label: summary ?? '', group: tags?.[0] ?? '' };

  const measureEach = <Figure>(rounds: number, step: string, measure: (url: string) => Promise<Figure>) =>
    measureInRounds([...urls.keys()], rounds, (name, round) => {
      logProgress(`${name} ${step}, ${round} of ${rounds}`);
      // Every name is a key of the map.
      return measure(urls.get(name) as string);
    });

  logProgress('Accessibility, other hosts and names');
  const inspections: (Inspection & { readonly name: string; readonly found: number })[] = [];
  for (const [name, url] of urls) {
    const found = findNames(await readTextWithoutScript(browser, url), names).length;
    inspections.push({ name, found, ...(await inspect(browser, url, item)) });
  }
  const desktop = await measureEach(visits, 'on desktop', (url) => visit(browser, url, { device: DESKTOP, item }));
  // Phone visits choose no menu item: each page opens its menu differently, and loads the same files as on desktop.
  const phone = await measureEach(visits, 'on phone', (url) => visit(browser, url, { device: PHONE }));
  const scores = await measureEach(Math.min(visits, 3), 'by Lighthouse', measureScores);

  const getFigures = ({ name, axe, foreign, found }: (typeof inspections)[number]): Figures => {
    const { [name]: desktopVisits = [] } = desktop;
    const { [name]: phoneVisits = [] } = phone;
    return {
      firstLoad: computeSpread(desktopVisits.map(({ firstLoad }) => firstLoad)).median,
      firstUse: computeSpread(desktopVisits.map(({ firstUse }) => firstUse)).median,
      desktop: computeMedians<keyof Vitals>(desktopVisits.map(({ vitals }) => vitals)),
      phone: computeMedians<keyof Vitals>(phoneVisits.map(({ vitals }) => vitals)),
      foreign,
      axe,
      names: { found, of: names.length },
      lighthouse: computeMedians<Category>(scores[name] ?? []),
    };
  };
  return new Map(inspections.map((inspection) => [inspection.name, getFigures(inspection)]));
}

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '@firstofficer/browser';
import { DIST } from '@firstofficer/docs';
import { UsageError } from '../usage-error.ts';
import { checkBudgets } from './budget-checks.ts';
import { host } from './host.ts';
import { measure } from './measure.ts';
import { budgetsTable, figuresTable } from './report.ts';
import { OURS } from './sites/ours.ts';
import { sites } from './sites.ts';

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
export async function docs({ only, runs, site = DIST, json, check = false }: DocsOptions): Promise<void> {
  if (!existsSync(join(site, 'index.html'))) {
    throw new UsageError(`${site} has no index.html. Build the docs: npx -y pnpm@12 build`);
  }
  const all = sites(site);
  const chosen = all.filter(({ name }) => only?.some((start) => hasPrefix(name, start)) ?? true);
  if (chosen.length === 0) {
    throw new UsageError(`--only matches no page. The pages are: ${all.map(({ name }) => name).join(', ')}`);
  }
  if (check && !chosen.some(({ name }) => name === OURS)) {
    throw new UsageError(`--check needs the page ${OURS}, which --only excludes. Add it to --only.`);
  }

  logProgress('Building the pages');
  await using served = await host(chosen);
  await using browser = await launchBrowser();
  const pages = await measure(browser, served.hosts, { visits: runs, lighthouseRuns: Math.min(runs, 3), logProgress });

  const chromium = `Chromium ${browser.version()}`;
  console.log(`\nDocs: page cost for readers, in ${chromium}\n\n${figuresTable(pages)}`);
  if (json !== undefined) {
    await writeFile(json, `${JSON.stringify({ chromium, pages: Object.fromEntries(pages) }, null, 2)}\n`);
  }
  const ours = pages.get(OURS);
  if (ours !== undefined) {
    const checks = checkBudgets(ours);
    console.log(`\n${budgetsTable(checks)}`);
    if (check && !checks.every(({ passed }) => passed)) process.exitCode = 1;
  }
}

/** Prints progress to standard error, because standard output contains the results. */
function logProgress(part: string): void {
  console.error(`› ${part}`);
}

function hasPrefix(name: string, start: string): boolean {
  return name.toLowerCase().startsWith(start.toLowerCase());
}

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '@firstofficer/browser';
import { DIST } from '@firstofficer/docs';
import { UsageError } from '../usage-error.ts';
import { host } from './host.ts';
import { measure } from './measure.ts';
import { figuresTable, verdictsTable } from './report.ts';
import { OURS } from './sites/ours.ts';
import { sites } from './sites.ts';
import { verdicts } from './verdict.ts';

/** What to measure, and where the figures go. */
export interface DocsOptions {
  /** Pages to measure, by the beginning of their names in any case. Default: all. */
  readonly only?: readonly string[];
  /** Visits to each page on each device. */
  readonly runs: number;
  /** The folder of our built site. */
  readonly site?: string;
  /** A file that all figures are written to, as JSON. */
  readonly json?: string;
  /** Whether the exit code is 1 if our site exceeds a budget. */
  readonly check?: boolean;
}

/** What the docs cost their readers, beside other references made from the same spec. */
export async function docs({ only, runs, site = DIST, json, check = false }: DocsOptions): Promise<void> {
  if (!existsSync(join(site, 'index.html'))) {
    throw new UsageError(`${site} has no index.html. Build the docs: npx -y pnpm@12 build`);
  }
  const all = sites(site);
  const chosen = all.filter(({ name }) => only?.some((start) => begins(name, start)) ?? true);
  if (chosen.length === 0) {
    throw new UsageError(`No page is called that. There are: ${all.map(({ name }) => name).join(', ')}`);
  }
  if (check && !chosen.some(({ name }) => name === OURS)) {
    throw new UsageError(`The budgets are of ${OURS}, which --only leaves out.`);
  }

  tell('Building the pages');
  await using served = await host(chosen);
  await using browser = await launchBrowser();
  const pages = await measure(browser, served.hosts, { visits: runs, lighthouse: Math.min(runs, 3) }, tell);

  const chromium = `Chromium ${browser.version()}`;
  console.log(`\nDocs: what they cost their readers, in ${chromium}\n\n${figuresTable(pages)}`);
  if (json !== undefined) {
    await writeFile(json, `${JSON.stringify({ chromium, pages: Object.fromEntries(pages) }, null, 2)}\n`);
  }
  const ours = pages.get(OURS);
  if (ours !== undefined) {
    const judged = verdicts(ours);
    console.log(`\n${verdictsTable(judged)}`);
    if (check && !judged.every(({ kept }) => kept)) process.exitCode = 1;
  }
}

/** On standard error: standard output is the result. */
function tell(part: string): void {
  console.error(`› ${part}`);
}

function begins(name: string, start: string): boolean {
  return name.toLowerCase().startsWith(start.toLowerCase());
}

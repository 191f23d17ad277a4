import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '@firstofficer/browser';
import { Command, InvalidArgumentError } from 'commander';
import { host } from './host.ts';
import { measure } from './measure.ts';
import { figuresTable, verdictsTable } from './report.ts';
import { OURS } from './sites/ours.ts';
import { sites } from './sites.ts';
import { verdicts } from './verdict.ts';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

const program = new Command('pnpm --filter @firstofficer/docs bench')
  .description('What the docs cost their readers, beside other references made from the same spec.')
  .argument('[benchmarks...]', 'of the whole workspace: nothing is done if docs is not among those named')
  .option('--only <names...>', 'pages to measure, by the beginning of their names in any case')
  .option('--runs <number>', 'visits to each page on each device', positive, 5)
  .option('--site <folder>', 'our built site', DIST)
  .option('--json <file>', 'writes all figures there as well')
  .option('--check', 'ends with 1 if our site exceeds a budget')
  .addHelpText('after', '\nExit codes: 0 done, 1 a budget is exceeded with --check, 2 wrong usage.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const { only, runs, site, json, check } = program.opts<{
  only?: string[];
  runs: number;
  site: string;
  json?: string;
  check?: true;
}>();

if (program.args.length > 0 && !program.args.includes('docs')) process.exit();
if (!existsSync(join(site, 'index.html'))) fail(`${site} has no index.html. Build the docs: npx -y pnpm@12 build`);
const chosen = sites(site).filter(({ name }) => only?.some((start) => begins(name, start)) ?? true);
if (chosen.length === 0)
  fail(
    `No page is called that. There are: ${sites(site)
      .map(({ name }) => name)
      .join(', ')}`,
  );
if (check && !chosen.some(({ name }) => name === OURS)) fail(`The budgets are of ${OURS}, which --only leaves out.`);

tell('Building the pages');
await using served = await host(chosen);
await using browser = await launchBrowser();
const machine = `Chromium ${browser.version()}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}`;
const pages = await measure(browser, served.hosts, { visits: runs, lighthouse: Math.min(runs, 3) }, tell);

console.log(`${machine}\n\n${figuresTable(pages)}`);
if (json !== undefined)
  await writeFile(json, `${JSON.stringify({ machine, pages: Object.fromEntries(pages) }, null, 2)}\n`);
const ours = pages.get(OURS);
if (ours !== undefined) {
  const all = verdicts(ours);
  console.log(`\n${verdictsTable(all)}`);
  if (check && !all.every(({ kept }) => kept)) process.exitCode = 1;
}

/** On standard error: standard output is the result. */
function tell(part: string): void {
  console.error(`› ${part}`);
}

function begins(name: string, start: string): boolean {
  return name.toLowerCase().startsWith(start.toLowerCase());
}

function positive(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(value);
}

function fail(reason: string): never {
  console.error(reason);
  process.exit(2);
}

import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { openWorkspaceCache, type ResultCache } from './result-cache.ts';
import { runTests } from './run-tests.ts';
import { runTurbo } from './run-turbo.ts';
import { createFailureRow, formatMarkdownSummary, formatRow, formatSummary, type StageResult } from './summary.ts';
import { appendToStepSummary } from './table.ts';

const ROOT = join(import.meta.dirname, '../../..');
const EXIT = { failed: 1, usage: 2 } as const;

const program = new Command('pnpm check')
  .description('Runs checks of the whole workspace, and ends with one table of their results.')
  .addArgument(new Argument('<stages...>', 'what to run, in this order').choices(['static', 'test', 'matrix']))
  .option('--verbose', 'print every test by name, and the output of every task')
  .option('--force', 'also run the tests of packages that have not changed since their tests passed')
  .option('--coverage', 'print the share of the code that the tests of the stage test run')
  .addHelpText('after', '\nExit codes: 0 all passed, 1 something failed, 2 wrong usage.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT.usage))
  .parse();
type Options = { verbose?: true; force?: true; coverage?: true };
const { verbose = false, force = false, coverage = false } = program.opts<Options>();

type Stage = 'static' | 'test' | 'matrix';

// Biome checks all packages at once: in each package, it would first read the whole repository.
const STATIC_TASKS = [
  'biome',
  '@firstofficer/spec#lint',
  'typecheck',
  'generate:check',
  'knip',
  'sherif',
  'licenses:check',
  'spec:diff',
];

const STAGES: Readonly<Record<Stage, () => Promise<StageResult>>> = {
  async static() {
    console.log(`\n› Static checks: ${STATIC_TASKS.join(', ')}`);
    const rows = await runTurbo({ root: ROOT, tasks: STATIC_TASKS, verbose });
    for (const row of rows) console.log(formatRow(row));
    return { rows, skips: [] };
  },
  async test() {
    await prepare('test:prepare');
    console.log('\n› Tests');
    return runTests({ root: ROOT, folder: 'test', verbose, coverage, ...(await openCache('test')) });
  },
  async matrix() {
    await prepare('build');
    console.log('\n› Longer tests: further runtimes, browsers, faulty servers');
    const tests = await runTests({ root: ROOT, folder: 'matrix', verbose, ...(await openCache('test:matrix')) });
    // The benchmarks are a separate workspace, so the tests above do not include it.
    const rows = await runTurbo({ root: ROOT, tasks: ['bench:check'], verbose });
    return { ...tests, rows: [...tests.rows, ...rows] };
  },
};

/** Opens the results of earlier runs, unless all tests have to run: coverage is measured while they run. */
async function openCache(task: string): Promise<{ cache?: ResultCache }> {
  return force || coverage ? {} : { cache: await openWorkspaceCache(ROOT, task) };
}

/** Builds what the tests need, such as the packed client. */
async function prepare(task: string): Promise<void> {
  console.log('\n› Building what the tests need');
  const start = performance.now();
  const rows = await runTurbo({ root: ROOT, tasks: [task], verbose });
  if (rows.some(({ failed }) => failed > 0)) throw new Error('the build failed: see its output above.');
  console.log(`  ✓ built (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}

const results: StageResult[] = [];
for (const stage of program.args as Stage[]) {
  try {
    results.push(await STAGES[stage]());
  } catch (error) {
    console.error(`\n✗ ${stage}: ${error instanceof Error ? error.message : error}`);
    results.push({ rows: [createFailureRow(stage, 1)], skips: [] });
  }
}
const all = { rows: results.flatMap(({ rows }) => rows), skips: results.flatMap(({ skips }) => skips) };
console.log(`\n${formatSummary(all)}`);
if (coverage) await appendToStepSummary(formatMarkdownSummary(all));
const hasFailed = all.rows.some(({ failed }) => failed > 0) || all.rows.every(({ passed }) => passed === 0);
process.exit(hasFailed ? EXIT.failed : 0);

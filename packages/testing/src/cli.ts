import { join } from 'node:path';
import { Argument, Command } from 'commander';
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
  .option('--coverage', 'print the share of the code that the tests of the stage test run')
  .addHelpText('after', '\nExit codes: 0 all passed, 1 something failed, 2 wrong usage.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT.usage))
  .parse();
const { verbose = false, coverage = false } = program.opts<{ verbose?: true; coverage?: true }>();

type Stage = 'static' | 'test' | 'matrix';

const STATIC_TASKS = [
  'lint',
  'typecheck',
  'generate:check',
  'format:check',
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
    return runTests({ root: ROOT, folder: 'test', verbose, coverage });
  },
  async matrix() {
    await prepare('build');
    console.log('\n› Longer tests: further runtimes, browsers, faulty servers');
    const tests = await runTests({ root: ROOT, folder: 'matrix', verbose });
    // The benchmarks are a separate workspace, so the tests above do not include it.
    const rows = await runTurbo({ root: ROOT, tasks: ['bench:check'], verbose });
    return { ...tests, rows: [...tests.rows, ...rows] };
  },
};

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

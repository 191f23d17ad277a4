import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { killTree } from '@firstofficer/common/kill-tree';
import { installOnDemand } from '@firstofficer/on-demand';
import type { Part } from './parts.ts';
import type { MutationReport } from './score.ts';

const STRYKER = join(import.meta.dirname, '../stryker');

/** Options of {@link runStryker}. */
export interface StrykerOptions {
  /** The root folder of the workspace. Stryker copies it, and changes the copy. */
  readonly root: string;
  readonly part: Part;
  /** The folder to write the reports to. It also keeps the results of this run, so that the next run is shorter. */
  readonly reports: string;
  /** How many processes run tests at the same time. */
  readonly concurrency: number;
}

/**
 * Changes the code of a part in many small ways ("mutants"), runs the tests for each, and returns the report. Installs
 * Stryker if it is missing.
 *
 * @throws Error if Stryker fails, for example because tests fail without any mutant.
 */
export async function runStryker(options: StrykerOptions): Promise<MutationReport> {
  const { root, part, reports } = options;
  await installOnDemand(STRYKER);
  await mkdir(reports, { recursive: true });
  const report = join(reports, 'mutation.json');
  await rm(report, { force: true });
  const settings = join(reports, 'stryker.json');
  await writeFile(settings, JSON.stringify(createSettings(options), null, 2));

  const program = join(STRYKER, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const stryker = spawn(process.execPath, [program, 'run', settings], {
    cwd: root,
    env: { ...process.env, MUTATION_PART: JSON.stringify(part) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  // If Stryker is killed, its test runners keep running.
  const stop = () => killTree(stryker);
  process.once('exit', stop);
  const [code] = (await once(stryker, 'close')) as [number | null];
  process.off('exit', stop);
  if (code !== 0) throw new Error('Stryker failed: see its output above.');
  return JSON.parse(await readFile(report, 'utf8'));
}

/** Returns the configuration of Stryker, documented at https://stryker-mutator.io/docs/stryker-js/configuration. */
function createSettings({ part, reports, concurrency }: StrykerOptions): object {
  return {
    plugins: [join(STRYKER, 'node_modules/@stryker-mutator/vitest-runner/dist/src/index.js')],
    testRunner: 'vitest',
    vitest: { configFile: join(import.meta.dirname, 'vitest-in-copy.ts'), related: false },
    coverageAnalysis: 'perTest',
    concurrency,
    mutate: part.files.map((pattern) => pattern.replace(/^!?/, (exclamation) => `${exclamation}${part.folder}/`)),
    // The tests need none of these.
    ignorePatterns: ['dist', 'packages/bench', 'packages/mutation/reports', 'apps/api/data', '/data'],
    tempDirName: '.mutation',
    cleanTempDir: 'always',
    // The code is not compiled, so Stryker need not turn off type checks.
    disableTypeChecks: false,
    // Long enough that a busy machine does not turn a survivor into a timeout.
    timeoutMS: 20_000,
    incremental: true,
    incrementalFile: join(reports, 'incremental.json'),
    reporters: ['json', 'html', process.stdout.isTTY ? 'progress' : 'progress-append-only'],
    jsonReporter: { fileName: join(reports, 'mutation.json') },
    htmlReporter: { fileName: join(reports, 'mutation.html') },
    warnings: { slow: false },
  };
}

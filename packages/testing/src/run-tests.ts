import { existsSync, globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  DefaultReporter,
  startVitest,
  type TestCase,
  type TestModule,
  type TestSpecification,
  type TestSuite,
} from 'vitest/node';
import { createCoverageOptions, readCoverage } from './coverage.ts';
import type { ResultCache } from './result-cache.ts';
import { createFailureRow, formatRow, type Row, type Skip, type StageResult } from './summary.ts';

/** Options of {@link runTests}. */
export interface TestOptions {
  /** The root folder of the workspace. */
  readonly root: string;
  /** The folder with the tests in each package: `test` for quick tests, `matrix` for long ones. */
  readonly folder: 'test' | 'matrix';
  /** Whether to print every test by name. */
  readonly verbose: boolean;
  /** Whether to measure which statements the tests run. */
  readonly coverage?: boolean;
  /** The results of packages that have not changed since their tests passed. Default: runs the tests of all packages. */
  readonly cache?: ResultCache;
}

/**
 * Runs the tests of all packages in one vitest instance, so that its workers share the cores. Packages with a result in
 * the cache do not run.
 */
export async function runTests(options: TestOptions): Promise<StageResult> {
  const { root, folder, verbose, coverage = false, cache } = options;
  const all = findPackages(root, folder);
  const cached = all.flatMap((path) => cache?.find(basename(path)) ?? []);
  for (const row of cached) console.log(formatRow(row));
  const packages = all.filter((path) => !cached.some(({ name }) => name === basename(path)));
  if (packages.length === 0) return { rows: cached, skips: [] };
  // Quick tests often wait for the processes that they start, so one worker more than there are cores keeps the cores busy.
  const maxWorkers = availableParallelism() + (folder === 'test' ? 1 : 0);
  const vitest = await startVitest([], {
    root,
    config: false,
    projects: packages.map((path) => ({
      extends: join(path, 'vitest.config.ts'),
      root: path,
      test: { name: basename(path), include: [`${folder}/**/*.test.ts`], maxWorkers },
    })),
    reporters: [verbose ? 'verbose' : new QuietReporter(), ...(process.env.GITHUB_ACTIONS ? ['github-actions'] : [])],
    maxWorkers,
    watch: false,
    ...(coverage ? { coverage: createCoverageOptions(root) } : {}),
  });
  const result = countResults(vitest.state.getTestModules());
  const unhandled = vitest.state.getUnhandledErrors().length;
  await vitest.close();
  const covered = coverage ? await readCoverage(root) : new Map<string, number>();
  const measured = result.rows.map((row) => {
    const percent = covered.get(row.name);
    return percent === undefined ? row : { ...row, coverage: percent };
  });
  const rows = [...cached, ...measured].sort((a, b) => (a.name < b.name ? -1 : 1));
  // An unhandled error belongs to no package, so none of this run's results is reliable.
  await cache?.save(unhandled > 0 ? cached : rows);
  return { ...result, rows: unhandled > 0 ? [...rows, createFailureRow('unhandled errors', unhandled)] : rows };
}

/** Returns the folders of the packages that have tests in a folder of this name. */
function findPackages(root: string, folder: string): string[] {
  const folders = globSync(`{spec,packages/*,apps/*}/${folder}`, { cwd: root });
  const packages = folders.map((path) => join(root, dirname(path))).sort();
  // A folder with a workspace file is a separate workspace, which may not be installed.
  return packages.filter((path) => !existsSync(join(path, 'pnpm-workspace.yaml')));
}

/** Prints a line for each package when its tests have ended, and all failures in full at the end. */
class QuietReporter extends DefaultReporter {
  // Print the output of a test only if it fails.
  protected override silent = 'passed-only' as const;
  readonly #files = new Map<string, number>();
  readonly #ended = new Map<string, TestModule[]>();

  override onTestRunStart(specifications: readonly TestSpecification[]): void {
    super.onTestRunStart(specifications);
    for (const { project } of specifications) this.#files.set(project.name, (this.#files.get(project.name) ?? 0) + 1);
  }

  protected override printTestModule(module: TestModule): void {
    const { name } = module.project;
    const ended = [...(this.#ended.get(name) ?? []), module];
    this.#ended.set(name, ended);
    if (ended.length === this.#files.get(name)) this.log(formatRow(createRow(name, ended)));
  }

  // The command prints one summary of all stages at its end.
  override reportTestSummary(): void {}
}

/** Counts the results of test files by package. */
function countResults(modules: readonly TestModule[]): StageResult {
  const packages = Map.groupBy(modules, ({ project }) => project.name);
  return {
    rows: [...packages].map(([name, own]) => createRow(name, own)),
    skips: [...packages].flatMap(([name, own]) => listSkips(name, own)),
  };
}

/** Counts the results of one package's test files. */
function createRow(name: string, modules: readonly TestModule[]): Row {
  const tests = listTests(modules);
  const inState = (state: string) => tests.filter((test) => test.result().state === state).length;
  return {
    name,
    passed: inState('passed'),
    // Files that do not load and hooks that throw count as failures, although no test of them fails.
    failed: inState('failed') + modules.flatMap(listErrorsOutsideTests).length,
    skipped: inState('skipped'),
    seconds: sumSeconds(modules),
  };
}

function listSkips(name: string, modules: readonly TestModule[]): Skip[] {
  const reasons = listTests(modules).flatMap((test) => {
    const result = test.result();
    return result.state === 'skipped' ? [result.note ?? `no reason given (${test.fullName})`] : [];
  });
  return [...Map.groupBy(reasons, (reason) => reason)].map(([reason, { length }]) => ({ name, reason, tests: length }));
}

function listTests(modules: readonly TestModule[]): TestCase[] {
  return modules.flatMap((module) => [...module.children.allTests()]);
}

function listErrorsOutsideTests(module: TestModule): unknown[] {
  return [module, ...module.children.allSuites()].flatMap((entity: TestModule | TestSuite) => entity.errors());
}

/** Adds up the seconds of all files: imports, hooks and tests. Files run in parallel, so the run itself is shorter. */
function sumSeconds(modules: readonly TestModule[]): number {
  const times = modules.map((module) => {
    const { collectDuration, prepareDuration, environmentSetupDuration, setupDuration, duration } = module.diagnostic();
    return collectDuration + prepareDuration + environmentSetupDuration + setupDuration + duration;
  });
  return times.reduce((sum, time) => sum + time, 0) / 1000;
}

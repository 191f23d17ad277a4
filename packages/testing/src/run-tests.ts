import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { startVitest } from 'vitest/node';
import { QuietReporter } from './quiet-reporter.ts';
import type { StageResult } from './result.ts';
import { resultOf } from './test-results.ts';

/** Which tests to run, and how to report them. */
export interface TestOptions {
  /** The workspace's root folder. */
  readonly root: string;
  /** The folder of each package that holds the tests: `test` for the quick ones, `matrix` for the long ones. */
  readonly folder: 'test' | 'matrix';
  /** Prints every test by name. */
  readonly verbose: boolean;
}

/** Runs the tests of all packages in one vitest, whose workers share the cores. */
export async function runTests({ root, folder, verbose }: TestOptions): Promise<StageResult> {
  const packages = await packagesWith(root, folder);
  const vitest = await startVitest([], {
    root,
    config: false,
    projects: packages.map((path) => ({
      extends: join(path, 'vitest.config.ts'),
      root: path,
      test: { name: basename(path), include: [`${folder}/**/*.test.ts`], maxWorkers: availableParallelism() },
    })),
    reporters: [verbose ? 'verbose' : new QuietReporter(), ...(process.env.GITHUB_ACTIONS ? ['github-actions'] : [])],
    maxWorkers: availableParallelism(),
    watch: false,
  });
  const result = resultOf(vitest.state.getTestModules());
  const unhandled = vitest.state.getUnhandledErrors().length;
  await vitest.close();
  return unhandled > 0 ? { ...result, rows: [...result.rows, unhandledErrors(unhandled)] } : result;
}

function unhandledErrors(count: number) {
  return { name: 'unhandled errors', passed: 0, failed: count, skipped: 0, seconds: 0 };
}

/** The packages of the workspace that have such a folder of tests. */
async function packagesWith(root: string, folder: string): Promise<string[]> {
  const nested = await Promise.all(
    ['packages', 'apps'].map(async (parent) =>
      (await readdir(join(root, parent))).map((name) => join(root, parent, name)),
    ),
  );
  const has = (path: string, name: string) => existsSync(join(path, name));
  return [join(root, 'spec'), ...nested.flat()].filter(
    // The benchmarks are a workspace of their own, which may not be installed.
    (path) => has(path, folder) && has(path, 'vitest.config.ts') && !has(path, 'pnpm-workspace.yaml'),
  );
}

import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { CoverageOptions } from 'vitest/node';

/** The folder of the coverage report, relative to the root of the workspace. */
export const COVERAGE_FOLDER = 'packages/testing/coverage';

/** What readers of the figures need to know. */
export const COVERAGE_NOTE =
  'Coverage is the share of statements in src that ran in the processes of the tests. Code that tests run in other processes, such as commands, does not count.';

/** The coverage options of vitest. */
export function createCoverageOptions(root: string): CoverageOptions {
  return {
    enabled: true,
    provider: 'v8',
    include: ['{packages,apps}/*/src/**/*.ts'],
    exclude: ['**/generated/**'],
    reporter: ['json-summary', 'html'],
    reportsDirectory: join(root, COVERAGE_FOLDER),
    // Failed tests are no reason to hide the figures.
    reportOnFailure: true,
  };
}

interface Counts {
  readonly total: number;
  readonly covered: number;
}

/** Reads the report that vitest wrote, and returns the percentage of covered statements by the name of the package. */
export async function readCoverage(root: string): Promise<Map<string, number>> {
  const text = await readFile(join(root, COVERAGE_FOLDER, 'coverage-summary.json'), 'utf8');
  const summary: Record<string, { readonly statements: Counts }> = JSON.parse(text);
  const files = Object.entries(summary).filter(([file]) => file !== 'total');
  const packages = Map.groupBy(files, ([file]) => relative(root, file).split(sep)[1] ?? '');
  const percentages = [...packages].map(([name, own]): [string, number] => {
    const sum = (count: keyof Counts) => own.reduce((total, [, { statements }]) => total + statements[count], 0);
    return [name, (100 * sum('covered')) / sum('total')];
  });
  return new Map(percentages.filter(([, percent]) => Number.isFinite(percent)));
}

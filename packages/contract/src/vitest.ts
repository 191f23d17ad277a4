import { afterAll, describe, expect, test } from 'vitest';
import { nameOf, openRun, type RunOptions } from './run/open-run.ts';

/**
 * Registers every test case of the contract tests as a vitest test, grouped by operation and check. Await it at the top
 * level of a test file: the test cases depend on the description and on the target.
 *
 * @throws Error if the description cannot be read, or if no test case is selected.
 * @example
 * import { contractTests } from '@firstofficer/contract/vitest';
 *
 * await contractTests({ target: { url: 'http://127.0.0.1:3000', token: process.env.FIRSTOFFICER_TOKEN } });
 */
export async function contractTests(options: RunOptions = {}): Promise<void> {
  const run = await openRun(options);
  afterAll(() => run.close());
  if (run.planned.length === 0)
    throw new Error('No test case is selected. Check the options `filter`, `settings.only` and `settings.skip`.');
  for (const [operation, planned] of Map.groupBy(run.planned, (one) => one.operation.id)) {
    describe(operation, () => {
      for (const [check, testCases] of Map.groupBy(planned, (one) => one.check.name)) {
        describe(check, () => {
          test.for(testCases.map((one) => [one.testCase.name, one] as const))('%s', async ([, one], context) => {
            const { observations, skipped } = await run.run(one);
            if (skipped !== undefined) context.skip(skipped);
            const errors = observations.filter(({ severity }) => severity === 'error');
            const lines = errors.map(
              ({ check: name, expected, actual, spec, curl }) =>
                `${name}: expected ${expected}; ${actual}\n  ${spec.pointer}\n  ${curl}`,
            );
            if (lines.length > 0) expect.fail([`${nameOf(one)}`, ...new Set(lines)].join('\n'));
          });
        });
      }
    });
  }
}

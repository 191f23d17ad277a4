import { afterAll, describe, expect, test } from 'vitest';
import { nameOf, openRun, type RunOptions } from './run/open-run.ts';

/**
 * Registers every probe of the contract tests as a vitest test, by operation and check. Call it at the top level of a
 * test file and await it: what there is to test follows from the description and from the target.
 *
 * @throws Error if the description cannot be read, or if there is nothing to test.
 * @example
 * import { contractTests } from '@firstofficer/contract/vitest';
 *
 * await contractTests({ target: { url: 'http://127.0.0.1:3000', token: process.env.FIRSTOFFICER_TOKEN } });
 */
export async function contractTests(options: RunOptions = {}): Promise<void> {
  const run = await openRun(options);
  afterAll(() => run.close());
  if (run.planned.length === 0) throw new Error('no operation of the description fits these checks');
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

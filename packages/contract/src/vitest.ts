import type { RunnerTask } from 'vitest';
import { afterAll, describe, expect, test } from 'vitest';
import { formatUnreached } from './report/figures.ts';
import { formatTestCaseName, type PlannedTestCase } from './run/plan.ts';
import type { RunReport, TestCaseOutcome } from './run/report.ts';
import { type RunOptions, runContract } from './run/run.ts';

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
  let selected: readonly string[] = [];
  const run = runContract({ ...options, shouldRun: (testCase) => selected.includes(formatTestCaseName(testCase)) });
  afterAll(() => run.return());
  const { value: started } = await run.next();
  if (started?.type !== 'run-started' || started.testCases.length === 0)
    throw new Error('No test case is selected. Check the options `filter`, `only` and `skip`.');

  const outcomes = new Map<PlannedTestCase, TestCaseOutcome>();
  /** Continues the run until the test case has an outcome. */
  async function runUntilOutcome(testCase: PlannedTestCase): Promise<TestCaseOutcome> {
    for (;;) {
      const outcome = outcomes.get(testCase);
      if (outcome) return outcome;
      const { value: event } = await run.next();
      if (event?.type === 'test-case-finished') outcomes.set(event.testCase, event.outcome);
      if (event?.type === 'run-finished') throw new Error(event.report.stopped ?? 'The test case did not run.');
      if (!event) throw new Error('The run ended before this test case.');
    }
  }

  async function runToEnd(): Promise<RunReport> {
    for (;;) {
      const { value: event } = await run.next();
      if (event?.type === 'run-finished') return event.report;
      if (!event) throw new Error('The run ended without a report.');
    }
  }

  for (const [operation, ofOperation] of Map.groupBy(started.testCases, (testCase) => testCase.operation.id)) {
    describe(operation, () => {
      for (const [check, testCases] of Map.groupBy(ofOperation, (testCase) => testCase.check.name)) {
        describe(check, () => {
          const named = testCases.map((testCase) => [testCase.testCase.name, testCase] as const);
          // The run limits the time of each request itself.
          test.for(named)('%s', { timeout: 0 }, async ([, testCase], context) => {
            // Vitest has decided by now which tests to skip, for example because of `-t`.
            if (selected.length === 0) selected = listTestCasesToRun(context.task.file);
            const { observations, skipped } = await runUntilOutcome(testCase);
            if (skipped !== undefined) context.skip(skipped);
            const errors = observations.filter(({ severity }) => severity === 'error');
            const lines = errors.map(
              ({ check: name, expected, actual, spec, curl }) =>
                `${name}: expected ${expected}; ${actual}\n  ${spec.pointer}\n  ${curl}`,
            );
            if (lines.length > 0) expect.fail([formatTestCaseName(testCase), ...new Set(lines)].join('\n'));
          });
        });
      }
    });
  }

  if (options.allowUnreached) return;
  test('each operation gets a documented success', { timeout: 0 }, async (context) => {
    if (selected.length < started.testCases.length) context.skip('Not all test cases run.');
    const { unreached } = await runToEnd();
    if (unreached.length > 0) expect.fail(['Not fully checked:', ...unreached.map(formatUnreached)].join('\n'));
  });
}

/** Returns the full names of the test cases whose vitest tests are not skipped. */
function listTestCasesToRun(task: RunnerTask): string[] {
  if (task.type === 'suite') return task.tasks.flatMap(listTestCasesToRun);
  const check = task.suite;
  const isSkipped = task.mode === 'skip' || task.mode === 'todo';
  return isSkipped || !check?.suite ? [] : [`${check.suite.name} ${check.name}: ${task.name}`];
}

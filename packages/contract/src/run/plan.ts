import type { Operation } from '@firstofficer/openapi';
import type { Check, TestCase } from '../checks/check.ts';
import { CHECKS } from '../checks/index.ts';
import { isSafeMethod } from '../http/exchange.ts';
import { RULES } from '../rules/index.ts';
import type { ResolvedOptions, RunContext } from './context.ts';

/** All checks. */
export const ALL_CHECKS: readonly Check[] = [...CHECKS, ...RULES];

/**
 * A test case with its check and its operation.
 *
 * @example
 * const options: RunOptions = { shouldRun: ({ check }: PlannedTestCase) => check.name === 'ignored_auth' };
 */
export interface PlannedTestCase {
  readonly check: Check;
  readonly operation: Operation;
  readonly testCase: TestCase;
}

/** Returns the checks that the options select. */
export function selectChecks(all: readonly Check[], { only, skip }: Pick<ResolvedOptions, 'only' | 'skip'>): Check[] {
  return all.filter(({ name }) => (only === undefined || only.includes(name)) && !skip.includes(name));
}

/** Returns the selected checks that look at every response. */
export function selectResponseChecks(all: readonly Check[], options: Pick<ResolvedOptions, 'only' | 'skip'>): Check[] {
  return selectChecks(all, options).filter(({ checkResponse, testCases }) => checkResponse || !testCases);
}

/**
 * Returns all test cases by operation. Unsafe operations come last, so that they do not change what other test cases read.
 *
 * @param first - The name of a check whose test cases come first, before those of other checks.
 */
export function plan(all: readonly Check[], context: RunContext, first?: string): PlannedTestCase[] {
  const { options, description } = context;
  const selected = selectChecks(all, options);
  // Response checks need requests from other checks, so if one is selected, all checks that are not skipped send theirs.
  const testing = selected.some(({ testCases }) => !testCases)
    ? all.filter(({ name }) => !options.skip.includes(name))
    : selected;
  const order = (check: Check, { method }: Operation) =>
    (isSafeMethod(method) ? 0 : 2) + (check.name === first ? 0 : 1);
  return description.operations
    .flatMap((operation) =>
      testing.flatMap((check) =>
        (check.testCases?.(operation, context) ?? []).map((testCase) => ({ check, operation, testCase })),
      ),
    )
    .toSorted((a, b) => order(a.check, a.operation) - order(b.check, b.operation));
}

/** Returns the full name of a test case. */
export function formatTestCaseName({ operation, check, testCase }: PlannedTestCase): string {
  return `${operation.id} ${check.name}: ${testCase.name}`;
}

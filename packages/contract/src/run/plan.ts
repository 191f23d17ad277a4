import type { Operation } from '@firstofficer/openapi';
import type { Check, TestCase } from '../checks/check.ts';
import { CHECKS } from '../checks/index.ts';
import { typicalRequests } from '../checks/typical-requests.ts';
import { isSkipped, type Skipped } from '../generate/base-data.ts';
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

/** A check without test cases for an operation, and why it has none. */
export interface SkippedCheck extends Skipped {
  readonly check: string;
  readonly operation: string;
}

/** What a run sends. */
export interface Plan {
  readonly testCases: readonly PlannedTestCase[];
  readonly skipped: readonly SkippedCheck[];
}

// In other profiles, violations of the profile `firstofficer` are only notes, so a few test cases are enough. Checks
// return the test cases that find most faults first.
const PROFILE_TEST_CASES = 4;

/** Returns the checks that the options select. */
export function selectChecks(all: readonly Check[], { only, skip }: Pick<ResolvedOptions, 'only' | 'skip'>): Check[] {
  return all.filter(({ name }) => (only === undefined || only.includes(name)) && !skip.includes(name));
}

/** Returns the selected checks that look at every response. */
export function selectResponseChecks(all: readonly Check[], options: Pick<ResolvedOptions, 'only' | 'skip'>): Check[] {
  return selectChecks(all, options).filter(({ checkResponse, testCases }) => checkResponse || !testCases);
}

/** Which of the test cases to plan, and in which order. */
interface Selection {
  /** Selects the test cases whose full name matches. Default: all. */
  readonly filter?: RegExp | undefined;
  /** The name of a check whose test cases come first, before those of other checks. */
  readonly first?: string | undefined;
}

/**
 * Returns all test cases by operation, and the checks that have none. Each operation also gets the request that should
 * succeed. Unsafe operations come last, so that they do not change what other test cases read.
 */
export function plan(all: readonly Check[], context: RunContext, { filter, first }: Selection = {}): Plan {
  const { options, description } = context;
  const selected = selectChecks(all, options);
  // Checks of every response need the requests of others. If all checks are selected, there are enough of them.
  const hasResponseChecks = selected.some(({ testCases }) => !testCases);
  const needsTypical = hasResponseChecks && options.only !== undefined;
  // A filter can name the test cases of any check.
  const testing = needsTypical && filter ? all.filter(({ name }) => !options.skip.includes(name)) : selected;
  const order = (check: Check, { method }: Operation) =>
    (check.runsAlone ? (check.name === first ? -1 : 4) : isSafeMethod(method) ? 0 : 2) + (check.name === first ? 0 : 1);
  const testCases: PlannedTestCase[] = [];
  const skipped: SkippedCheck[] = [];
  for (const operation of description.operations) {
    const list = (check: Check): PlannedTestCase[] => {
      const result = check.testCases?.(operation, context) ?? [];
      if (isSkipped(result)) {
        skipped.push({ check: check.name, operation: operation.id, ...result });
        return [];
      }
      const isReduced = check.basis === 'profile' && options.profile !== 'firstofficer';
      const chosen = isReduced ? result.slice(0, PROFILE_TEST_CASES) : result;
      return chosen.map((testCase) => ({ check, operation, testCase }));
    };
    const isMatch = (testCase: PlannedTestCase) => filter === undefined || filter.test(formatTestCaseName(testCase));
    const own = testing.flatMap(list).filter(isMatch);
    const [basic, ...typical] = list(typicalRequests);
    const others = needsTypical ? typical.filter(isMatch) : [];
    const isTested = own.length > 0 || others.length > 0 || (hasResponseChecks && filter === undefined);
    testCases.push(...(basic && isTested ? [basic] : []), ...others, ...own);
  }
  return {
    testCases: testCases.toSorted((a, b) => order(a.check, a.operation) - order(b.check, b.operation)),
    skipped,
  };
}

/** Splits the test cases of a plan: those of a group may run at the same time. */
export function splitIntoPhases(testCases: readonly PlannedTestCase[]): (readonly PlannedTestCase[])[] {
  const groups: PlannedTestCase[][] = [];
  let last = '';
  for (const testCase of testCases) {
    const { check, operation } = testCase;
    const phase = check.runsAlone ? 'alone' : isSafeMethod(operation.method) ? 'safe' : 'unsafe';
    if (phase === last && phase !== 'alone') groups.at(-1)?.push(testCase);
    else groups.push([testCase]);
    last = phase;
  }
  return groups;
}

/** Returns the full name of a test case. */
export function formatTestCaseName({ operation, check, testCase }: PlannedTestCase): string {
  return `${operation.id} ${check.name}: ${testCase.name}`;
}

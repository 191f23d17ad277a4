import type { Operation } from '@firstofficer/openapi';
import type { Check, TestCase } from '../checks/check.ts';
import { CHECKS } from '../checks/index.ts';
import { LIST_CHECKS } from '../checks/lists/index.ts';
import { STATE_CHECKS } from '../checks/state/index.ts';
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

/** A part of a run. Each part begins when all test cases of the one before are done. */
export type Phase = 'safe' | 'unsafe' | 'state';

const PHASES: readonly Phase[] = ['safe', 'unsafe', 'state'];
const STATEFUL: readonly Check[] = [...STATE_CHECKS, ...LIST_CHECKS];

/**
 * Returns the part of the run to which a test case belongs. Unsafe operations come after safe ones, so that they do not
 * change what others read. Checks that compare several responses to different requests come last, one at a time.
 */
export function findPhase({ check, operation }: Pick<PlannedTestCase, 'check' | 'operation'>): Phase {
  if (STATEFUL.includes(check)) return 'state';
  return isSafeMethod(operation.method) ? 'safe' : 'unsafe';
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
 * Returns all test cases in the order of the phases, and the checks that have none. Each operation also gets the request
 * that should succeed.
 */
export function plan(all: readonly Check[], context: RunContext, { filter, first }: Selection = {}): Plan {
  const { options, description } = context;
  const selected = selectChecks(all, options);
  // Checks of every response need the requests of others. If all checks are selected, there are enough of them.
  const hasResponseChecks = selected.some(({ testCases }) => !testCases);
  const needsTypical = hasResponseChecks && options.only !== undefined;
  // A filter can name the test cases of any check.
  const testing = needsTypical && filter ? all.filter(({ name }) => !options.skip.includes(name)) : selected;
  const order = (testCase: PlannedTestCase) =>
    PHASES.indexOf(findPhase(testCase)) * 2 + (testCase.check.name === first ? 0 : 1);
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
    testCases: testCases.toSorted((a, b) => order(a) - order(b)),
    skipped,
  };
}

/** Returns the full name of a test case. */
export function formatTestCaseName({ operation, check, testCase }: PlannedTestCase): string {
  return `${operation.id} ${check.name}: ${testCase.name}`;
}

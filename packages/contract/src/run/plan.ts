import type { Operation } from '@firstofficer/openapi';
import type { Check, TestCase } from '../checks/check.ts';
import { isSafe, type RunContext, type Settings } from './context.ts';

/** A probe, the check that it is for, and the operation that it is of. */
export interface PlannedTestCase {
  readonly check: Check;
  readonly operation: Operation;
  readonly testCase: TestCase;
}

/** The checks that a run is told to make. */
export function selectedChecks(all: readonly Check[], { only, skip }: Pick<Settings, 'only' | 'skip'>): Check[] {
  return all.filter(({ name }) => (only === undefined || only.includes(name)) && !skip.includes(name));
}

/** Of the checks that a run is told to make, those that judge every response. */
export function responseChecksOf(all: readonly Check[], settings: Pick<Settings, 'only' | 'skip'>): Check[] {
  return selectedChecks(all, settings).filter(({ checkResponse, testCases }) => checkResponse || !testCases);
}

/** What there is to try, operation by operation: those that change something last, so that what others read stays as it is. */
export function plan(all: readonly Check[], context: RunContext): PlannedTestCase[] {
  const { settings, description } = context;
  const selected = selectedChecks(all, settings);
  // What only judges needs responses to judge, or their lack: those of every probe that is not skipped outright.
  const testing = selected.some(({ testCases }) => !testCases)
    ? all.filter(({ name }) => !settings.skip.includes(name))
    : selected;
  const operations = description.operations.toSorted((a, b) => Number(isSafe(b.method)) - Number(isSafe(a.method)));
  return operations.flatMap((operation) =>
    testing.flatMap((check) =>
      (check.testCases?.(operation, context) ?? []).map((testCase) => ({ check, operation, testCase })),
    ),
  );
}

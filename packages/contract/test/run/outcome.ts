import type { Observation, TestCaseOutcome } from '../../src/run/report.ts';

/** Returns an observation with defaults for all parts that do not matter to the test. */
export function observation(parts: Partial<Observation> = {}): Observation {
  return {
    check: 'some_check',
    severity: 'error',
    operation: 'getPet',
    testCase: 'first test case',
    expected: 'status 200',
    actual: 'status 500',
    spec: { file: 'openapi.yaml', pointer: '/paths', line: 3 },
    curl: 'curl …',
    kind: 'status 200',
    ...parts,
  };
}

/** Returns an outcome with defaults for all parts that do not matter to the test. */
export function outcome(parts: Partial<TestCaseOutcome> = {}): TestCaseOutcome {
  return {
    check: 'some_check',
    operation: 'getPet',
    testCase: 'first test case',
    durationMs: 5,
    observations: [],
    checked: { some_check: 1 },
    covered: {},
    requests: 1,
    ...parts,
  };
}

import type { Observation, TestCaseOutcome } from '../../src/run/outcome.ts';

/** What was observed once, of which only what matters to the test is said. */
export function observation(parts: Partial<Observation> = {}): Observation {
  return {
    check: 'some_check',
    severity: 'error',
    operation: 'getPet',
    probe: 'first probe',
    expected: 'status 200',
    actual: 'status 500',
    spec: { file: 'openapi.yaml', pointer: '/paths', line: 3 },
    curl: 'curl …',
    kind: 'status 200',
    ...parts,
  };
}

/** What a probe has to tell, likewise. */
export function outcome(parts: Partial<TestCaseOutcome> = {}): TestCaseOutcome {
  return {
    check: 'some_check',
    operation: 'getPet',
    testCase: 'first probe',
    durationMs: 5,
    observations: [],
    checked: { some_check: 1 },
    covered: {},
    requests: 1,
    exchanges: [],
    ...parts,
  };
}

import type { Finding } from './run-report.ts';

/** A violation in one exchange. */
export interface Observation extends Omit<Finding, 'times'> {
  /** Observations of the same kind are merged into one finding. */
  readonly kind: string;
}

/** The outcome of a test case. */
export interface TestCaseOutcome {
  readonly check: string;
  readonly operation: string;
  readonly testCase: string;
  readonly durationMs: number;
  readonly observations: readonly Observation[];
  /** The number of exchanges that each check looked at. */
  readonly checked: Readonly<Record<string, number>>;
  /** How often each documented item occurred, such as `status 401` or `example 200 lost_customer`. */
  readonly covered: Readonly<Record<string, number>>;
  readonly requests: number;
  /** Why the test case could not finish. */
  readonly skipped?: string;
}

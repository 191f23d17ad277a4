import type { Finding, RecordedExchange } from './run-report.ts';

/** A departure as it was observed once. */
export interface Observation extends Omit<Finding, 'times'> {
  /** Observations of the same kind are one finding. */
  readonly kind: string;
}

/** What a probe has to tell when it is over. */
export interface TestCaseOutcome {
  readonly check: string;
  readonly operation: string;
  readonly testCase: string;
  readonly durationMs: number;
  readonly observations: readonly Observation[];
  /** How many exchanges each check judged. */
  readonly checked: Readonly<Record<string, number>>;
  /** How often what the description documents occurred, such as `status 401` or `example 200 lost_customer`. */
  readonly covered: Readonly<Record<string, number>>;
  readonly requests: number;
  readonly exchanges: readonly RecordedExchange[];
  /** Why it could not be tried to its end. */
  readonly skipped?: string;
}

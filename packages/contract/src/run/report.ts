import type { Severity } from '../checks/check.ts';

/**
 * A place in the OpenAPI description.
 *
 * @example
 * const { file, line }: SpecLocation = finding.spec;
 */
export interface SpecLocation {
  /** The path of the description, relative to the working directory if it is inside. */
  readonly file: string;
  /** JSON Pointer (RFC 6901) within that file, such as `/components/schemas/Customer/required`. */
  readonly pointer: string;
  /** The line number, starting at 1. */
  readonly line: number;
}

/**
 * A violation of the description. Violations of the same kind are one finding.
 *
 * @example
 * const findings: Finding[] = report.checks.flatMap((result) => result.findings);
 */
export interface Finding {
  /** The name of the check, such as `ignored_auth`. */
  readonly check: string;
  readonly severity: Severity;
  /** The operationId. */
  readonly operation: string;
  /** The name of the test case that found it first, such as `basicAuth: no key`. */
  readonly testCase: string;
  /** What the description requires. */
  readonly expected: string;
  /** What the response was instead. */
  readonly actual: string;
  /** The place in the description that requires it. */
  readonly spec: SpecLocation;
  /** A shell command that repeats the request. The key is `$FIRSTOFFICER_TOKEN`. */
  readonly curl: string;
  /** The number of exchanges with this violation. */
  readonly times: number;
}

/**
 * The result of one check for one operation.
 *
 * @example
 * const failed: CheckResult[] = report.checks.filter(({ status }) => status === 'failed');
 */
export interface CheckResult {
  readonly check: string;
  readonly rationale: string;
  readonly severity: Severity;
  readonly operation: string;
  /** `passed` if there are no errors; `skipped` if there was no exchange to check, or the run ended before. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** The number of exchanges that the check looked at. */
  readonly exchanges: number;
  /** Why the check was skipped, if the check gave a reason. */
  readonly reason?: string;
  /** The time that the requests of the check's own test cases took in total, without waiting for each other. */
  readonly durationMs: number;
  readonly findings: readonly Finding[];
}

/**
 * A documented item and how often it occurred.
 *
 * @example
 * const item: CoverageItem = { name: '401', times: 12 };
 */
export interface CoverageItem {
  /** The name of the item, such as `401`, `401 WWW-Authenticate`, `200 lost_customer` or `basicAuth`. */
  readonly name: string;
  readonly times: number;
}

/**
 * The coverage of one operation.
 *
 * @example
 * const [{ statuses, examples }]: readonly OperationCoverage[] = report.coverage;
 */
export interface OperationCoverage {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly requests: number;
  readonly statuses: readonly CoverageItem[];
  readonly headers: readonly CoverageItem[];
  readonly examples: readonly CoverageItem[];
  readonly securitySchemes: readonly CoverageItem[];
}

/**
 * An operation that got no documented success, so that its responses are not fully checked.
 *
 * @example
 * const names: string[] = report.unreached.map(({ operation }: UnreachedOperation) => operation);
 */
export interface UnreachedOperation {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  /** The statuses that its typical requests got instead. Empty if no request was sent or none had a response. */
  readonly seen: readonly string[];
  /** What to do so that the operation succeeds. */
  readonly advice: string;
}

/**
 * The report of a run. All report formats are generated from it.
 *
 * @example
 * const report: RunReport = await verifyContract({ target });
 */
export interface RunReport {
  readonly tool: { readonly name: string; readonly version: string };
  readonly target: string;
  readonly spec: { readonly file: string; readonly title: string; readonly version: string };
  /** The start time in ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly requests: number;
  /** The seed of generated values. Pass it to `--seed` to repeat them. */
  readonly seed: number;
  /**
   * `passed`: no errors; `failed`: at least one; `incomplete`: no errors, but not fully checked, because the run ended
   * early or an operation got no documented success.
   */
  readonly verdict: 'passed' | 'failed' | 'incomplete';
  /** Why the run ended early. Undefined if it did not. */
  readonly stopped?: string;
  /** The objects that the run created and could not delete, such as `/tours/7`. */
  readonly remaining: readonly string[];
  /** The operations that got no documented success. */
  readonly unreached: readonly UnreachedOperation[];
  /** What the description describes and the tests send no requests to, such as `the webhook petBorn`. */
  readonly notTested: readonly string[];
  /** Whether the run can pass although operations got no documented success. */
  readonly allowUnreached: boolean;
  readonly checks: readonly CheckResult[];
  /** The findings that the baseline contains. They are not among the findings of the checks. Undefined without a baseline. */
  readonly known?: readonly Finding[];
  readonly coverage: readonly OperationCoverage[];
}

/**
 * A violation in one exchange.
 *
 * @example
 * if (event.type === 'violation') console.log(event.observation.actual);
 */
export interface Observation extends Omit<Finding, 'times'> {
  /** Observations of the same kind are merged into one finding. */
  readonly kind: string;
}

/**
 * The number of requests of a test case to one operation, and what they covered.
 *
 * @example
 * const tally: Tally | undefined = event.outcome.tallies.retrieveCustomer;
 */
export interface Tally {
  readonly requests: number;
  /** The number of exchanges that each check looked at. */
  readonly checked: Readonly<Record<string, number>>;
  /** How often each documented item occurred, such as `status 401` or `example 200 lost_customer`. */
  readonly covered: Readonly<Record<string, number>>;
  /** How often each status occurred in responses to the operation's own method. */
  readonly statuses: Readonly<Record<string, number>>;
}

/**
 * The outcome of a test case.
 *
 * @example
 * if (event.type === 'test-case-finished') console.log(event.outcome.requests);
 */
export interface TestCaseOutcome {
  readonly check: string;
  readonly operation: string;
  readonly testCase: string;
  /** The time that its requests took in total, without their time in the queue of the limiter. */
  readonly durationMs: number;
  readonly observations: readonly Observation[];
  /** The number of requests to all operations. */
  readonly requests: number;
  /** What was sent to each operation, by operationId. A test case may send requests to several operations. */
  readonly tallies: Readonly<Record<string, Tally>>;
  /** Why the test case could not finish because the run ended. */
  readonly skipped?: string;
  /** Why the test case could not show anything. */
  readonly reason?: string;
}

import type { Severity } from '../checks/check.ts';

/** A place in the OpenAPI description. */
export interface SpecLocation {
  /** The path of the description, relative to the working directory if it is inside. */
  readonly file: string;
  /** JSON Pointer (RFC 6901) within that file, such as `/components/schemas/Customer/required`. */
  readonly pointer: string;
  /** The line number, starting at 1. */
  readonly line: number;
}

/** A violation of the description. Violations of the same kind are one finding. */
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

/** The result of one check for one operation. */
export interface CheckResult {
  readonly check: string;
  readonly rationale: string;
  readonly severity: Severity;
  readonly operation: string;
  /** `passed` if there are no errors; `skipped` if there was no exchange to check, or the run ended before. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** The number of exchanges that the check looked at. */
  readonly exchanges: number;
  readonly durationMs: number;
  readonly findings: readonly Finding[];
}

/** A documented item and how often it occurred. */
export interface CoverageItem {
  /** The name of the item, such as `401`, `401 WWW-Authenticate`, `200 lost_customer` or `basicAuth`. */
  readonly name: string;
  readonly times: number;
}

/** The coverage of one operation. */
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

/** A recorded request and response for the HTTP archive. It may contain secrets. */
export interface RecordedExchange {
  readonly operation: string;
  readonly testCase: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly method: string;
  /** The absolute URL as it was sent. */
  readonly url: string;
  /** In the order and letter case in which they were sent. */
  readonly requestHeaders: readonly (readonly [name: string, value: string])[];
  readonly requestBody?: string;
  /** Undefined if there was no response. `failure` then has the reason. */
  readonly response?: {
    readonly httpVersion: string;
    readonly status: number;
    readonly statusText: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    /** The body as UTF-8, or as base64 if it is not UTF-8. */
    readonly body: string;
    readonly encoding?: 'base64';
  };
  readonly failure?: string;
}

/** The report of a run. All report formats are generated from it. */
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
  /** `passed`: no errors; `failed`: at least one; `incomplete`: no errors, but not every check could run. */
  readonly verdict: 'passed' | 'failed' | 'incomplete';
  /** Why the run ended early. Undefined if it did not. */
  readonly stopped?: string;
  readonly checks: readonly CheckResult[];
  readonly coverage: readonly OperationCoverage[];
}

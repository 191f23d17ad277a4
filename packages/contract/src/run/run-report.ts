/** How much a departure weighs: an `error` breaks the contract, a `note` only tells something worth knowing. */
export type Severity = 'error' | 'note';

/** A place in the OpenAPI description. */
export interface SpecLocation {
  /** The description's file, as a path relative to the working directory where it lies below it. */
  readonly file: string;
  /** JSON Pointer (RFC 6901) within that file, such as `/components/schemas/Customer/required`. */
  readonly pointer: string;
  /** Counted from 1. */
  readonly line: number;
}

/** One way in which the target departs from the description. Departures that say the same are one finding. */
export interface Finding {
  /** The check's stable name, such as `ignored_auth`. */
  readonly check: string;
  readonly severity: Severity;
  /** The operationId. */
  readonly operation: string;
  /** What was tried when it came up first, such as `basicAuth: no key`. */
  readonly probe: string;
  /** What the description promises. */
  readonly expected: string;
  /** What came instead. */
  readonly actual: string;
  /** What promises it. */
  readonly spec: SpecLocation;
  /** A shell command that repeats the request, the key as `$FIRSTOFFICER_TOKEN`. */
  readonly curl: string;
  /** In how many exchanges it came up. */
  readonly times: number;
}

/** How one check of one operation went. */
export interface CheckResult {
  readonly check: string;
  readonly rationale: string;
  readonly severity: Severity;
  readonly operation: string;
  /** `passed` although it has notes; `skipped` if nothing was there to check it by, or the run ended before it. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** How many exchanges it judged. */
  readonly exchanges: number;
  readonly durationMs: number;
  readonly findings: readonly Finding[];
}

/** Something that the description documents, and how often it occurred. */
export interface CoverageItem {
  /** Such as `401`, `401 WWW-Authenticate`, `200 lost_customer` or `basicAuth`. */
  readonly name: string;
  readonly times: number;
}

/** What was exercised of one operation. */
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

/** A request and its response, for the HTTP archive. Secrets are not yet removed from it. */
export interface RecordedExchange {
  readonly operation: string;
  readonly probe: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly method: string;
  /** Absolute, as it was sent. */
  readonly url: string;
  /** In the order in which they were sent, names as they were written. */
  readonly requestHeaders: readonly (readonly [name: string, value: string])[];
  readonly requestBody?: string;
  /** Undefined if there was none; then `failure` says why. */
  readonly response?: {
    readonly httpVersion: string;
    readonly status: number;
    readonly statusText: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    /** The bytes as UTF-8, or base64 where they are none. */
    readonly body: string;
    readonly encoding?: 'base64';
  };
  readonly failure?: string;
}

/** Everything that a run has to tell. All report formats are made from it. */
export interface RunReport {
  readonly tool: { readonly name: string; readonly version: string };
  readonly target: string;
  readonly spec: { readonly file: string; readonly title: string; readonly version: string };
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly requests: number;
  /** Repeats the generated requests when it is given to `--seed`. */
  readonly seed: number;
  /** `kept`: no errors; `broken`: at least one; `incomplete`: no errors, but not every check could run. */
  readonly verdict: 'kept' | 'broken' | 'incomplete';
  /** Why the run ended before its end, undefined if it did not. */
  readonly stopped?: string;
  readonly checks: readonly CheckResult[];
  readonly coverage: readonly OperationCoverage[];
}

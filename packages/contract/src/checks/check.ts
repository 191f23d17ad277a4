import type { Operation } from '@firstofficer/openapi';
import type { RawResponse } from '../http/raw-response.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { OperationRequest, RequestParts } from '../request/operation-request.ts';
import type { RunContext } from '../run/context.ts';
import type { Severity } from '../run/run-report.ts';

/** What a check holds against a response. */
export interface Violation {
  readonly expected: string;
  readonly actual: string;
  /** An object of the description, and the members below it, that promise what is expected. */
  readonly specRef: readonly [object: object, ...members: string[]];
  /** Default: the check's own. */
  readonly severity?: Severity;
}

/** Something to try on the target. */
export interface TestCase {
  /** What is tried, such as `basicAuth: no key`. */
  readonly name: string;
  run(session: Session): Promise<void>;
}

/** One thing that a server has to keep, under a name that stays. */
export interface Check {
  readonly name: string;
  readonly severity: Severity;
  /** Why it matters, in one line. */
  readonly rationale: string;
  /** Where the promise is written that no schema can express, for rules of one API. */
  readonly source?: string;
  /** What is tried for it. */
  testCases?(operation: Operation, context: RunContext): readonly TestCase[];
  /** What it holds against any response of an operation, whatever was tried. */
  checkResponse?(exchange: OperationExchange, context: RunContext): readonly Violation[];
}

/** The interface through which a test case sends requests to its operation and reports violations. */
export interface Session {
  /**
   * Sends a request and runs all response checks on the response. By default the request has the right key and
   * parameter values that are expected to succeed.
   */
  send(parts?: RequestParts): Promise<OperationExchange>;
  /** Sends a request and reads until the connection ends. No response checks run on the response. */
  sendRaw(parts?: RequestParts): Promise<{ readonly request: OperationRequest; readonly response: RawResponse }>;
  /** Runs `work` and holds back its observations. They are part of the outcome only if `keep` is called. */
  trial(work: () => Promise<void>): Promise<{ readonly hasFailed: boolean; keep(): void }>;
  /** Reports a violation for the check of this test case. */
  report(at: { readonly request: OperationRequest }, violation: Violation): void;
}

import { type Description, findExamplePairs, type Operation } from '@firstofficer/openapi';
import type { KnownCustomer } from '../customers/known-customers.ts';
import { isSafeMethod } from '../http/exchange.ts';
import type { RawResponse } from '../http/raw-response.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { OperationRequest, RequestParts } from '../request/operation-request.ts';
import type { ParameterValues } from '../request/serialization.ts';
import { isLoopback, type Target } from '../request/target.ts';
import type { Validator } from '../schema/validation.ts';

/** One requirement for a server. Its name must not change: users select checks by name. */
export interface Check {
  readonly name: string;
  readonly severity: Severity;
  /** The reason for the check, in one line. */
  readonly rationale: string;
  /** For rules of one API: where the description states the rule in words. */
  readonly source?: string;
  /** Returns the test cases of the check for an operation. */
  testCases?(operation: Operation, context: CheckContext): readonly TestCase[];
  /** Returns the violations in a response, whichever test case sent the request. */
  checkResponse?(exchange: OperationExchange, context: CheckContext): readonly Violation[];
}

/**
 * The severity of a finding: an `error` fails the run, a `note` is only information.
 *
 * @example
 * import type { Severity } from '@firstofficer/contract';
 *
 * const severity: Severity = 'note';
 */
export type Severity = 'error' | 'note';

/** One or more requests to the target and what is expected of the responses. */
export interface TestCase {
  /** Describes the requests, such as `basicAuth: no key`. */
  readonly name: string;
  run(session: Session): Promise<void>;
}

/** One way in which a response violates the description. */
export interface Violation {
  readonly expected: string;
  readonly actual: string;
  /** The place in the description that requires what is expected: an object and the members below it. */
  readonly specRef: readonly [object: object, ...members: string[]];
  /** Default: the severity of the check. */
  readonly severity?: Severity;
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

/** Everything that checks need to know about a run. */
export interface CheckContext {
  readonly description: Description;
  readonly validator: Validator;
  readonly target: Target;
  readonly options: CheckOptions;
  /** Parameter values for which operations succeed. */
  readonly known: ParameterValues;
  /** Further parameter values for which operations succeed, such as other identifiers of the same resource. */
  readonly alternatives: readonly ParameterValues[];
  /** Customers that the target has. */
  readonly customers: readonly KnownCustomer[];
  /** Whether the target serves the examples of the description, as a mock does. */
  readonly servesExamples: boolean;
}

/** The options of a run that checks depend on. */
export interface CheckOptions {
  /** The seed of generated values. */
  readonly seed: number;
  /** The number of generated values per property. */
  readonly generated: number;
  /** Whether to send unsafe methods to other machines. */
  readonly unsafeMethods: boolean;
}

/** Returns whether a method may be sent. Unsafe methods may change data of a live API. */
export function isMethodAllowed(
  { target, options }: Pick<CheckContext, 'target' | 'options'>,
  method: string,
): boolean {
  return isSafeMethod(method) || options.unsafeMethods || isLoopback(target.url);
}

/**
 * Returns whether an operation must succeed: it is safe, and every required parameter has a value that is known for the
 * target or comes from an example that the target serves. Unsafe operations may fail when they are repeated.
 */
export function shouldSucceed({ known, servesExamples }: CheckContext, operation: Operation): boolean {
  if (!isSafeMethod(operation.method)) return false;
  const success = findExamplePairs(operation).find(({ status }) => status.startsWith('2'))?.parameters ?? {};
  return operation.parameters.every(
    ({ name, required = false }) => !required || name in known || (servesExamples && name in success),
  );
}

import { type Description, findExamplePairs, type Operation } from '@firstofficer/openapi';
import type { KnownCustomer } from '../customers/known-customers.ts';
import type { BaseData, Skipped } from '../generate/base-data.ts';
import { isSafeMethod } from '../http/exchange.ts';
import type { RawResponse } from '../http/raw-response.ts';
import type { ListHints } from '../lists/hints.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { OperationRequest, RequestParts } from '../request/operation-request.ts';
import type { ParameterValues } from '../request/serialization.ts';
import { isLoopback, type Target } from '../request/target.ts';
import type { Validator } from '../schema/validation.ts';
import type { MadeObject } from '../state/objects.ts';
import type { Resource } from '../state/resources.ts';

/** One requirement for a server. Its name must not change: users select checks by name. */
export interface Check {
  readonly name: string;
  readonly severity: Severity;
  /** What requires the server to pass the check. */
  readonly basis: Basis;
  /** The reason for the check, in one line. */
  readonly rationale: string;
  /** For rules of one API: where the description states the rule in words. */
  readonly source?: string;
  /** What the check needs so that it has test cases, such as `a GET operation`. */
  readonly needs?: string;
  /**
   * Returns the test cases of the check for an operation, or why there are none. An operation that the check does not
   * apply to has an empty list of test cases.
   */
  testCases?(operation: Operation, context: CheckContext): readonly TestCase[] | Skipped;
  /** Returns the violations in a response, whichever test case sent the request. Undefined if the check does not apply to it. */
  checkResponse?(exchange: OperationExchange, context: CheckContext): readonly Violation[] | undefined;
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

/**
 * What requires that a server passes a check:
 *
 * - `description`: a place in the OpenAPI description.
 * - `rfc`: a standard, such as HTTP or JSON.
 * - `profile`: a rule that only the profile `firstofficer` has. In other profiles, its violations are notes.
 * - `inference`: names and types in the description, which may have another meaning. Its violations are notes.
 *
 * @example
 * const basis: Basis = 'rfc';
 */
export type Basis = 'description' | 'rfc' | 'profile' | 'inference';

/**
 * The rules that a run applies in addition to those of the description and of standards: those of FirstOfficer's API, or
 * none.
 *
 * @example
 * import type { Profile } from '@firstofficer/contract';
 *
 * const profile: Profile = 'generic';
 */
export type Profile = 'firstofficer' | 'generic';

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
  /** Default: the basis of the check. */
  readonly basis?: Basis;
}

/** The interface through which a test case sends requests and reports violations. */
export interface Session {
  /**
   * Sends a request and runs all response checks on the response. By default the request has the right key and
   * parameter values that are expected to succeed.
   *
   * @param operation - Default: the operation of the test case.
   */
  send(parts?: RequestParts, operation?: Operation): Promise<OperationExchange>;
  /** Sends a request and reads until the connection ends. No response checks run on the response. */
  sendRaw(parts?: RequestParts): Promise<{ readonly request: OperationRequest; readonly response: RawResponse }>;
  /**
   * Creates an object for this test case only. The run deletes it at the end.
   *
   * @param body - The value of the request body. Default: the body of `CheckContext.base`.
   * @returns Undefined if the target did not create an object.
   */
  create(resource: Resource, body?: unknown): Promise<MadeObject | undefined>;
  /**
   * Ends the test case because it cannot show anything. The report contains the reason.
   *
   * @throws Error that ends the test case. Do not catch it.
   */
  skip(reason: string): never;
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
  /** The data of requests that are likely to succeed. */
  readonly base: BaseData;
  /** The kinds of objects that operations create, retrieve, change and delete. */
  readonly resources: readonly Resource[];
  /** Further parameter values for which operations succeed, such as other identifiers of the same resource. */
  readonly alternatives: readonly ParameterValues[];
  /** Customers that the target has. */
  readonly customers: readonly KnownCustomer[];
  /** Whether the target serves the examples of the description, as a mock does. */
  readonly servesExamples: boolean;
  /** Returns the parameter values that are known for the target and for which an operation succeeds. */
  parametersFor(operation: Operation): ParameterValues;
}

/** The options of a run that checks depend on. */
export interface CheckOptions {
  /** The seed of generated values. */
  readonly seed: number;
  /** The number of generated values per property. */
  readonly generated: number;
  /** Whether to send unsafe methods to other machines. */
  readonly unsafeMethods: boolean;
  /** What the description cannot say about the lists of operations, by operation ID. */
  readonly lists: Readonly<Record<string, ListHints>>;
  /** How long the tests wait until a change is visible in later responses, in milliseconds. */
  readonly settleMs: number;
  /** The profile, which decides whether violations of FirstOfficer's own rules are errors. */
  readonly profile: Profile;
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
export function shouldSucceed({ parametersFor, servesExamples }: CheckContext, operation: Operation): boolean {
  if (!isSafeMethod(operation.method)) return false;
  const known = parametersFor(operation);
  const success = findExamplePairs(operation).find(({ status }) => status.startsWith('2'))?.parameters ?? {};
  return operation.parameters.every(
    ({ name, required = false }) => !required || name in known || (servesExamples && name in success),
  );
}

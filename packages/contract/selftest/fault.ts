import { parseKey, TOKEN } from './server/correct.ts';
import { getIdentifier, PREFIX } from './server/description.ts';
import type { Variant } from './server/steps.ts';

/** A server with one fault, and how to trigger the fault. */
export interface FaultyServer {
  readonly variant: Variant;
  /** Requests on one connection that trigger the fault. Default: one request that retrieves an example customer. */
  readonly triggeredBy?: TestRequest | readonly TestRequest[];
  /** `note` if the fault does not violate the contract. Default: `error`. */
  readonly severity?: 'error' | 'note';
  /** Whether the requests never get a complete response. */
  readonly hangs?: boolean;
  /** Whether the fault affects only customers that are in no example. */
  readonly onlyKnownCustomers?: boolean;
}

/** A faulty server that a check must find. */
export interface Fault extends FaultyServer {
  /** What the server does wrong, such as `omits extra_id`. */
  readonly name: string;
  /**
   * The check that must find the fault. A fault that depends on timing has several checks, and at least one of them must
   * find it. Other checks may find it as well.
   */
  readonly checks: readonly string[];
}

/** A group of similar faults. */
export interface FaultGroup {
  readonly name: string;
  readonly faults: readonly Fault[];
}

/** A server that differs from the correct one, but conforms to the contract. */
export interface LegitimateVariant {
  /** What the server does differently, such as `indents the JSON`. */
  readonly name: string;
  readonly variant: Variant;
}

/**
 * Returns the faults that one check must find, or one of several checks.
 *
 * @param servers - The faulty servers by the names of their faults.
 * @param common - What all of these servers have in common.
 */
export function foundBy(
  check: string | readonly string[],
  servers: Readonly<Record<string, FaultyServer>>,
  common: Partial<FaultyServer> = {},
): Fault[] {
  return Object.entries(servers).map(([name, server]) => ({ name, checks: [check].flat(), ...common, ...server }));
}

/** A request that is sent unchanged. */
export interface TestRequest {
  readonly method: string;
  /** The request target. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

// An identifier of each kind, from the description's examples.
export const STRIPE_ID = getIdentifier('stripe_id');
export const ID = getIdentifier('firstofficer_id');
export const EXTRA_ID = getIdentifier('extra_id');
export const EMAIL = getIdentifier('email');

export const formatBasic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;
export const formatToken = (key: string) => `Token token="${key}"`;

/** Returns whether an Authorization header has this key in one of the documented forms. */
export const hasKey = (value: string, key: string) => parseKey(value) === key;

/** Returns a request for a customer with the right key. `more` replaces parts and adds headers. */
export function createRequest(identifier: string = STRIPE_ID, more: Partial<TestRequest> = {}): TestRequest {
  return createRawRequest(encodeURIComponent(identifier), more);
}

/** Returns a request with this path segment as it is. It may include a query. */
export function createRawRequest(segment: string, { headers, ...more }: Partial<TestRequest> = {}): TestRequest {
  return {
    method: 'GET',
    target: PREFIX + segment,
    ...more,
    headers: { Authorization: formatToken(TOKEN), ...headers },
  };
}

/** Returns a request for a customer with these credentials, or without any. */
export function createRequestWithAuth(value: string | undefined, identifier: string = STRIPE_ID): TestRequest {
  return {
    method: 'GET',
    target: PREFIX + encodeURIComponent(identifier),
    headers: value === undefined ? {} : { Authorization: value },
  };
}

/** Returns the same request several times. */
export function repeat(times: number, request: TestRequest = createRequest()): TestRequest[] {
  return Array.from({ length: times }, () => request);
}

/** A request with a malformed identifier. The correct server answers 400. */
export const MALFORMED = createRawRequest('%ZZ');
/** A request without a key. The correct server answers 401. */
export const WITHOUT_KEY = createRequestWithAuth(undefined);
/** A request with a wrong key. The correct server answers 401. */
export const WITH_WRONG_KEY = createRequestWithAuth(formatToken('wrong'));
/** A request for an unknown customer. The correct server answers 404. */
export const UNKNOWN = createRequest('cus_NoSuch');

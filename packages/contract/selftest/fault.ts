import { TOKEN } from './server/correct.ts';
import { getIdentifier, PREFIX } from './server/description.ts';
import type { Variant } from './server/steps.ts';

/** A server with one fault, and the requests that trigger the fault. `V` is the type of the variants of a server. */
export interface FaultyServer<V = Variant> {
  readonly variant: V;
  /** Requests on one connection that trigger the fault. Default: one request that retrieves an example customer. */
  readonly triggeredBy?: TestRequest | readonly TestRequest[];
  /** `note` if the fault does not violate the contract. Default: `error`. */
  readonly severity?: 'error' | 'note';
  /** Whether the requests never get a complete response. */
  readonly hangs?: boolean;
  /** Whether the fault affects only customers that are in no example. */
  readonly onlyKnownCustomers?: boolean;
}

/** A faulty server with its name and the checks that must report it. */
export interface Fault<V = Variant> extends FaultyServer<V> {
  /** What the server does wrong, such as `omits extra_id`. */
  readonly name: string;
  /**
   * The check that must report the fault. A fault that depends on timing has several checks, and at least one of them
   * must report it. Other checks may report it as well.
   */
  readonly checks: readonly string[];
}

/** A group of similar faults. */
export interface FaultGroup<V = Variant> {
  readonly name: string;
  readonly faults: readonly Fault<V>[];
}

/** Faulty servers by the names of their faults. */
export type FaultTable<V = Variant> = Readonly<Record<string, FaultyServer<V>>>;

/** A server that differs from the correct one, but conforms to the contract. */
export interface LegitimateVariant {
  /** What the server does differently, such as `indents the JSON`. */
  readonly name: string;
  readonly variant: Variant;
}

/**
 * Returns the faults that one check must report, or one of several checks.
 *
 * @param tables - One table, or several if names are generated, because a spread would overwrite an equal name.
 * @param common - Properties of all these servers.
 * @throws Error if two servers have the same name.
 */
export function foundBy<V = Variant>(
  check: string | readonly string[],
  tables: FaultTable<V> | readonly FaultTable<V>[],
  common: Partial<FaultyServer<V>> = {},
): Fault<V>[] {
  const names = new Set<string>();
  return [tables]
    .flat()
    .flatMap((table) => Object.entries(table))
    .map(([name, server]) => {
      if (names.has(name)) throw new Error(`Two faults have the name "${name}". Rename one of them.`);
      names.add(name);
      return { name, checks: [check].flat(), ...common, ...server };
    });
}

/** Returns a faulty server for each value. `formatName` returns its name. */
export function createServers<Value>(
  values: readonly Value[],
  formatName: (value: Value) => string,
  create: (value: Value) => FaultyServer,
): FaultTable[] {
  return values.map((value) => ({ [formatName(value)]: create(value) }));
}

/** A request that is sent unchanged. */
export interface TestRequest {
  readonly method: string;
  /** The request target. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

// An identifier of each kind, from the description's examples.
export const STRIPE_ID = getIdentifier('stripe_id');
export const ID = getIdentifier('firstofficer_id');
export const EXTRA_ID = getIdentifier('extra_id');
export const EMAIL = getIdentifier('email');

export const formatBasic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;
export const formatToken = (key: string) => `Token token="${key}"`;

/** Returns a request for a customer with the right key. `changes` replaces the method or target, and adds headers. */
export function createRequest(identifier: string = STRIPE_ID, changes: Partial<TestRequest> = {}): TestRequest {
  return createRawRequest(encodeURIComponent(identifier), changes);
}

/** Returns a request with this percent-encoded path segment, which may include a query. */
export function createRawRequest(segment: string, { headers, ...changes }: Partial<TestRequest> = {}): TestRequest {
  return {
    method: 'GET',
    target: PREFIX + segment,
    ...changes,
    headers: { Authorization: formatToken(TOKEN), ...headers },
  };
}

/** Returns a request for a customer with this value of the Authorization header, or without the header. */
export function createRequestWithAuth(value: string | undefined, identifier: string = STRIPE_ID): TestRequest {
  return { ...createRequest(identifier), headers: value === undefined ? {} : { Authorization: value } };
}

/** Returns an array with the request repeated. */
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

import type { Variant } from './server/steps.ts';
import type { TestRequest } from './test-request.ts';

/** A server with one fault. */
export interface Fault {
  /** What is wrong. */
  readonly name: string;
  /** The check that must find the fault, unless `FOUND_BY` names another one. Other checks may find it as well. */
  readonly check: string;
  /** `note` if the fault does not violate the contract. Default: `error`. */
  readonly severity?: 'error' | 'note';
  readonly variant: Variant;
  /** Requests on one connection that trigger the fault. Default: one request that retrieves an example customer. */
  readonly triggeredBy?: TestRequest | readonly TestRequest[];
  /** Whether the requests never get a complete response. */
  readonly hangs?: boolean;
  /** Whether the fault affects only customers that are in no example. */
  readonly onlyKnownCustomers?: boolean;
}

/** A group of similar faults. */
export interface FaultGroup {
  readonly name: string;
  readonly faults: readonly Fault[];
}

/** A server that differs from the correct one, but conforms to the contract. */
export interface LegitimateVariant {
  /** What is different. */
  readonly name: string;
  readonly variant: Variant;
}

import type { Variant } from './server/steps.ts';
import type { TestRequest } from './test-request.ts';

/** A server with one thing wrong. */
export interface Fault {
  /** What is wrong. */
  readonly name: string;
  /** The name of the check that is nearest to it. Others may report it, too. */
  readonly check: string;
  /** `note` for what is worth knowing, but breaks no word of the contract. Default: `error`. */
  readonly severity?: 'error' | 'note';
  readonly variant: Variant;
  /** Requests, one after another on one connection, that bring it up. Default: an example customer is retrieved. */
  readonly triggeredBy?: TestRequest | readonly TestRequest[];
  /** Whether such a request then waits for an answer that never comes, or not as a whole. */
  readonly hangs?: boolean;
  /** Whether it shows only to those who know of customers that are in no example. */
  readonly onlyKnownCustomers?: boolean;
}

/** Faults of one kind. */
export interface FaultGroup {
  readonly name: string;
  readonly faults: readonly Fault[];
}

/** A server that keeps the contract in a way of its own. */
export interface LegitimateVariant {
  /** What is different. */
  readonly name: string;
  readonly variant: Variant;
}

import type { Probe } from './probe.ts';
import type { Variant } from './server/steps.ts';

/** What ought to report a fault. */
export type Check =
  /** The status is one that the description documents. */
  | 'status_code_conformance'
  /** No request makes the server fail. */
  | 'not_a_server_error'
  /** The content type is the documented one. */
  | 'content_type_conformance'
  /** Documented headers are there, and as described. */
  | 'response_headers_conformance'
  /** The body is as its schema says. */
  | 'response_schema_conformance'
  /** The body is one JSON text in UTF-8, without duplicate names and with numbers that a double holds. */
  | 'json_conformance'
  /** The message ends where its headers say, and is encoded as they say. */
  | 'message_framing'
  /** An example request gets the example response. */
  | 'example_conformance'
  /** What carries no valid key is refused. */
  | 'ignored_auth'
  /** What carries the key in an accepted form is served. */
  | 'refused_auth'
  /** A 401 comes before all else, and tells nothing of what exists. */
  | 'auth_first'
  /** No response gives the key back. */
  | 'echoed_secret'
  /** No message tells of the server's inside. */
  | 'leaked_internals'
  /** An identifier that cannot be read gets a 400. */
  | 'negative_data_rejection'
  /** An identifier that can be read is looked up, whatever its characters. */
  | 'positive_data_acceptance'
  /** Only the identifier itself names a customer, not one that resembles it. */
  | 'exact_match'
  /** Of several customers the first in the documented order is answered. */
  | 'precedence'
  /** Each identifier of a customer gets the same answer. */
  | 'same_customer'
  /** A lost customer has no MRR. */
  | 'lost_customer_mrr'
  /** What the description does not mention, such as a query, has no bearing on the answer. */
  | 'undocumented_input'
  /** HEAD has status and headers of GET. */
  | 'head_conformance'
  /** A method that the description does not have is refused. */
  | 'unsupported_method'
  /** The same request gets the same answer. */
  | 'repeatable_reads'
  /** There is a complete answer in due time. */
  | 'response_time'
  /** The server goes on serving. */
  | 'availability';

/** A server with one thing wrong. */
export interface Fault {
  /** What is wrong. */
  readonly name: string;
  readonly check: Check;
  /** `note` for what is worth knowing, but breaks no word of the contract. Default: `error`. */
  readonly severity?: 'error' | 'note';
  readonly variant: Variant;
  /** Requests, one after another on one connection, that bring it up. Default: an example customer is retrieved. */
  readonly shows?: Probe | readonly Probe[];
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

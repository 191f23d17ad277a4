/**
 * A request that the mock received. It never contains the API key.
 *
 * @example
 * expect(mock.requests({ operation: 'retrieveCustomer' })).toHaveLength(3);
 */
export interface ReceivedRequest {
  /** The HTTP method. */
  readonly method: string;
  /** The path of the request, without the query. */
  readonly path: string;
  /** The ID of the operation; missing if the path or the method is unknown. */
  readonly operation?: string;
  /** The decoded values of path, query and documented header parameters, by name. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
  /** The status of the response; missing until it is sent, and if the connection was cut before it. */
  readonly status?: number;
  /** Where the mock cut the connection, if it did. */
  readonly dropped?: 'headers' | 'body';
  /** When the request arrived, in ISO 8601. */
  readonly receivedAt: string;
  /** How long the response took, in milliseconds; missing until it is sent. */
  readonly milliseconds?: number;
  /** Whether a scenario gave the answer. */
  readonly isScenario: boolean;
  /** What the request violates, such as `query.limit must be >= 1`. */
  readonly violations: readonly string[];
}

/**
 * Selects received requests. All members must match.
 *
 * @example
 * const filter: RequestFilter = { operation: 'retrieveCustomer', status: 429 };
 */
export interface RequestFilter {
  readonly operation?: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly status?: number;
}

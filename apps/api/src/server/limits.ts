/** Limits of the server for its clients. Times are in milliseconds. */
export interface Limits {
  /** The maximum size of the request line and headers in bytes. An identifier of 1,024 characters takes up to 12,288. */
  readonly headerBytes: number;
  /** Timeout for the headers of a request to arrive. */
  readonly headersMs: number;
  /** Timeout for the whole request to arrive. */
  readonly requestMs: number;
  /** Timeout for a handler to respond. */
  readonly handlerMs: number;
  /** How long an idle connection stays open. */
  readonly keepAliveMs: number;
  /** The maximum number of open connections. Further connections are closed at once. */
  readonly connections: number;
  /** Requests per minute and client address without a valid key; 0 sets no limit. */
  readonly failedAuthentications: number;
}

export const LIMITS: Limits = {
  // Larger than any valid identifier, so that identifiers that are too long get the documented 400 instead of a 431.
  headerBytes: 128 * 1024,
  headersMs: 10_000,
  requestMs: 20_000,
  handlerMs: 15_000,
  keepAliveMs: 5_000,
  connections: 10_000,
  // Keys cannot be guessed at any rate: the limit keeps a faulty client from filling the logs. A run of the contract
  // tests stays far below it.
  failedAuthentications: 6_000,
};

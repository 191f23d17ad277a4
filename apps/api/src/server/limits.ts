/** What a client may ask of the server. Times are milliseconds. */
export interface Limits {
  /** Bytes of request line and headers. An identifier of 1,024 characters takes 12,288 at most. */
  readonly headerBytes: number;
  /** For the headers of a request to arrive. */
  readonly headersMs: number;
  /** For a whole request to arrive. */
  readonly requestMs: number;
  /** For an answer to be found. */
  readonly handlerMs: number;
  /** How long an idle connection is kept. */
  readonly keepAliveMs: number;
  /** Connections at a time; more are closed at once. */
  readonly connections: number;
  /** Requests without a valid key, a minute and client address; 0 sets no limit. */
  readonly failedAuthentications: number;
}

export const LIMITS: Limits = {
  // Room for identifiers beyond what the description allows, so that they get the documented 400 and no bare 431.
  headerBytes: 128 * 1024,
  headersMs: 10_000,
  requestMs: 20_000,
  handlerMs: 15_000,
  keepAliveMs: 5_000,
  connections: 10_000,
  // Keys cannot be guessed, whatever the rate: the limit keeps a broken client from filling the logs. It is far beyond
  // what a run of the contract tests sends.
  failedAuthentications: 6_000,
};

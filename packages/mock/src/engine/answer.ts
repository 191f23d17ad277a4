/**
 * What the mock sends instead of the normal response, or how it sends it. Each member has a preference of the same
 * meaning in the `Prefer` header. An empty answer is the normal response.
 *
 * @example
 * const overloaded: Answer = { code: 429, retryAfter: 0 };
 * const brokenProxy: Answer = { code: 502, headers: { 'Content-Type': 'text/html' }, body: '<h1>Bad Gateway</h1>' };
 */
export interface Answer {
  /** The status, 200 to 599. The description need not document it. */
  readonly code?: number;
  /** The name of a response example of the description. */
  readonly example?: string;
  /** Whether the body is random data that fits the schema. */
  readonly dynamic?: boolean;
  /** The seed of the random data. The same seed gives the same body. */
  readonly seed?: string | number;
  /** How long the mock waits before the first byte of the response, in milliseconds, 0 to 600,000. */
  readonly delay?: number;
  /** Where the mock cuts the connection: before the first byte of the response, or in the middle of its body. */
  readonly drop?: 'headers' | 'body';
  /** The value of `Retry-After`, in seconds. */
  readonly retryAfter?: number;
  /** Header values that replace those of the response. Null removes a header. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** The body instead of the one of the response: an object is sent as JSON, a string as it is. */
  readonly body?: unknown;
}

/**
 * A function that sends a request. It declares only what the client needs, so that every `fetch` is assignable: the
 * global one of each runtime, undici's, node-fetch's, Expo's, and a stub in a test.
 *
 * @example
 * const logged: Fetch = async (url, init) => {
 *   const response = await fetch(url, init);
 *   console.log(response.status);
 *   return response;
 * };
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/**
 * What the client passes to `fetch` in addition to the URL. You can add options that your `fetch` has.
 *
 * @example
 * const uncached: Fetch = (url, init: FetchInit) => fetch(url, { ...init, cache: 'no-store' });
 */
export interface FetchInit {
  /** The HTTP method. */
  readonly method: string;
  /** The headers. They contain the API key. */
  readonly headers: Record<string, string>;
  /** The body, if the request has one. */
  readonly body?: string;
  /** Aborts the request: when the time limit of the attempt is over, or when the caller's signal aborts. */
  readonly signal: AbortSignal;
  /** Redirects must not be followed, because the API key would be sent to another URL. */
  readonly redirect: 'manual';
}

/**
 * The status and headers of a response.
 *
 * @example
 * const isCached = ({ headers }: ResponseHead) => headers.get('Age') !== null;
 */
export interface ResponseHead {
  /** Whether the status is a success: 200 to 299. */
  readonly ok: boolean;
  /** The HTTP status. */
  readonly status: number;
  /** Whether `fetch` followed a redirect. The client then rejects the response. */
  readonly redirected?: boolean | undefined;
  /** The headers. `get` returns `null` if there is no header of that name. */
  readonly headers: { get(name: string): string | null };
}

/**
 * What the client reads of a response.
 *
 * @example
 * const headers = new Headers({ 'Content-Type': 'application/json' });
 * const response: FetchResponse = { ok: true, status: 200, headers, text: async () => '{"object":"customer"}' };
 */
export interface FetchResponse extends ResponseHead {
  /** The body as a stream: a `ReadableStream`, or a Node.js stream. If there is no stream, the client calls `text`. */
  readonly body?: unknown;
  /** Reads the body as text. */
  text(): Promise<string>;
}

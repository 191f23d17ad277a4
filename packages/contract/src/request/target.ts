/**
 * The server under test.
 *
 * @example
 * import type { Target } from '@firstofficer/contract';
 *
 * const target: Target = { url: 'https://api.firstofficer.io', token: process.env.FIRSTOFFICER_TOKEN ?? '' };
 *
 * const other: Target = { url: 'http://127.0.0.1:3000', keys: { bearerAuth: 'sesame', basicAuth: 'jane:sesame' } };
 */
export interface Target {
  /** The base URL, before the paths of the description, without a slash at the end. */
  readonly url: string;
  /** An API key that the server accepts. Undefined if the API needs none. Reports never contain it. */
  readonly token?: string;
  /**
   * The keys of single security schemes by name. They take precedence over `token`, and reports never contain them. For HTTP
   * Basic a key is `user:password`; for bearer, OAuth 2 and OpenID Connect the token; for an API key in a header, a cookie
   * or the query the whole value.
   */
  readonly keys?: Readonly<Record<string, string>>;
}

/** Returns whether a location is an http or https URL, rather than the path of a file. */
export function isHttpUrl(location: string): boolean {
  return /^https?:/i.test(location);
}

/** Returns whether a URL is on this machine. */
export function isLoopback(url: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/i.test(new URL(url).hostname);
}

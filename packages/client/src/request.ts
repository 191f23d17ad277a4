import type { HeadersOptions } from 'openapi-fetch';
import { assertArgument, convertArgument } from './error.ts';
import type { AuthForm } from './options.ts';

/** The parameters, headers and body that the caller passes to an operation. */
export interface OperationInput {
  readonly params?: {
    readonly path?: Record<string, unknown>;
    readonly query?: Record<string, unknown>;
    readonly header?: HeadersOptions;
  };
  readonly headers?: HeadersOptions | undefined;
  readonly body?: unknown;
}

/** The query and body of a request, as text. */
export interface SerializedInput {
  /** The query with its question mark, or an empty string. */
  readonly search?: string;
  readonly init?: { readonly body?: string };
}

/**
 * Normalizes a base URL, so that a path can be appended to it.
 *
 * @throws FirstOfficerError `invalid_argument` if the URL is invalid or not secure.
 */
export function normalizeBaseUrl(baseUrl: string | URL): string {
  return convertArgument(
    'baseUrl',
    // Credentials would appear in error messages, and a path cannot be appended to a query or fragment. Only `href` is
    // used: React Native implements no more of `URL`.
    () =>
      /^((https:\/\/[^/]|http:\/\/(([^/]+\.)?localhost|127[.\d]+|\[::1])(?![^:/]))[^?#@]*?)\/?$/.exec(
        new URL(baseUrl).href,
      )?.[1],
    'an https URL (http on loopback) without credentials, query or fragment',
  );
}

/**
 * Builds the value of the `Authorization` header.
 *
 * @throws FirstOfficerError `invalid_argument` if the key contains characters that this form cannot send. The message
 * does not contain the key.
 */
export function buildAuthorization(key: string, auth: AuthForm): string {
  const isBasic = auth === 'basic';
  assertArgument('auth', isBasic || auth === 'token', '"basic" or "token"');
  assertArgument(
    'token',
    // The delimiters of each form are excluded. JavaScript callers may pass undefined, which would be sent as the key
    // "undefined".
    typeof key === 'string' && (isBasic ? /^[!-9;-~]{3,}$/ : /^[!#-+\--[\]-~]{3,}$/).test(key),
    key
      ? // A shorter key cannot be removed from errors: they contain its characters by chance.
        `3 or more visible ASCII characters without ${isBasic ? 'colons' : '" , \\'}`
      : 'the API key. The environment variable is probably unset',
  );
  return isBasic ? `Basic ${btoa(`${key}:`)}` : `Token token="${key}"`;
}

/**
 * Builds the URL of an operation, without the query. Parameters are percent-encoded.
 *
 * @throws FirstOfficerError `invalid_argument` if a path parameter is missing or cannot be part of a URL.
 */
export function buildUrl(baseUrl: string, path: string, params: OperationInput['params']): string {
  // Without the slash, the path would extend the host name.
  assertArgument('path', path?.startsWith?.('/'), 'an absolute path');
  return (
    baseUrl +
    path.replace(/{(.+?)}/g, (_, name: string) => {
      const value = params?.path?.[name];
      return convertArgument(
        name,
        // A URL parser removes dot segments, even encoded ones, and an empty segment would be the path of another
        // resource. A lone surrogate throws.
        () =>
          (typeof value === 'string' ? !/^\.{0,2}$/.test(value) : Number.isFinite(value)) &&
          encodeURIComponent(value as string),
        'a non-empty string, not "." or ".."',
      );
    })
  );
}
/**
 * Merges headers. Later ones replace earlier ones, and null removes one. Returns the first ones if there are no others:
 * most calls have none, and a Headers object takes as long to create as the rest of the request.
 *
 * @throws FirstOfficerError `invalid_argument` if a header is invalid.
 */
export function mergeHeaders(headers: Record<string, string>, ...others: unknown[]): Record<string, string> {
  const sources = others.filter(Boolean) as object[];
  if (!sources.length) return headers;
  return convertArgument(
    'headers',
    () => {
      const merged = new Headers(headers);
      for (const source of sources) {
        // Throws if the source is no object.
        for (const [name, value] of Symbol.iterator in source ? (source as Headers) : Object.entries(source)) {
          if (value != null) merged.set(name, value);
        }
      }
      return !merged.has('Authorization') && Object.fromEntries(merged);
    },
    'valid HTTP headers without Authorization',
  );
}

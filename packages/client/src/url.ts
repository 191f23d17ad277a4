import { createQuerySerializer } from 'openapi-fetch';
import { assertArgument } from './error.ts';

const SECURE_ORIGIN = /^(https:|http:\/\/((.+\.)?localhost|127(\.\d+){3}|\[::1])(:\d+)?$)/;

const serializeQuery = createQuerySerializer();

/** The parameters of an operation that are part of its URL. */
export interface UrlParameters {
  readonly path?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
}

/**
 * Normalizes a base URL, so that a path can be appended to it.
 *
 * @throws FirstOfficerError `invalid_argument` if the URL is invalid or not secure.
 */
export function normalizeBaseUrl(baseUrl: string | URL): string {
  const { origin = '', pathname, href } = URL.canParse(String(baseUrl)) ? new URL(baseUrl) : ({} as Partial<URL>);
  assertArgument(
    'baseUrl',
    // Credentials would appear in error messages, and a path cannot be appended to a query or fragment.
    origin + pathname === href && SECURE_ORIGIN.test(origin),
    'an https URL (http on loopback) without credentials, query or fragment',
  );
  return `${href}`.replace(/\/$/, '');
}

/**
 * Builds the URL of an operation. Parameters are percent-encoded.
 *
 * @throws FirstOfficerError `invalid_argument` if a path parameter is missing or cannot be part of a URL.
 */
export function buildUrl(baseUrl: string, path: string, params: UrlParameters = {}): string {
  // Without the slash, the path would extend the host name.
  assertArgument('path', path.startsWith('/'), 'a path that starts with /');
  const filled = path.replace(/{(.+?)}/g, (_, name: string) => encodeSegment(name, params.path?.[name]));
  const search = params.query ? serializeQuery(params.query) : '';
  return baseUrl + filled + (search && `?${search}`);
}

/**
 * Encodes a parameter as one path segment. The serializer of openapi-fetch is not used: it keeps the placeholder of a
 * missing parameter, and objects and dots can change the path.
 */
function encodeSegment(name: string, value: unknown): string {
  assertArgument(
    name,
    // Empty segments and dot segments name another resource even if they are encoded. Lone surrogates have no UTF-8.
    Number.isFinite(value) || (typeof value === 'string' && !/^\.{0,2}$|\p{Surrogate}/u.test(value)),
    'a non-empty string other than "." and "..", without lone surrogates',
  );
  return encodeURIComponent(value as string | number);
}

import { createQuerySerializer, type HeadersOptions, mergeHeaders } from 'openapi-fetch';
import { assertArgument } from './error.ts';
import type { AuthForm } from './options.ts';

const SECURE_ORIGIN = /^(https:|http:\/\/((.+\.)?localhost|127(\.\d+){3}|\[::1])(:\d+)?$)/;

const serializeQuery = createQuerySerializer();

/** The parameters, headers and body that the caller passes to an operation. */
export interface OperationInput {
  readonly params?: {
    readonly path?: Record<string, unknown>;
    readonly query?: Record<string, unknown>;
    readonly header?: HeadersOptions;
  };
  readonly headers?: HeadersOptions;
  readonly body?: unknown;
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
 * Builds the value of the `Authorization` header.
 *
 * @throws FirstOfficerError `invalid_argument` if the key contains characters that this form cannot send. The message
 * does not contain the key.
 */
export function buildAuthorization(token: string, auth: AuthForm): string {
  const basic = auth === 'basic';
  assertArgument('auth', basic || auth === 'token', '"basic" or "token"');
  // The delimiters of each form are excluded. JavaScript callers may pass undefined, which would be sent as the key
  // "undefined".
  const isValid = typeof token === 'string' && (basic ? /^[!-9;-~]+$/ : /^[!#-+\--[\]-~]+$/).test(token);
  assertArgument('token', isValid, `non-empty, printable ASCII without spaces or ${basic ? ':' : '" , \\'}`);
  return basic ? `Basic ${btoa(`${token}:`)}` : `Token token="${token}"`;
}

/**
 * Builds the URL of an operation. Parameters are percent-encoded.
 *
 * @throws FirstOfficerError `invalid_argument` if a path parameter is missing or cannot be part of a URL.
 */
export function buildUrl(baseUrl: string, path: string, params: OperationInput['params']): string {
  // Without the slash, the path would extend the host name.
  assertArgument('path', path.startsWith('/'), 'a path that starts with /');
  const filled = path.replace(/{(.+?)}/g, (_, name: string) => encodeSegment(name, params?.path?.[name]));
  const search = serializeQuery(params?.query);
  return baseUrl + filled + (search && `?${search}`);
}

/**
 * Encodes a parameter as one path segment. The serializer of openapi-fetch is not used: it keeps the placeholder of a
 * missing parameter, and objects and dots can change the path.
 */
function encodeSegment(name: string, value: unknown): string {
  assertArgument(
    name,
    // A URL parser removes dot segments, even encoded ones, and an empty segment would be the path of another resource.
    // Lone surrogates cannot be encoded in UTF-8.
    Number.isFinite(value) || (typeof value === 'string' && !/^\.{0,2}$|\p{Surrogate}/u.test(value)),
    'a non-empty string other than "." and "..", without lone surrogates',
  );
  return encodeURIComponent(value as string | number);
}

/**
 * Builds the headers of a request.
 *
 * @throws FirstOfficerError `invalid_argument` if a header is invalid.
 */
export function buildHeaders(
  authorization: string,
  { params, headers, body }: OperationInput,
): NonNullable<RequestInit['headers']> {
  const key = { Authorization: authorization };
  const type = body === undefined ? undefined : { 'Content-Type': 'application/json' };
  // Most calls have no other header. They need no Headers object, which takes as long to create as the rest of the
  // request.
  if (!type && !params?.header && !headers) return key;
  try {
    return mergeHeaders(key, type, params?.header, headers);
  } catch {
    // The error of the Headers object contains the value, which may be a secret.
    assertArgument('headers', false, 'valid HTTP headers');
  }
}

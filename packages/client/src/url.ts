import { createQuerySerializer } from 'openapi-fetch';
import { assertArgument } from './error.ts';

const serializeQuery = createQuerySerializer();

/** The parameters of an operation that its URL carries. */
export interface UrlParameters {
  readonly path?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
}

/**
 * The URL of an operation, its parameters percent-encoded.
 *
 * @throws FirstOfficerError `invalid_argument` if a URL cannot carry one of them, or one of the path is missing.
 */
export function operationUrl(baseUrl: string, path: string, params: UrlParameters = {}): string {
  // Any other would go on with the name of the host.
  assertArgument('path', path.startsWith('/'), 'a path of the API');
  const filled = path.replace(/{(.+?)}/g, (_, name: string) => encodeSegment(name, params.path?.[name]));
  const search = params.query ? serializeQuery(params.query) : '';
  return baseUrl + filled + (search && `?${search}`);
}

/**
 * One parameter as one segment. openapi-fetch's own serializer leaves a placeholder where there is none, and lets objects
 * and dots lead to other paths.
 */
function encodeSegment(name: string, value: unknown): string {
  assertArgument(
    name,
    // An empty segment or dots would name another resource, however they are encoded; a lone surrogate has no UTF-8.
    Number.isFinite(value) || (typeof value === 'string' && !/^\.{0,2}$|\p{Surrogate}/u.test(value)),
    'a string, not empty, not "." or "..", without lone surrogates',
  );
  return encodeURIComponent(value as string | number);
}

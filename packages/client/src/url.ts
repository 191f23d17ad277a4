import { createQuerySerializer, defaultPathSerializer } from 'openapi-fetch';
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
export function operationUrl(
  baseUrl: string,
  path: string,
  { path: segments = {}, query }: UrlParameters = {},
): string {
  for (const name in segments) {
    const value = segments[name];
    assertArgument(
      name,
      // An empty segment or dots would name another resource, however they are encoded; a lone surrogate has no UTF-8.
      Number.isFinite(value) || (typeof value === 'string' && !/^\.{0,2}$|\p{Surrogate}/u.test(value)),
      'a string, not empty, not "." or "..", without lone surrogates',
    );
  }
  const filled = defaultPathSerializer(path, segments);
  // One that does not begin with a slash would go on with the host's name.
  assertArgument('path', /^\/[^{]*$/.test(filled), 'one of the API, its parameters all in params.path');
  const search = query ? serializeQuery(query) : '';
  return baseUrl + filled + (search && `?${search}`);
}

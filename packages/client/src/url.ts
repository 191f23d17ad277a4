import { createFinalURL, createQuerySerializer, defaultPathSerializer } from 'openapi-fetch';
import { assertArgument } from './error.ts';

const querySerializer = createQuerySerializer();

/** The parameters of an operation that its URL carries. */
export interface UrlParameters {
  readonly path?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
}

/**
 * The URL of an operation, its parameters percent-encoded.
 *
 * @throws FirstOfficerError `invalid_argument` if a URL cannot carry one of them.
 */
export function operationUrl(baseUrl: string, path: string, params: UrlParameters = {}): string {
  return createFinalURL(path, { baseUrl, params, querySerializer, pathSerializer });
}

/** An empty segment or dots would name another resource, however they are encoded; a lone surrogate has no UTF-8. */
function pathSerializer(path: string, parameters: Record<string, unknown>): string {
  for (const name in parameters) {
    assertArgument(
      name,
      !/^\.{0,2}$|\p{Surrogate}/u.test(String(parameters[name] ?? '')),
      'a string, not empty, not "." or "..", without lone surrogates',
    );
  }
  return defaultPathSerializer(path, parameters);
}

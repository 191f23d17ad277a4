import { LRUCache } from 'lru-cache';
import type { Responder } from '../engine/responder.ts';
import type { MockResponse } from '../engine/response.ts';
import type { Prism } from './prism.ts';

/** The size of the validation cache, in characters of its keys: enough for a few thousand typical requests. */
export const CACHE_SIZE = 1_000_000;

/**
 * Caches the responses that Prism creates for valid requests. A request is validated before it gets a cached response.
 *
 * The response to a valid request depends only on the operation and the preferences. Both come from the description, so
 * clients cannot make the cache grow without limit. Two kinds of requests always go to Prism: invalid ones, because the
 * response depends on the violation, and those to operations with callbacks, because Prism sends the callbacks.
 */
export function cacheResponses({ isValid, respond }: Prism): Responder {
  const cache = new Map<string, MockResponse>();
  return async (operation, request, preferences) => {
    const { status, example, validate = true } = preferences;
    if (operation.hasCallbacks || (validate && !(await isValid(operation, request)))) {
      return respond(operation, request, preferences);
    }
    const key = JSON.stringify([operation.method, operation.path, status, example]);
    const response = cache.get(key) ?? (await respond(operation, request, preferences));
    cache.set(key, response);
    return response;
  };
}

/**
 * Caches the validation results of recent requests. Validation takes most of the time that Prism needs for a request,
 * and clients often repeat requests.
 *
 * Requests to operations with a request body are validated every time.
 */
export function cacheValidation(validate: Prism['isValid']): Prism['isValid'] {
  const cache = new LRUCache<string, boolean>({ maxSize: CACHE_SIZE, sizeCalculation: (_, key) => key.length });
  return async (operation, request) => {
    if (operation.requestBody) return validate(operation, request);
    const { path, query, headers } = request;
    const key = JSON.stringify([operation.method, operation.path, path, query, headers]);
    const isValid = cache.get(key) ?? (await validate(operation, request));
    cache.set(key, isValid);
    return isValid;
  };
}

import type { Prism, Respond } from './prism.ts';
import type { MockResponse } from './response.ts';

/**
 * Caches the responses that Prism creates for valid requests. A request is validated before it gets a cached response.
 *
 * The response to a valid request depends only on the operation and the preferences. Both come from the description, so
 * clients cannot make the cache grow without limit. Two kinds of requests always go to Prism: invalid ones, because the
 * response depends on the violation, and those to operations with callbacks, because Prism sends the callbacks.
 */
export function cacheResponses({ isValid, respond }: Prism): Respond {
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

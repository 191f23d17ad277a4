import { LRUCache } from 'lru-cache';
import type { Tools, Violation } from '../engine/tools.ts';

/** The size of the validation cache, in characters of its keys: enough for a few thousand typical requests. */
export const CACHE_SIZE = 1_000_000;

/**
 * Caches the validation results of recent requests. Validation takes most of the time that Prism needs for a request,
 * and clients often repeat requests.
 *
 * Requests to operations with a request body are validated every time.
 */
export function cacheValidation(validate: Tools['validate']): Tools['validate'] {
  const cache = new LRUCache<string, readonly Violation[]>({
    maxSize: CACHE_SIZE,
    sizeCalculation: (_, key) => key.length,
  });
  return async (operation, request) => {
    if (operation.requestBody) return validate(operation, request);
    const { path, query, headers } = request;
    const key = JSON.stringify([operation.method, operation.path, path, query, headers]);
    const violations = cache.get(key) ?? (await validate(operation, request));
    cache.set(key, violations);
    return violations;
  };
}

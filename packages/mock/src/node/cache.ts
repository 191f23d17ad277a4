import type { Operation } from '@firstofficer/openapi';
import { LRUCache } from 'lru-cache';
import type { ApiRequest, Tools, Violation } from '../engine/tools.ts';

/** The size of the validation cache, in characters of its keys: enough for a few thousand typical requests. */
export const CACHE_SIZE = 1_000_000;

/** Returns the headers that the operation documents as parameters. The validation depends on no others. */
export function pickHeaders({ parameters }: Operation, { headers }: ApiRequest): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const { in: location, name } of parameters) {
    const value = location === 'header' ? headers[name.toLowerCase()] : undefined;
    if (value !== undefined) picked[name.toLowerCase()] = value;
  }
  return picked;
}

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
    const { path, query } = request;
    const key = JSON.stringify([operation.method, operation.path, path, query, pickHeaders(operation, request)]);
    const violations = cache.get(key) ?? (await validate(operation, request));
    cache.set(key, violations);
    return violations;
  };
}

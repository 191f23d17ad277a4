import type { Operation } from '@firstofficer/openapi';
import { LRUCache } from 'lru-cache';
import type { ApiRequest, Tools, Violation } from '../../engine/tools.ts';
import { createValidityShortcut, type ValidityShortcut } from './plain-parameters.ts';

/** The size of the validation cache, in characters of its keys: enough for a few thousand typical requests. */
export const CACHE_SIZE = 1_000_000;

/**
 * Caches the validation results of recent requests. Validation takes most of the time that Prism needs for a request,
 * and clients often repeat requests.
 *
 * Headers that the operation does not document cannot violate anything, so they make no difference. Requests to
 * operations with a request body are validated every time. Requests that are recognized as valid are not cached.
 */
export function cacheValidation(validate: Tools['validate']): Tools['validate'] {
  const cache = new LRUCache<string, readonly Violation[]>({
    maxSize: CACHE_SIZE,
    sizeCalculation: (_, key) => key.length,
  });
  const shortcuts = new Map<Operation, ValidityShortcut | undefined>();
  const findShortcut = (operation: Operation) => {
    if (!shortcuts.has(operation)) shortcuts.set(operation, createValidityShortcut(operation));
    return shortcuts.get(operation);
  };
  return async (operation, request) => {
    if (operation.requestBody) return validate(operation, request);
    const { pathParameters, query } = request;
    const headers = pickDocumentedHeaders(operation, request.headers);
    if (findShortcut(operation)?.({ ...request, headers })) return [];
    const key = JSON.stringify([operation.method, operation.path, pathParameters, query, headers]);
    const violations = cache.get(key) ?? (await validate(operation, { ...request, headers }));
    cache.set(key, violations);
    return violations;
  };
}

/** Returns the headers that the operation documents as parameters, and the header of its cookie parameters. */
function pickDocumentedHeaders({ parameters }: Operation, headers: ApiRequest['headers']): ApiRequest['headers'] {
  const documented: Record<string, string> = {};
  for (const parameter of parameters) {
    const name = parameter.in === 'cookie' ? 'cookie' : parameter.name.toLowerCase();
    const value = headers[name];
    if ((parameter.in === 'header' || parameter.in === 'cookie') && value !== undefined) documented[name] = value;
  }
  return documented;
}

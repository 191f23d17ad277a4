import { convertArgument } from './error.ts';
import type { OperationRequest } from './operation.ts';

/**
 * Serializes the query and the body of a request, for an API whose operations have them.
 *
 * @throws FirstOfficerError `invalid_argument` if a URL or JSON cannot represent them.
 */
export function serializeInput(request: OperationRequest): OperationRequest {
  const { method, params, body } = request;
  const search = serializeQuery(params?.query);
  if (body === undefined) return { ...request, search };
  const text = convertArgument(
    'body',
    // JSON.stringify returns undefined for functions and symbols.
    () => !/^(GET|HEAD)$/.test(method) && JSON.stringify(body),
    'valid as JSON, and undefined for GET and HEAD',
  );
  const header = { 'Content-Type': 'application/json', ...params?.header };
  return { ...request, params: { ...params, header }, search, init: { body: text } };
}

/** Serializes a query: arrays as repeated parameters (`form`), objects as `name[key]` (`deepObject`). */
function serializeQuery(query: unknown): string {
  const serialize = (value: unknown, name: string): string[] => {
    if (value == null) return [];
    if (Array.isArray(value)) return value.flatMap((item) => serialize(item, name));
    if (typeof value !== 'object') return [`${name}=${encodeURIComponent(value as string)}`];
    return Object.entries(value).flatMap(([key, item]) => serialize(item, name ? `${name}[${key}]` : key));
  };
  // A lone surrogate, a symbol or a circular object throws.
  const search = convertArgument('query', () => `?${serialize(query, '').join('&')}`, 'values that a URL can contain');
  return search === '?' ? '' : search;
}

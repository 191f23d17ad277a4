import type { Answer } from './answer.ts';
import { canHaveBody, createResponse, type MockResponse } from './response.ts';

/** Replaces the body of a response with the one of the answer. A string is sent as it is, other values as JSON. */
export function overrideBody(response: MockResponse, { body }: Answer): MockResponse {
  if (body === undefined || !canHaveBody(response.status)) return response;
  if (typeof body === 'string') return { ...response, payload: body };
  return createResponse(response.status, mergeHeaders(response.headers, { 'Content-Type': 'application/json' }), body);
}

/** Replaces headers of a response with those of the answer. */
export function overrideHeaders(response: MockResponse, { retryAfter, headers = {} }: Answer): MockResponse {
  if (retryAfter === undefined && Object.keys(headers).length === 0) return response;
  const wait: Answer['headers'] = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  return { ...response, headers: mergeHeaders(mergeHeaders(response.headers, wait), headers) };
}

/** Returns headers of which some are replaced, or removed if the new value is null. Names are case-insensitive. */
function mergeHeaders(
  headers: MockResponse['headers'],
  changes: NonNullable<Answer['headers']>,
): MockResponse['headers'] {
  if (Object.keys(changes).length === 0) return headers;
  const changed = new Set(Object.keys(changes).map((name) => name.toLowerCase()));
  const kept = Object.entries(headers).filter(([name]) => !changed.has(name.toLowerCase()));
  const added = Object.entries(changes).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries([...kept, ...added]);
}

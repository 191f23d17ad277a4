import type { Answer } from './answer.ts';
import { mergeHeaders } from './merge-headers.ts';
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

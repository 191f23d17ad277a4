import type { Answer } from './answer.ts';
import type { MockResponse } from './response.ts';

/** Replaces the body of a response by the one of the answer, if it has one. */
export function overrideBody(response: MockResponse, { body }: Answer): MockResponse {
  if (body === undefined) return response;
  if (typeof body === 'string') return { ...response, payload: body };
  const isJson = Object.entries(response.headers).some(
    ([name, value]) => /^content-type$/i.test(name) && /json/i.test(value),
  );
  const headers = isJson ? response.headers : replaceHeader(response.headers, 'Content-Type', 'application/json');
  return { ...response, headers, payload: JSON.stringify(body) };
}

/** Replaces the headers of a response by those of the answer. */
export function overrideHeaders(response: MockResponse, { retryAfter, headers = {} }: Answer): MockResponse {
  const replaced = Object.entries(headers).reduce(
    (result, [name, value]) => replaceHeader(result, name, value),
    retryAfter === undefined ? response.headers : replaceHeader(response.headers, 'Retry-After', String(retryAfter)),
  );
  return { ...response, headers: replaced };
}

/** Replaces or adds a header, or removes it if the value is null. Names of headers have no case. */
function replaceHeader(headers: MockResponse['headers'], name: string, value: string | null): MockResponse['headers'] {
  const others = Object.entries(headers).filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return Object.fromEntries(value === null ? others : [...others, [name, value]]);
}

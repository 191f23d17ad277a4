import { isJsonType } from './media-type.ts';

/** A response of the mock. */
export interface MockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The serialized body; empty if there is none. */
  readonly payload: string;
}

/** Returns whether HTTP allows a body in responses with a status. */
export function canHaveBody(status: number): boolean {
  return ![204, 205, 304].includes(status);
}

/**
 * Creates a response with a serialized body.
 *
 * A string is sent unchanged unless the content type is JSON. If the body is undefined, the response has no body and no
 * content type.
 */
export function createResponse(status: number, headers: MockResponse['headers'], body: unknown): MockResponse {
  if (body === undefined) {
    const others = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type');
    return { status, headers: Object.fromEntries(others), payload: '' };
  }
  return { status, headers, payload: serialize(headers, body) };
}

function serialize(headers: MockResponse['headers'], body: unknown): string {
  const isJson = Object.entries(headers).some(([name, value]) => /^content-type$/i.test(name) && isJsonType(value));
  return typeof body === 'string' && !isJson ? body : JSON.stringify(body);
}

import { hash } from 'node:crypto';

/**
 * Returns a strong ETag (RFC 9110, 8.8.3) of a body: the same for the same bytes, and another one for others.
 *
 * @example
 * createETag('{"status":"ok"}'); // '"3mH9Um…"', in double quotes
 */
export function createETag(body: string): string {
  return `"${hash('sha256', body, 'base64url')}"`;
}

/**
 * Returns whether an `If-None-Match` header contains an ETag, so that the response is 304. Ignores `W/`, as RFC 9110
 * (13.1.2) requires.
 *
 * @param header - The value of the header: ETags that are separated by commas, or `*`.
 * @example
 * matchesETag('"a", W/"b"', '"b"'); // true
 */
export function matchesETag(header: string, etag: string): boolean {
  if (header.trim() === '*') return true;
  return header.match(/"[^"]*"/g)?.includes(etag) ?? false;
}

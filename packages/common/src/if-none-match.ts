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

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

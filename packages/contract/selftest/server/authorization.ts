import type { Request } from './request.ts';

/** The only valid key of the server. */
export const TOKEN = 'sk_selftest_5Kq2vB8nW3xT';

/** Returns whether a request has the valid key in one of the two documented forms. */
export function authorize({ authorization }: Request): boolean {
  const [value, ...others] = authorization;
  if (value === undefined || others.length > 0) return false;
  return readBasic(value) === TOKEN || readToken(value) === TOKEN;
}

/** Parses `Basic <base64 of "key:">` with an empty password. Scheme names are case-insensitive (RFC 9110). */
export function readBasic(value: string): string | undefined {
  const encoded = /^basic +(.+)$/i.exec(value)?.[1];
  if (encoded === undefined) return undefined;
  const credentials = Buffer.from(encoded, 'base64');
  // Buffer ignores invalid characters, so the value is valid only if encoding it again gives the same text.
  if (credentials.toString('base64') !== encoded) return undefined;
  return /^([^:]+):$/.exec(credentials.toString('utf8'))?.[1];
}

/** Parses `Token token="<key>"`. */
export function readToken(value: string): string | undefined {
  return /^token +token="([^"]+)"$/i.exec(value)?.[1];
}

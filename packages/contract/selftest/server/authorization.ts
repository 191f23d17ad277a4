import type { Request } from './request.ts';

/** The only key that the server takes. */
export const TOKEN = 'sk_selftest_5Kq2vB8nW3xT';

/** Says whether a request carries the key, in one of the two forms that the API takes. */
export function authorize({ authorization }: Request): boolean {
  const [value, ...others] = authorization;
  if (value === undefined || others.length > 0) return false;
  return readBasic(value) === TOKEN || readToken(value) === TOKEN;
}

/** `Basic <base64 of "key:">`, the password empty. The case of a scheme does not matter (RFC 9110). */
export function readBasic(value: string): string | undefined {
  const encoded = /^basic +(.+)$/i.exec(value)?.[1];
  if (encoded === undefined) return undefined;
  const credentials = Buffer.from(encoded, 'base64');
  // Buffer skips over what is no base64: only what it would write itself is well formed.
  if (credentials.toString('base64') !== encoded) return undefined;
  return /^([^:]+):$/.exec(credentials.toString('utf8'))?.[1];
}

/** `Token token="<key>"`. */
export function readToken(value: string): string | undefined {
  return /^token +token="([^"]+)"$/i.exec(value)?.[1];
}

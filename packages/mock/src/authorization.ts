import type { Operation, SecurityScheme } from '@firstofficer/openapi';

type ReadKey = (header: string) => string | undefined;

/**
 * Says whether a request may call an operation: the operation needs no key, or the header carries the key in a form that
 * the operation accepts.
 */
export function isAuthorized({ security }: Operation, header: string | undefined, key: string): boolean {
  if (security.length === 0) return true;
  return security.some((schemes) =>
    Object.values(schemes).every((scheme) => header !== undefined && readerOf(scheme)?.(header) === key),
  );
}

function readerOf(scheme: SecurityScheme): ReadKey | undefined {
  if (scheme.type === 'http' && scheme.scheme?.toLowerCase() === 'basic') return readBasic;
  if (scheme.type === 'apiKey' && scheme.in === 'header' && scheme.name?.toLowerCase() === 'authorization')
    return readToken;
  return undefined;
}

/** `Basic <base64 of "key:">`: the key as user name, an empty password. The scheme's case does not matter (RFC 9110). */
function readBasic(header: string): string | undefined {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const credentials = Buffer.from(encoded, 'base64');
  // Buffer skips over what is no base64; only a value that encodes to itself is well formed.
  if (credentials.toString('base64') !== encoded) return undefined;
  return /^([^:]+):$/.exec(credentials.toString('utf8'))?.[1];
}

/** `Token token="<key>"`. */
function readToken(header: string): string | undefined {
  return /^token +token="([^"]+)"$/i.exec(header)?.[1];
}

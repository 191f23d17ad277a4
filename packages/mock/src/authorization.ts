import type { Operation, SecurityScheme } from '@firstofficer/openapi';

/** The parts of a request that may carry a key. */
export interface Carrier {
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
}

type ReadKey = (header: string) => string | undefined;

/**
 * Says whether a request may call an operation: the operation needs no key, or the request carries the key in a form
 * that the operation accepts.
 */
export function isAuthorized({ security }: Operation, request: Carrier, key: string): boolean {
  if (security.length === 0) return true;
  return security.some((schemes) => Object.values(schemes).every((scheme) => keyIn(request, scheme) === key));
}

/** The key that a request carries in the form of a scheme; undefined if there is none, or no way to tell. */
function keyIn({ headers, query }: Carrier, scheme: SecurityScheme): unknown {
  const { type, in: place, name = '' } = scheme;
  if (type !== 'apiKey') return readerOf(scheme)?.(headers.authorization ?? '');
  if (place === 'query') return query[name];
  if (place === 'cookie') return readCookie(headers.cookie ?? '', name);
  const header = headers[name.toLowerCase()];
  // A key that is said to be the whole of Authorization stands for a form that OpenAPI has no word for.
  return name.toLowerCase() === 'authorization' ? readToken(header ?? '') : header;
}

function readerOf({ type, scheme = '' }: SecurityScheme): ReadKey | undefined {
  if (type === 'oauth2' || type === 'openIdConnect') return readBearer;
  if (type !== 'http') return undefined;
  return { basic: readBasic, bearer: readBearer }[scheme.toLowerCase()];
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

/** `Bearer <key>`: the mock knows no tokens but the key. */
function readBearer(header: string): string | undefined {
  return /^bearer +(\S+)$/i.exec(header)?.[1];
}

function readCookie(header: string, name: string): string | undefined {
  const pairs = header.split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

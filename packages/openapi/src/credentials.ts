import type { SecurityScheme } from './description.ts';

/**
 * The parts of a request that may carry a key.
 *
 * @example
 * const carrier: KeyCarrier = { headers: { authorization: 'Token token="sesame"' }, query: {} };
 */
export interface KeyCarrier {
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
}

type ReadKey = (header: string) => string | undefined;

/**
 * The key that a request carries in the form of a security scheme, strictly parsed.
 *
 * @returns undefined if it carries none in that form, or if there is no way to tell.
 * @example
 * keyIn({ headers: { authorization: 'Token token="sesame"' }, query: {} }, tokenAuth); // 'sesame'
 */
export function keyIn({ headers, query }: KeyCarrier, scheme: SecurityScheme): unknown {
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

/** `Bearer <key>`: a token is a key like another. */
function readBearer(header: string): string | undefined {
  return /^bearer +(\S+)$/i.exec(header)?.[1];
}

function readCookie(header: string, name: string): string | undefined {
  const pairs = header.split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

import type { SecurityScheme } from './operation.ts';

/**
 * The parts of a request that may carry a key.
 *
 * @example
 * const carrier: CredentialSource = { headers: { authorization: 'Token token="sesame"' }, query: {} };
 */
export interface CredentialSource {
  /** The headers, by name in lowercase. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
}

type ReadKey = (header: string) => string | undefined;

/**
 * Returns the key that a request carries in the form of a security scheme. Parsing is strict.
 *
 * @returns undefined if the request has no key in this form, or the scheme is not supported.
 * @example
 * readApiKey({ headers: { authorization: 'Token token="sesame"' }, query: {} }, tokenAuth); // 'sesame'
 */
export function readApiKey({ headers, query }: CredentialSource, scheme: SecurityScheme): unknown {
  const { type, in: location, name = '' } = scheme;
  if (type !== 'apiKey') return findKeyReader(scheme)?.(headers.authorization ?? '');
  if (location === 'query') return query[name];
  if (location === 'cookie') return readCookie(headers.cookie ?? '', name);
  const header = headers[name.toLowerCase()];
  // An apiKey in the Authorization header stands for `Token token="…"`, a form that OpenAPI cannot describe.
  return name.toLowerCase() === 'authorization' ? readToken(header ?? '') : header;
}

function findKeyReader({ type, scheme = '' }: SecurityScheme): ReadKey | undefined {
  if (type === 'oauth2' || type === 'openIdConnect') return readBearer;
  if (type !== 'http') return undefined;
  return { basic: readBasic, bearer: readBearer }[scheme.toLowerCase()];
}

/**
 * Reads the key from `Basic <base64 of "key:">`: the key is the user name, and the password is empty. The scheme is
 * case-insensitive (RFC 9110).
 */
function readBasic(header: string): string | undefined {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const credentials = decodeBase64(encoded);
  return /^([^:]+):$/.exec(credentials ?? '')?.[1];
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** Decodes the base64 of UTF-8. Returns undefined if the length is wrong or unused bits are set. */
function decodeBase64(encoded: string): string | undefined {
  try {
    const bytes = atob(encoded);
    // atob ignores unused bits and missing padding. Encoding the bytes again returns the same text only without them.
    if (btoa(bytes) !== encoded) return undefined;
    // Most keys are ASCII, which needs no decoding.
    return /^[ -~]*$/.test(bytes) ? bytes : DECODER.decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** Reads the key from `Token token="<key>"`. */
function readToken(header: string): string | undefined {
  return /^token +token="([^"]+)"$/i.exec(header)?.[1];
}

/** Reads the key from `Bearer <key>`. */
function readBearer(header: string): string | undefined {
  return /^bearer +(\S+)$/i.exec(header)?.[1];
}

function readCookie(header: string, name: string): string | undefined {
  const pairs = header.split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

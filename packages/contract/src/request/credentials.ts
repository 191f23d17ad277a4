import type { Operation, SecurityScheme } from '@firstofficer/openapi';
import type { Target } from './target.ts';

/** The credentials of a request. */
export interface Credentials {
  /** The names of the security schemes that they satisfy. */
  readonly schemes: readonly string[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The percent-encoded part of the query. */
  readonly query?: string;
  /** The options with which curl sends the same credentials. It reads the keys from environment variables. */
  readonly curl: readonly string[];
  /** The secrets that no response may contain. */
  readonly secrets: readonly string[];
}

/** A key of the target. */
export interface Key {
  readonly value: string;
  /** The environment variable from which the commands in reports read the key. */
  readonly variable: string;
}

/** The environment variable of `Target.token`. */
export const TOKEN_VARIABLE = 'FIRSTOFFICER_TOKEN';

/** Returns the environment variable of the key of a security scheme. */
export function formatKeyVariable(scheme: string): string {
  return `FIRSTOFFICER_AUTH_${scheme.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`;
}

/** The keys of the target. */
export type Keys = Pick<Target, 'token' | 'keys'>;

/** Returns the key of a security scheme, or undefined if the target has none. */
export function findKey({ token, keys = {} }: Keys, scheme: string): Key | undefined {
  const own = Object.hasOwn(keys, scheme) ? keys[scheme] : undefined;
  if (own !== undefined) return { value: own, variable: formatKeyVariable(scheme) };
  return token === undefined ? undefined : { value: token, variable: TOKEN_VARIABLE };
}

/** Formats a key for a security scheme. `shell` is the key as written in a double-quoted shell string. */
type Write = (key: string, shell: string) => Omit<Credentials, 'schemes' | 'secrets'>;

/** A form in which an operation accepts its key. */
export interface CredentialForm {
  /** The name of the security scheme in the description. */
  readonly scheme: string;
  readonly definition: SecurityScheme;
  /** The right key, or undefined if the target has none for the scheme. */
  readonly key: Key | undefined;
  /** Whether the key is written as `Token token="…"`. */
  readonly hasTokenSyntax: boolean;
  write(key: string, shell: string): Credentials;
}

/** Returns the forms in which a single security scheme is enough. */
export function listCredentialForms({ security }: Operation, target: Keys): CredentialForm[] {
  return security.flatMap((schemes) => {
    const [alone, ...others] = Object.entries(schemes);
    return alone && others.length === 0 ? (createForm(target, ...alone) ?? []) : [];
  });
}

/**
 * Returns credentials in the first form that the operation accepts and the target has keys for, or in all forms that the
 * operation requires together.
 */
export function createCredentials(operation: Operation, target: Keys): Credentials | undefined {
  // An empty alternative needs no credentials.
  const alternatives = operation.security.map((schemes) => writeAll(schemes, target));
  const parts = alternatives.find((written) => written !== undefined);
  return parts && joinCredentials(parts);
}

/** Returns the credentials of each alternative that requires several keys, if the target has all of them. */
export function listJointCredentials({ security }: Operation, target: Keys): Credentials[] {
  return security.flatMap((schemes) => {
    const parts = writeAll(schemes, target) ?? [];
    return parts.length > 1 ? (joinCredentials(parts) ?? []) : [];
  });
}

/**
 * Returns credentials that lack one of the keys that an operation requires together, by the name of the missing scheme.
 */
export function listPartialCredentials({ security }: Operation, target: Keys): Record<string, Credentials> {
  const isEnough = ({ schemes }: Credentials) =>
    security.some((alternative) => Object.keys(alternative).every((name) => schemes.includes(name)));
  return Object.fromEntries(
    security.flatMap((schemes) => {
      const parts = writeAll(schemes, target) ?? [];
      return Object.keys(schemes).flatMap((missing, index) => {
        const credentials = joinCredentials(parts.toSpliced(index, 1));
        return credentials && !isEnough(credentials) ? [[missing, credentials] as const] : [];
      });
    }),
  );
}

/** Returns the credentials of each scheme, or undefined if a scheme is not supported or the target has no key for it. */
function writeAll(schemes: Readonly<Record<string, SecurityScheme>>, target: Keys): Credentials[] | undefined {
  const written = Object.entries(schemes).flatMap(([name, definition]) => {
    const form = createForm(target, name, definition);
    return (form && writeRightKey(form)) ?? [];
  });
  return written.length === Object.keys(schemes).length ? written : undefined;
}

/** Returns credentials with the right key, or undefined if the target has none for the scheme. */
export function writeRightKey({ key, write }: CredentialForm): Credentials | undefined {
  return key && write(key.value, `$${key.variable}`);
}

/** Returns undefined for schemes that are not supported. */
function createForm(target: Keys, scheme: string, definition: SecurityScheme): CredentialForm | undefined {
  const key = findKey(target, scheme);
  // An apiKey in Authorization stands for the Token scheme of FirstOfficer's API, which OpenAPI cannot describe. A key
  // that is given for the scheme itself is the whole value of the header, such as `Bearer …`.
  const hasTokenSyntax = isAuthorizationHeader(definition) && key?.variable !== formatKeyVariable(scheme);
  const write = hasTokenSyntax ? writeToken : findWriter(definition);
  if (!write) return undefined;
  return {
    scheme,
    definition,
    key,
    hasTokenSyntax,
    write: (value, shell) => ({
      schemes: [scheme],
      ...write(value, shell),
      secrets: listSecrets(definition, value),
    }),
  };
}

function isAuthorizationHeader({ type, in: place, name = '' }: SecurityScheme): boolean {
  return type === 'apiKey' && place === 'header' && name.toLowerCase() === 'authorization';
}

/** Returns the parts of a key that are secret: not the user name, and not a scheme such as `Bearer`. */
export function listSecrets(definition: SecurityScheme, key: string): string[] {
  if (isBasic(definition) && key.includes(':')) return [key.slice(key.indexOf(':') + 1), base64(key)];
  return [isAuthorizationHeader(definition) ? key.replace(/^[a-z]+ +(?=\S)/i, '') : key];
}

/** Returns whether a security scheme is HTTP Basic. */
export function isBasic({ type, scheme = '' }: SecurityScheme): boolean {
  return type === 'http' && scheme.toLowerCase() === 'basic';
}

/** Joins the credentials of schemes that an operation requires together. */
function joinCredentials(parts: readonly Credentials[]): Credentials | undefined {
  if (parts.length === 0) return undefined;
  const cookies = parts.filter(hasCookie);
  const others = parts.filter((part) => !hasCookie(part));
  // RFC 6265, 5.4: a request has one Cookie header.
  const value = cookies.flatMap(({ headers }) => headers.map(([, cookie]) => cookie)).join('; ');
  const shell = cookies.map(({ curl }) => curl[1]?.slice('"Cookie: '.length, -1)).join('; ');
  const all = [...others, ...(cookies.length === 0 ? [] : [writeHeader('Cookie', value, shell)])];
  const query = all.flatMap((part) => part.query ?? []).join('&');
  return {
    schemes: parts.flatMap(({ schemes }) => schemes),
    headers: all.flatMap(({ headers }) => headers),
    ...(query !== '' && { query }),
    curl: all.flatMap(({ curl }) => curl),
    secrets: [...new Set(parts.flatMap(({ secrets }) => secrets))],
  };
}

function hasCookie({ headers }: Credentials): boolean {
  return headers.some(([name]) => name === 'Cookie');
}

/** Returns whether the tests can send the credentials of at least one alternative, if they have the keys. */
export function isSupported({ security }: Operation): boolean {
  return security.some((schemes) => Object.values(schemes).every((definition) => findWriter(definition) !== undefined));
}

/** Returns whether every request to an operation needs a key. */
export function needsKey({ security }: Operation): boolean {
  return security.length > 0 && security.every((schemes) => Object.keys(schemes).length > 0);
}

/** Credentials whose header or query parameter a check writes itself. */
interface WrittenCredentials {
  /** The name of the header or of the query parameter. */
  readonly name: string;
  readonly value: string;
  /** The value as written in a double-quoted shell string. */
  readonly shell: string;
  readonly secret: string;
}

/** Creates credentials in a header. */
export function createHeaderCredentials({ name, value, shell, secret }: WrittenCredentials): Credentials {
  return { schemes: [], ...writeHeader(name, value, shell), secrets: [secret] };
}

/** Creates credentials in a query parameter. */
export function createQueryCredentials({ name, value, shell, secret }: WrittenCredentials): Credentials {
  return { schemes: [], ...writeQuery(name, value, shell), secrets: [secret] };
}

function findWriter(definition: SecurityScheme): Write | undefined {
  const { type, scheme = '', in: place, name = '' } = definition;
  switch (type) {
    case 'http':
      if (isBasic(definition)) return writeBasic;
      return scheme.toLowerCase() === 'bearer' ? writeBearer : undefined;
    case 'oauth2':
    case 'openIdConnect':
      return writeBearer;
    case 'apiKey':
      return writeApiKey(place, name);
    default:
      return undefined;
  }
}

// The key is a user name without a password, or `user:password`.
const writeBasic: Write = (key, shell) => ({
  headers: [['Authorization', `Basic ${base64(toUserinfo(key))}`]],
  curl: ['-u', `"${toUserinfo(key) === key ? shell : `${shell}:`}"`],
});

/** Returns `user:password` for a key of HTTP Basic. */
export function toUserinfo(key: string): string {
  return key.includes(':') ? key : `${key}:`;
}

const writeBearer: Write = (key, shell) => writeHeader('Authorization', `Bearer ${key}`, `Bearer ${shell}`);

const writeToken: Write = (key, shell) =>
  writeHeader('Authorization', `Token token="${key}"`, `Token token=\\"${shell}\\"`);

function writeApiKey(place: string | undefined, name: string): Write {
  switch (place) {
    case 'query':
      return (key, shell) => writeQuery(name, key, shell);
    case 'cookie':
      return (key, shell) => writeHeader('Cookie', `${name}=${key}`, `${name}=${shell}`);
    default:
      return (key, shell) => writeHeader(name, key, shell);
  }
}

function writeHeader(name: string, value: string, shell: string): ReturnType<Write> {
  // curl drops a header that is written with a colon and no value.
  return { headers: [[name, value]], curl: ['-H', shell === '' ? `"${name};"` : `"${name}: ${shell}"`] };
}

function writeQuery(parameter: string, key: string, shell: string): ReturnType<Write> {
  const name = encodeURIComponent(parameter);
  // curl encodes only the value.
  return {
    headers: [],
    query: `${name}=${encodeURIComponent(key)}`,
    curl: ['-G', '--data-urlencode', `"${name}=${shell}"`],
  };
}

/** Returns a shell substitution that encodes a double-quoted string as base64 without line breaks. */
export function base64InShell(text: string): string {
  return `$(printf %s "${text}" | base64 | tr -d '\\n')`;
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

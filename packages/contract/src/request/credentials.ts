import type { Operation, SecurityScheme } from '@firstofficer/openapi';
import type { Target } from './target.ts';

/** The credentials of a request. */
export interface Credentials {
  /** The names of the security schemes that they satisfy. */
  readonly schemes: readonly string[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The percent-encoded part of the query. */
  readonly query?: string;
  /** The options with which curl sends the same credentials. The key is `$FIRSTOFFICER_TOKEN`. */
  readonly curl: readonly string[];
  /** The secrets that no response may contain. */
  readonly secrets: readonly string[];
}

/** Formats a key for a security scheme. `shell` is the key as written in a shell command. */
type Write = (key: string, shell: string) => Omit<Credentials, 'schemes' | 'secrets'>;

/** A form in which an operation accepts its key. */
export interface CredentialForm {
  /** The name of the security scheme in the description. */
  readonly scheme: string;
  readonly definition: SecurityScheme;
  write(key: string, shell: string): Credentials;
}

/** The key in a double-quoted shell string. */
export const KEY_IN_SHELL = '$FIRSTOFFICER_TOKEN';

/** Returns the forms in which a single security scheme is enough. */
export function listCredentialForms({ security }: Operation): CredentialForm[] {
  return security.flatMap((schemes) => {
    const [alone, ...others] = Object.entries(schemes);
    if (!alone || others.length > 0) return [];
    const [scheme, definition] = alone;
    const write = findWriter(definition);
    return write
      ? [{ scheme, definition, write: (key, shell) => ({ schemes: [scheme], secrets: [key], ...write(key, shell) }) }]
      : [];
  });
}

/**
 * Returns credentials in the first form that the operation accepts and the target has keys for, or in all forms that the
 * operation requires together.
 */
export function createCredentials(
  operation: Operation,
  { token, keys = {} }: Pick<Target, 'token' | 'keys'>,
): Credentials | undefined {
  const findKey = (scheme: string) => (Object.hasOwn(keys, scheme) ? keys[scheme] : token);
  const schemes = operation.security
    .map((alternative) => Object.entries(alternative))
    .find((all) => all.every(([name, definition]) => findWriter(definition) && findKey(name) !== undefined));
  if (!schemes || schemes.length === 0) return undefined;
  const used = schemes.map(([name, definition]) => ({ key: findKey(name) ?? '', write: findWriter(definition) }));
  const written = used.flatMap(({ key, write }) => write?.(key, KEY_IN_SHELL) ?? []);
  const query = written.flatMap((part) => part.query ?? []).join('&');
  return {
    schemes: schemes.map(([name]) => name),
    headers: written.flatMap(({ headers }) => headers),
    ...(query !== '' && { query }),
    curl: written.flatMap(({ curl }) => curl),
    secrets: [...new Set(used.map(({ key }) => key))],
  };
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

function findWriter({ type, scheme = '', in: place, name = '' }: SecurityScheme): Write | undefined {
  switch (type) {
    case 'http':
      if (scheme.toLowerCase() === 'basic') return writeBasic;
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

const writeBasic: Write = (key, shell) => ({
  headers: [['Authorization', `Basic ${base64(`${key}:`)}`]],
  curl: ['-u', `"${shell}:"`],
});

const writeBearer: Write = (key, shell) => writeHeader('Authorization', `Bearer ${key}`, `Bearer ${shell}`);

function writeApiKey(place: string | undefined, name: string): Write {
  switch (place) {
    case 'query':
      return (key, shell) => writeQuery(name, key, shell);
    case 'cookie':
      return (key, shell) => writeHeader('Cookie', `${name}=${key}`, `${name}=${shell}`);
    default:
      // An apiKey in Authorization stands for the Token scheme, which OpenAPI cannot describe.
      return name.toLowerCase() === 'authorization'
        ? (key, shell) => writeHeader('Authorization', `Token token="${key}"`, `Token token=\\"${shell}\\"`)
        : (key, shell) => writeHeader(name, key, shell);
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

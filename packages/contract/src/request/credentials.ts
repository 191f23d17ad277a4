import type { Operation, SecurityScheme } from '@firstofficer/openapi';

/** Credentials as a request carries them. */
export interface Credentials {
  /** The names of the security schemes in whose form they are. */
  readonly schemes: readonly string[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Percent-encoded. */
  readonly query?: string;
  /** What makes curl send the same, with the key as `$FIRSTOFFICER_TOKEN`. */
  readonly curl: readonly string[];
  /** What must not come back in a response. */
  readonly secret: string;
}

/** Writes a key in the form of a security scheme. The second way of writing it is for a shell. */
type Write = (key: string, shell: string) => Omit<Credentials, 'schemes' | 'secret'>;

/** A form in which an operation takes its key. */
export interface CredentialForm {
  /** The name of the security scheme in the description. */
  readonly scheme: string;
  readonly definition: SecurityScheme;
  write(key: string, shell: string): Credentials;
}

/** The key, in a double-quoted string of a shell. */
export const KEY_IN_SHELL = '$FIRSTOFFICER_TOKEN';

/** The forms in which an operation takes a key alone. */
export function credentialForms({ security }: Operation): CredentialForm[] {
  return security.flatMap((schemes) => {
    const [alone, ...others] = Object.entries(schemes);
    if (!alone || others.length > 0) return [];
    const [scheme, definition] = alone;
    const write = writerOf(definition);
    return write
      ? [{ scheme, definition, write: (key, shell) => ({ schemes: [scheme], secret: key, ...write(key, shell) }) }]
      : [];
  });
}

/** The right key in the first form that the operation takes, or in several that it wants together. */
export function rightCredentials(operation: Operation, key: string | undefined): Credentials | undefined {
  const alternatives = operation.security.filter((schemes) => Object.values(schemes).every(writerOf));
  const schemes = Object.entries(alternatives[0] ?? {});
  if (schemes.length === 0 || key === undefined) return undefined;
  const written = schemes.flatMap(([, definition]) => writerOf(definition)?.(key, KEY_IN_SHELL) ?? []);
  const query = written.flatMap((part) => part.query ?? []).join('&');
  return {
    schemes: schemes.map(([name]) => name),
    headers: written.flatMap(({ headers }) => headers),
    ...(query !== '' && { query }),
    curl: written.flatMap(({ curl }) => curl),
    secret: key,
  };
}

/** Whether every request to an operation needs a key. */
export function needsKey({ security }: Operation): boolean {
  return security.length > 0 && security.every((schemes) => Object.keys(schemes).length > 0);
}

/** The one header of given credentials, and a curl option that sends it. */
export function headerCredentials(name: string, value: string, shell: string, secret: string): Credentials {
  return { schemes: [], ...header(name, value, shell), secret };
}

/** The same for a parameter of the query, which takes the key alone. */
export function queryCredentials(name: string, key: string, shell: string, secret: string): Credentials {
  return { schemes: [], ...inQuery(name, key, shell), secret };
}

function writerOf({ type, scheme = '', in: place, name = '' }: SecurityScheme): Write | undefined {
  switch (type) {
    case 'http':
      return scheme.toLowerCase() === 'basic'
        ? writeBasic
        : scheme.toLowerCase() === 'bearer'
          ? writeBearer
          : undefined;
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

const writeBearer: Write = (key, shell) => header('Authorization', `Bearer ${key}`, `Bearer ${shell}`);

function writeApiKey(place: string | undefined, name: string): Write {
  switch (place) {
    case 'query':
      return (key, shell) => inQuery(name, key, shell);
    case 'cookie':
      return (key, shell) => header('Cookie', `${name}=${key}`, `${name}=${shell}`);
    default:
      // A key that is said to be the whole of Authorization stands for a form that OpenAPI has no word for.
      return name.toLowerCase() === 'authorization'
        ? (key, shell) => header('Authorization', `Token token="${key}"`, `Token token=\\"${shell}\\"`)
        : (key, shell) => header(name, key, shell);
  }
}

function header(name: string, value: string, shell: string): ReturnType<Write> {
  // With a colon and nothing after it, curl sends no such header.
  return { headers: [[name, value]], curl: ['-H', shell === '' ? `"${name};"` : `"${name}: ${shell}"`] };
}

function inQuery(parameter: string, key: string, shell: string): ReturnType<Write> {
  const name = encodeURIComponent(parameter);
  // curl encodes the value, and nothing but the value.
  return {
    headers: [],
    query: `${name}=${encodeURIComponent(key)}`,
    curl: ['-G', '--data-urlencode', `"${name}=${shell}"`],
  };
}

/** What a shell makes of a double-quoted string in base64, which otherwise comes in lines of 76 characters. */
export function base64InShell(text: string): string {
  return `$(printf %s "${text}" | base64 | tr -d '\\n')`;
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

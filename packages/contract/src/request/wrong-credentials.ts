import {
  base64,
  base64InShell,
  type CredentialForm,
  type Credentials,
  createHeaderCredentials,
  isBasic,
  type Key,
  toUserinfo,
  writeRightKey,
} from './credentials.ts';
import { swapCase } from './redact.ts';

/** A key that is not valid for any API. */
export const WRONG_KEY = 'no-such-key-at-all';

interface WrongCredentials {
  readonly name: string;
  readonly credentials: Credentials;
  /** Whether the description does not say if the server must reject these credentials. */
  readonly mayBeAccepted?: boolean;
  /** Whether they have the complete key in another letter case, place or syntax. Few descriptions forbid these. */
  readonly hasKeyInOtherForm?: boolean;
}

/** A key, and the same key as written in a shell command. */
interface WrittenKey {
  readonly name: string;
  readonly value: string;
  readonly shell: string;
  readonly hasKeyInOtherForm?: boolean;
}

/**
 * Creates wrong credentials that are similar to the right ones. The server must reject each of them.
 *
 * @param forms - All forms that the operation accepts: credentials that are wrong in one form may be right in another.
 */
export function createWrongCredentials(form: CredentialForm, forms: readonly CredentialForm[]): WrongCredentials[] {
  const { key } = form;
  const write = ({ name, value, shell, hasKeyInOtherForm = false }: WrittenKey) => ({
    name,
    credentials: form.write(value, shell),
    hasKeyInOtherForm,
  });
  const unrelated = listUnrelatedKeys(key?.value).map(write);
  if (!key) return unrelated;
  const right = forms.flatMap((one) => writeRightKey(one) ?? []).map(normalize);
  // HTTP removes white space around a value, which would result in the right key.
  const similar = listSimilarKeys(key)
    .map(write)
    .filter(({ credentials }) => credentials.headers.every(([, value]) => value === value.trim()));
  const misplaced = listMisplacedKeys(form, key)
    .filter(({ credentials }) => !right.includes(normalize(credentials)))
    .map((wrong) => ({ ...wrong, hasKeyInOtherForm: true }));
  return [...unrelated, ...similar.filter(({ credentials }) => !right.includes(normalize(credentials))), ...misplaced];
}

/** Normalizes credentials for comparison: header names are case-insensitive. */
function normalize({ headers, query }: Credentials): string {
  return JSON.stringify([headers.map(([name, value]) => [name.toLowerCase(), value]), query]);
}

/** Returns keys that are unrelated to the right one, but that careless servers accept. */
function listUnrelatedKeys(key: string | undefined): WrittenKey[] {
  const keys: Readonly<Record<string, string>> = {
    'an empty key': '',
    'a wrong key': WRONG_KEY,
    'the key null': 'null',
    'the key undefined': 'undefined',
    'an SQL wildcard as the key': '%',
    'an asterisk as the key': '*',
    'SQL as the key': "' OR '1'='1",
    // The example key from the API's documentation, which is public.
    'the example key': 'YourTokenHere',
    ...(key !== undefined && { 'a wrong key of the same length': 'x'.repeat(key.length) }),
  };
  return Object.entries(keys)
    .filter(([, value]) => value !== key)
    .map(([name, value]) => ({ name, value, shell: value.replaceAll(/["\\$`]/g, '\\$&') }));
}

/** Returns keys that a server accepts if it compares only a part of the key or ignores case. */
function listSimilarKeys({ value: key, variable }: Key): WrittenKey[] {
  const half = Math.ceil(key.length / 2);
  const piped = (command: string) => `$(printf %s "$${variable}" | ${command})`;
  const keys = [
    { name: 'the key without its last character', value: key.slice(0, -1), shell: `\${${variable}%?}` },
    { name: 'the first half of the key', value: key.slice(0, half), shell: piped(`cut -c1-${half}`) },
    { name: 'the key without its first character', value: key.slice(1), shell: `\${${variable}#?}` },
    {
      name: 'the beginning of the key and other text',
      value: `${key.slice(0, 3)}-no-such-key`,
      shell: `${piped('cut -c1-3')}-no-such-key`,
    },
    { name: 'the key with a suffix', value: `${key}x`, shell: `\${${variable}}x` },
    { name: 'the key with a prefix', value: `x${key}`, shell: `x$${variable}` },
    ...[
      { name: 'the key with spaces around it', value: ` ${key} `, shell: ` $${variable} ` },
      { name: 'the key with swapped case', value: swapCase(key), shell: piped('tr a-zA-Z A-Za-z') },
      { name: 'the key in upper case', value: key.toUpperCase(), shell: piped('tr a-z A-Z') },
      { name: 'the key in lower case', value: key.toLowerCase(), shell: piped('tr A-Z a-z') },
    ].map((written) => ({ ...written, hasKeyInOtherForm: true })),
  ];
  const seen = new Set([key, '']);
  return keys.filter(({ value }) => !seen.has(value) && seen.add(value));
}

/** Returns credentials that have the right key in a wrong form. */
function listMisplacedKeys({ definition, hasTokenSyntax }: CredentialForm, key: Key): WrongCredentials[] {
  if (isBasic(definition)) return listWrongBasic(key);
  if (definition.type === 'apiKey' && !hasTokenSyntax) return [];
  const { value, variable } = key;
  const otherHeaders = [
    createHeaderWriter('X-API-Key', value)('the key in X-API-Key', value, `$${variable}`),
    createHeaderWriter('Cookie', value)('the key in a cookie', `token=${value}`, `token=$${variable}`),
  ];
  return hasTokenSyntax ? [...listWrongTokens(key), ...otherHeaders] : otherHeaders;
}

/** Returns a function that writes a value, and the same value in a shell command, into a header. */
function createHeaderWriter(header: string, secret: string) {
  return (name: string, value: string, shell: string): WrongCredentials => ({
    name,
    credentials: createHeaderCredentials({ name: header, value, shell, secret }),
  });
}

function listWrongBasic({ value: key, variable }: Key): WrongCredentials[] {
  // The key is a user name, or `user:password`.
  const secret = key.slice(key.indexOf(':') + 1);
  const basic = (name: string, userinfo: string, shell: string): WrongCredentials => ({
    name,
    credentials: {
      schemes: [],
      headers: [['Authorization', `Basic ${base64(userinfo)}`]],
      curl: ['-u', `"${shell}"`],
      secrets: [secret],
    },
  });
  const header = createHeaderWriter('Authorization', secret);
  const proxyHeader = createHeaderWriter('Proxy-Authorization', secret);
  const encoded = base64(toUserinfo(key));
  const shell = base64InShell(toUserinfo(key) === key ? `$${variable}` : `$${variable}:`);
  // Single quotes protect these characters from the history expansion of interactive shells.
  const exclamationMarks = `"'!!'"`;
  return [
    basic('the key as password', `:${key}`, `:$${variable}`),
    basic('the key as the password of a user', `user:${key}`, `user:$${variable}`),
    // The description requires an empty password, but does not say that others are rejected.
    { ...basic('the key and a password', `${key}:x`, `\${${variable}}:x`), mayBeAccepted: true },
    {
      // Many decoders tolerate this.
      ...header('the key without a colon', `Basic ${base64(key)}`, `Basic ${base64InShell(`$${variable}`)}`),
      mayBeAccepted: true,
    },
    header('an asterisk instead of base64', 'Basic *', 'Basic *'),
    header('exclamation marks instead of base64', 'Basic !!!', `Basic "'!!!'"`),
    header('base64 of bytes that are not UTF-8', 'Basic //8=', 'Basic //8='),
    header('only the scheme', 'Basic', 'Basic'),
    header('the key without base64', `Basic ${key}:`, `Basic $${variable}:`),
    header('the key in base64 after an asterisk', `Basic *${encoded}`, `Basic *${shell}`),
    header('the key in base64 before exclamation marks', `Basic ${encoded}!!`, `Basic ${shell}${exclamationMarks}`),
    {
      // Decoders stop at the first padding character and ignore what follows.
      ...header('the key in base64 with too much padding', `Basic ${encoded}====`, `Basic ${shell}====`),
      mayBeAccepted: true,
    },
    header(
      'the key in base64 with a space in it',
      `Basic ${encoded.replace(/(....)$/, ' $1')}`,
      `Basic $(printf %s "${shell}" | sed 's/....$/ &/')`,
    ),
    header('the key after an unknown scheme', `Digest ${encoded}`, `Digest ${shell}`),
    header('the key after Bearer', `Bearer ${encoded}`, `Bearer ${shell}`),
    header('a quoted token after Basic', `Basic token="${key}"`, `Basic token=\\"$${variable}\\"`),
    proxyHeader('the key in Proxy-Authorization', `Basic ${encoded}`, `Basic ${shell}`),
  ];
}

function listWrongTokens({ value: key, variable }: Key): WrongCredentials[] {
  const header = createHeaderWriter('Authorization', key);
  const proxyHeader = createHeaderWriter('Proxy-Authorization', key);
  const shell = `\\"$${variable}\\"`;
  return [
    header('the key after Bearer', `Bearer ${key}`, `Bearer $${variable}`),
    header('the token after Bearer', `Bearer token="${key}"`, `Bearer token=${shell}`),
    header('the token after an unknown scheme', `Digest token="${key}"`, `Digest token=${shell}`),
    header('the key after an unknown scheme', `Digest ${key}`, `Digest $${variable}`),
    header('the key without a scheme', key, `$${variable}`),
    header('the key within other text', `x${key}x`, `x\${${variable}}x`),
    header('Basic credentials after Token', `Token ${base64(`${key}:`)}`, `Token ${base64InShell(`$${variable}:`)}`),
    header('the key under another name', `Token key="${key}"`, `Token key=${shell}`),
    header('a quote that is not closed', `Token token="${key}`, `Token token=\\"$${variable}`),
    {
      ...header('a parameter after the key', `Token token="${key}", nonce="1"`, `Token token=${shell}, nonce=\\"1\\"`),
      mayBeAccepted: true,
    },
    header('only the scheme', 'Token', 'Token'),
    header('an empty header', '', ''),
    proxyHeader('the key in Proxy-Authorization', `Token token="${key}"`, `Token token=${shell}`),
  ];
}

import {
  base64,
  base64InShell,
  type CredentialForm,
  type Credentials,
  headerCredentials,
  KEY_IN_SHELL,
} from './credentials.ts';
import { swapCase } from './redact.ts';

/** A key that is not valid for any API. */
export const WRONG_KEY = 'no-such-key-at-all';

interface Refused {
  readonly what: string;
  /** Whether the description leaves open if a server accepts these credentials. */
  readonly mayBeAccepted?: boolean;
  readonly credentials: Credentials;
}

/**
 * Returns wrong credentials that are similar to the right ones. The server must reject each of them.
 *
 * @param forms - All forms that the operation accepts: credentials that are wrong in one form may be right in another.
 */
export function refusedCredentials(
  form: CredentialForm,
  key: string | undefined,
  forms: readonly CredentialForm[],
): Refused[] {
  const wrong = wrongKeys(key).map(({ what, value }) => ({ what, credentials: form.write(value, quoted(value)) }));
  if (key === undefined) return wrong;
  const right = forms.map(({ write }) => asRead(write(key, KEY_IN_SHELL)));
  const close = [...almostRight(form, key), ...inTheWrongForm(form, key)];
  return [...wrong, ...close.filter(({ credentials }) => !right.includes(asRead(credentials)))];
}

/** Normalizes credentials for comparison: header names are case-insensitive. */
function asRead({ headers, query }: Credentials): string {
  return JSON.stringify([headers.map(([name, value]) => [name.toLowerCase(), value]), query]);
}

/** Returns keys that are unrelated to the right one, but that careless servers accept. */
function wrongKeys(key: string | undefined): { what: string; value: string }[] {
  return [
    { what: 'an empty key', value: '' },
    { what: 'a wrong key', value: WRONG_KEY },
    { what: 'a key that stands for no value', value: 'null' },
    { what: 'a key that stands for nothing', value: 'undefined' },
    { what: 'a wildcard for the key', value: '%' },
    { what: 'an asterisk for the key', value: '*' },
    { what: 'SQL for the key', value: "' OR '1'='1" },
    // The example key from the API's documentation, which is public.
    { what: 'the example key', value: 'YourTokenHere' },
    ...(key === undefined ? [] : [{ what: 'a wrong key of the same length', value: 'x'.repeat(key.length) }]),
  ].filter(({ value }) => value !== key);
}

/** Returns keys that a server accepts if it compares only a part of the key or ignores case. */
function almostRight(form: CredentialForm, key: string): Refused[] {
  const cases = [
    {
      what: 'the key in the other case',
      value: swapCase(key),
      shell: `$(printf %s "${KEY_IN_SHELL}" | tr a-zA-Z A-Za-z)`,
    },
    { what: 'the key in upper case', value: key.toUpperCase(), shell: `$(printf %s "${KEY_IN_SHELL}" | tr a-z A-Z)` },
    { what: 'the key in lower case', value: key.toLowerCase(), shell: `$(printf %s "${KEY_IN_SHELL}" | tr A-Z a-z)` },
  ];
  const half = Math.ceil(key.length / 2);
  const parts = [
    { what: 'a prefix of the key', value: key.slice(0, -1), shell: `\${FIRSTOFFICER_TOKEN%?}` },
    {
      what: 'the first half of the key',
      value: key.slice(0, half),
      shell: `$(printf %s "${KEY_IN_SHELL}" | cut -c1-${half})`,
    },
    { what: 'the end of the key', value: key.slice(1), shell: `\${FIRSTOFFICER_TOKEN#?}` },
    {
      what: 'the beginning of the key and more',
      value: `${key.slice(0, 3)}-no-such-key`,
      shell: `$(printf %s "${KEY_IN_SHELL}" | cut -c1-3)-no-such-key`,
    },
    { what: 'the key with a suffix', value: `${key}x`, shell: `\${FIRSTOFFICER_TOKEN}x` },
    { what: 'the key with a prefix', value: `x${key}`, shell: `x${KEY_IN_SHELL}` },
    { what: 'the key with spaces around it', value: ` ${key} `, shell: ` ${KEY_IN_SHELL} ` },
    ...cases,
  ];
  const seen = new Set([key, '']);
  return (
    parts
      .filter(({ value }) => !seen.has(value) && seen.add(value))
      .map(({ what, value, shell }) => ({ what, credentials: form.write(value, shell) }))
      // HTTP removes white space around a value, which would result in the right key.
      .filter(({ credentials }) => credentials.headers.every(([, value]) => value === value.trim()))
  );
}

function inTheWrongForm({ definition }: CredentialForm, key: string): Refused[] {
  const headers = [
    { what: 'the key in X-API-Key', credentials: headerCredentials('X-API-Key', key, KEY_IN_SHELL, key) },
    {
      what: 'the key in a cookie',
      credentials: headerCredentials('Cookie', `token=${key}`, `token=${KEY_IN_SHELL}`, key),
    },
  ];
  if (definition.type === 'http' && definition.scheme?.toLowerCase() === 'basic') return inTheWrongBasic(key);
  if (definition.type === 'apiKey' && definition.name?.toLowerCase() === 'authorization') {
    return [...inTheWrongToken(key), ...headers];
  }
  return definition.type === 'apiKey' ? [] : headers;
}

const authorization = (value: string, shell: string, key: string) =>
  headerCredentials('Authorization', value, shell, key);

function inTheWrongBasic(key: string): Refused[] {
  const basic = (userinfo: string, shell: string): Credentials => ({
    schemes: [],
    headers: [['Authorization', `Basic ${base64(userinfo)}`]],
    curl: ['-u', `"${shell}"`],
    secret: key,
  });
  const encoded = base64(`${key}:`);
  const encode = base64InShell(`${KEY_IN_SHELL}:`);
  const written = (what: string, value: string, shell: string) => ({
    what,
    credentials: authorization(value, shell, key),
  });
  return [
    { what: 'the key as password', credentials: basic(`:${key}`, `:${KEY_IN_SHELL}`) },
    { what: "the key as somebody's password", credentials: basic(`user:${key}`, `user:${KEY_IN_SHELL}`) },
    // The description requires an empty password, but does not say that others are rejected, so it may be accepted.
    { what: 'the key and a password', mayBeAccepted: true, credentials: basic(`${key}:x`, `\${FIRSTOFFICER_TOKEN}:x`) },
    {
      // Many decoders tolerate this.
      ...written('the key without a colon', `Basic ${base64(key)}`, `Basic ${base64InShell(KEY_IN_SHELL)}`),
      mayBeAccepted: true,
    },
    written('no base64', 'Basic *', 'Basic *'),
    written('signs that base64 does not have', 'Basic !!!', `Basic ${inQuotes('!!!')}`),
    written('bytes that are no UTF-8', 'Basic //8=', 'Basic //8='),
    written('nothing but the scheme', 'Basic', 'Basic'),
    written('the key, not encoded', `Basic ${key}:`, `Basic ${KEY_IN_SHELL}:`),
    written('the key in base64 with a sign before it', `Basic *${encoded}`, `Basic *${encode}`),
    written('the key in base64 with signs after it', `Basic ${encoded}!!`, `Basic ${encode}${inQuotes('!!')}`),
    {
      // Decoders stop at the first padding character and ignore what follows.
      ...written('the key in base64 with more padding', `Basic ${encoded}====`, `Basic ${encode}====`),
      mayBeAccepted: true,
    },
    written(
      'the key in base64 with a space in it',
      `Basic ${encoded.replace(/(....)$/, ' $1')}`,
      `Basic $(printf %s "${encode}" | sed 's/....$/ &/')`,
    ),
    written('the key after an unknown scheme', `Digest ${encoded}`, `Digest ${encode}`),
    written('the key after Bearer', `Bearer ${encoded}`, `Bearer ${encode}`),
    written('a quoted token after Basic', `Basic token="${key}"`, `Basic token=\\"${KEY_IN_SHELL}\\"`),
    {
      what: 'the key in Proxy-Authorization',
      credentials: headerCredentials('Proxy-Authorization', `Basic ${encoded}`, `Basic ${encode}`, key),
    },
  ];
}

function inTheWrongToken(key: string): Refused[] {
  const written = (what: string, value: string, shell: string): Refused => ({
    what,
    credentials: authorization(value, shell, key),
  });
  const quotedKey = `\\"${KEY_IN_SHELL}\\"`;
  return [
    written('the key after Bearer', `Bearer ${key}`, `Bearer ${KEY_IN_SHELL}`),
    written('the token after Bearer', `Bearer token="${key}"`, `Bearer token=${quotedKey}`),
    written('the token after an unknown scheme', `Digest token="${key}"`, `Digest token=${quotedKey}`),
    written('the key after an unknown scheme', `Digest ${key}`, `Digest ${KEY_IN_SHELL}`),
    written('the key without a scheme', key, KEY_IN_SHELL),
    written('the key within other text', `x${key}x`, `x\${FIRSTOFFICER_TOKEN}x`),
    written('what belongs after Basic', `Token ${base64(`${key}:`)}`, `Token ${base64InShell(`${KEY_IN_SHELL}:`)}`),
    written('the key under another name', `Token key="${key}"`, `Token key=${quotedKey}`),
    written('a quote that is not closed', `Token token="${key}`, `Token token=\\"${KEY_IN_SHELL}`),
    {
      ...written(
        'a parameter after the key',
        `Token token="${key}", nonce="1"`,
        `Token token=${quotedKey}, nonce=\\"1\\"`,
      ),
      mayBeAccepted: true,
    },
    written('nothing but the scheme', 'Token', 'Token'),
    written('an empty header', '', ''),
    {
      what: 'the key in Proxy-Authorization',
      credentials: headerCredentials('Proxy-Authorization', `Token token="${key}"`, `Token token=${quotedKey}`, key),
    },
  ];
}

/** Matches characters that an interactive shell uses for history expansion, even in double quotes. */
function inQuotes(signs: string): string {
  return `"'${signs}'"`;
}

/** Escapes a value for a double-quoted shell string. */
function quoted(value: string): string {
  return value.replaceAll(/["\\$`]/g, '\\$&');
}

import type { Description } from '@firstofficer/openapi';
import { findKey, type Key, type Keys, listSecrets, TOKEN_VARIABLE } from './credentials.ts';

// A shorter key is not a real secret, and replacing it would damage other words.
const SHORTEST_SECRET = 8;

/**
 * Creates a function that replaces keys by the names of their variables. It replaces a key in all of its encodings, because
 * a server may send it back encoded.
 */
export function createRedactor(keys: readonly Key[]): (text: string) => string {
  const secrets = keys
    .flatMap(({ value, variable }) => listVariants(value).map((secret) => ({ secret, variable })))
    .filter(({ secret }) => secret.length >= SHORTEST_SECRET)
    // A part of a key may begin like another key, so longer ones come first.
    .toSorted((a, b) => b.secret.length - a.secret.length);
  if (secrets.length === 0) return (text) => text;
  const groups = secrets.map(({ secret }) => `(${createBase64Pattern(secret)}|${createEscapedPattern(secret)})`);
  const forms = new RegExp(groups.join('|'), 'g');
  return (text) =>
    text.replace(forms, (_, ...captured: readonly unknown[]) => {
      const index = captured.findIndex((group) => group !== undefined);
      return `$${secrets[index]?.variable}`;
    });
}

/** Creates a function that replaces all keys of a target by the names of their environment variables. */
export function createTargetRedactor(
  target: Keys,
  { operations }: Pick<Description, 'operations'>,
): (text: string) => string {
  const schemes = operations.flatMap(({ security }) => security.flatMap((alternative) => Object.entries(alternative)));
  const secrets = schemes.flatMap(([scheme, definition]) => {
    const key = findKey(target, scheme);
    return key ? listSecrets(definition, key.value).map((value) => ({ value, variable: key.variable })) : [];
  });
  const token = target.token === undefined ? [] : [{ value: target.token, variable: TOKEN_VARIABLE }];
  return createRedactor([...new Map([...token, ...secrets].map((secret) => [secret.value, secret])).values()]);
}

/** Returns the key and the variants that the tests send. Most of a key is enough to guess the rest. */
function listVariants(key: string): string[] {
  const half = key.slice(0, Math.ceil(key.length / 2));
  return [...new Set([key, key.toUpperCase(), key.toLowerCase(), swapCase(key), key.slice(0, -1), key.slice(1), half])];
}

/** Returns a pattern for base64 or base64url that begins with the key, as Basic credentials do. */
function createBase64Pattern(key: string): string {
  const bytes = Buffer.from(key);
  // The encoding of an incomplete last group depends on the bytes that follow.
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
  return `${whole.replaceAll('+', '[+-]').replaceAll('/', '[/_]')}[A-Za-z0-9+/_-]*={0,2}`;
}

/** Returns a pattern for the key with each character in any escape of JSON, URLs, HTML, XML and shells. */
function createEscapedPattern(key: string): string {
  return [...key].map((character) => `(?:${listSpellings(character).join('|')})`).join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

function listSpellings(character: string): string[] {
  const codePoint = character.codePointAt(0) ?? 0;
  const hex = codePoint.toString(16);
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  const entity = ENTITIES[character];
  return [
    // JSON escapes quotes and backslashes, and does so again if nested. The limit keeps the search fast.
    (/["'\\/]/.test(character) ? '\\\\{0,7}' : '') + character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&'),
    ...(entity === undefined ? [] : [`&${entity};`]),
    ignoreCase([...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')),
    ignoreCase(units.map((unit) => `\\\\{1,7}u${unit}`).join('')),
    ...(codePoint < 0x100 ? [ignoreCase(`\\\\{1,7}x${hex.padStart(2, '0')}`)] : []),
    `&#0{0,6}${codePoint};`,
    ignoreCase(`&#x0{0,6}${hex};`),
  ];
}

function ignoreCase(pattern: string): string {
  return `(?i:${pattern})`;
}

/** Swaps upper and lower case of ASCII letters. */
export function swapCase(text: string): string {
  return text.replaceAll(/[a-zA-Z]/g, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

/** The text that replaces a key in reports. */
const REDACTED = '$FIRSTOFFICER_TOKEN';

// A shorter key is not a real secret, and replacing it would damage other words.
const SHORTEST_SECRET = 8;

/** Replaces a key in all of its encodings, because a server may send it back encoded. */
export function redact(text: string, key: string): string {
  return redactor(key)(text);
}

/** Returns a function that replaces the key. Use it for many texts. */
export function redactor(key: string): (text: string) => string {
  const secrets = [...new Set(variants(key))].filter(({ length }) => length >= SHORTEST_SECRET);
  if (secrets.length === 0) return (text) => text;
  const forms = new RegExp(secrets.flatMap((secret) => [base64Form(secret), writtenForm(secret)]).join('|'), 'g');
  return (text) => text.replace(forms, REDACTED);
}

/** Returns the key and the variants that the tests send. Most of a key is enough to guess the rest. */
function variants(key: string): string[] {
  const half = key.slice(0, Math.ceil(key.length / 2));
  return [key, key.toUpperCase(), key.toLowerCase(), swapCase(key), key.slice(0, -1), key.slice(1), half];
}

/** Returns a pattern for base64 or base64url that begins with the key, as Basic credentials do. */
function base64Form(key: string): string {
  const bytes = Buffer.from(key);
  // The encoding of an incomplete last group depends on the bytes that follow.
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
  return `${whole.replaceAll('+', '[+-]').replaceAll('/', '[/_]')}[A-Za-z0-9+/_-]*={0,2}`;
}

/** Returns a pattern for the key with each character in any escape of JSON, URLs, HTML, XML and shells. */
function writtenForm(key: string): string {
  return [...key].map((character) => `(?:${spellings(character).join('|')})`).join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

function spellings(character: string): string[] {
  const codePoint = character.codePointAt(0) ?? 0;
  const hex = codePoint.toString(16);
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  const entity = ENTITIES[character];
  return [
    // JSON escapes quotes and backslashes, and does so again if nested. The limit keeps the search fast.
    (/["'\\/]/.test(character) ? '\\\\{0,7}' : '') + character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&'),
    ...(entity === undefined ? [] : [`&${entity};`]),
    anyCase([...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')),
    anyCase(units.map((unit) => `\\\\{1,7}u${unit}`).join('')),
    ...(codePoint < 0x100 ? [anyCase(`\\\\{1,7}x${hex.padStart(2, '0')}`)] : []),
    `&#0{0,6}${codePoint};`,
    anyCase(`&#x0{0,6}${hex};`),
  ];
}

function anyCase(pattern: string): string {
  return `(?i:${pattern})`;
}

/** Swaps upper and lower case of ASCII letters. */
export function swapCase(text: string): string {
  return text.replaceAll(/[a-zA-Z]/g, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

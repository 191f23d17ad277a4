/** What stands in reports where a key would. */
const REDACTED = '$FIRSTOFFICER_TOKEN';

// A shorter key guards nothing, and replacing it would garble the words it is part of.
const SHORTEST_SECRET = 8;

/** Replaces a key, however it is written: a server may send back what it was sent. */
export function redact(text: string, key: string): string {
  return redactor(key)(text);
}

/** The same for many texts. */
export function redactor(key: string): (text: string) => string {
  const secrets = [...new Set(variants(key))].filter(({ length }) => length >= SHORTEST_SECRET);
  if (secrets.length === 0) return (text) => text;
  const forms = new RegExp(secrets.flatMap((secret) => [base64Form(secret), writtenForm(secret)]).join('|'), 'g');
  return (text) => text.replace(forms, REDACTED);
}

/** The key, and what is sent of it to see whether it opens the API, too: from most of a key the rest can be guessed. */
function variants(key: string): string[] {
  const half = key.slice(0, Math.ceil(key.length / 2));
  return [key, key.toUpperCase(), key.toLowerCase(), swapCase(key), key.slice(0, -1), key.slice(1), half];
}

/** The key at the beginning of base64 or base64url, as in Basic credentials, with whatever follows it there. */
function base64Form(key: string): string {
  const bytes = Buffer.from(key);
  // The last group of up to three bytes is written differently by what follows it.
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
  return `${whole.replaceAll('+', '[+-]').replaceAll('/', '[/_]')}[A-Za-z0-9+/_-]*={0,2}`;
}

/** Each character in any of the ways in which JSON, URLs, HTML, XML and shells write it. */
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
    // JSON escapes quotes and backslashes, again if it is in JSON itself. Bounded, so that no text takes long to search.
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

/** Upper case for lower case, and the other way round. Letters beyond ASCII stay as they are. */
export function swapCase(text: string): string {
  return text.replaceAll(/[a-zA-Z]/g, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

// Control characters act on a terminal and are invalid in XML. Format characters are invisible or change the text direction.
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** Escapes control and format characters, such as `\x1b`. Reports quote text that the server controls. */
export function escapeUnprintable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => formatEscape(character.codePointAt(0) ?? 0));
}

/** Escapes control and format characters, and also line breaks and tabs. */
export function escapeLine(text: string): string {
  return escapeUnprintable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

function formatEscape(codePoint: number): string {
  const hex = codePoint.toString(16);
  if (codePoint === 0x0d) return '\\r';
  if (codePoint < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return codePoint < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/** Returns a copy of a value with each string changed. Member names stay unchanged. */
export function mapStrings<Value>(value: Value, change: (text: string) => string): Value;
export function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapStrings(member, change)]));
}

/**
 * Escapes a line of output so that CI services do not run commands in it. GitHub runs `::` at the start of a line; GitHub,
 * Azure and TeamCity run `##…[` anywhere. The text may come from the server under test.
 */
export function escapeCiCommands(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1: ').replace(/##(?=\w*\[)/g, '# #');
}

// JSON does not escape these characters, but terminals act on them.
const ACTIVE = /[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Formats a value as indented JSON that is safe to print on a terminal. */
export function formatJson(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${text.replace(ACTIVE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

// Controls drive a terminal and cannot stand in XML; format characters turn the direction of text or hide in it.
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** Makes visible what would not be seen but act, such as `\x1b`. A server chooses much of what a report says. */
export function escapeUnprintable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => escaped(character.codePointAt(0) ?? 0));
}

/** The same on one line. */
export function oneLine(text: string): string {
  return escapeUnprintable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

function escaped(codePoint: number): string {
  const hex = codePoint.toString(16);
  if (codePoint === 0x0d) return '\\r';
  if (codePoint < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return codePoint < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/** The same value with each string in it changed; names of members stay as they are. */
export function mapStrings<Value>(value: Value, change: (text: string) => string): Value;
export function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapStrings(member, change)]));
}

/**
 * A line of output that is no command to the CI service which reads it: GitHub obeys `::` at the beginning of a line,
 * GitHub, Azure and TeamCity obey `##…[` anywhere. What a server sends must not reach them.
 */
export function escapeCiCommands(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1: ').replace(/##(?=\w*\[)/g, '# #');
}

// JSON leaves these as they are, but they act on the terminal that a file is shown in.
const ACTIVE = /[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** JSON for people, too: indented, and safe to show in a terminal. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${text.replace(ACTIVE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

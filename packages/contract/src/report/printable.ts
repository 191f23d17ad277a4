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

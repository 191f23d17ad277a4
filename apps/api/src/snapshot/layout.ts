/** The columns of a terminal. */
const WIDTH = 80;

/** Puts a text at the right end of a line, or at least two spaces after the other text. */
export function placeAtRight(text: string, end: string): string {
  return `${text}  ${end.padStart(WIDTH - text.length - 2)}`;
}

/** Breaks a text at spaces into lines of at most 80 characters. Further lines are indented by two more spaces. */
export function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ' '.repeat(indent + 2);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/** Adds spaces before texts, so that they end below each other. */
export function alignRight(texts: readonly string[]): string[] {
  // Math.max would take each text as an argument, and there can be more texts than arguments.
  const width = texts.reduce((longest, { length }) => Math.max(longest, length), 0);
  return texts.map((text) => text.padStart(width));
}

/** Adds spaces to decimal numbers, so that they have the same number of characters after the point. */
export function alignDecimals(numbers: readonly string[]): string[] {
  const countDecimals = (number: string) => /(\.\d*)?$/.exec(number)?.[0].length ?? 0;
  const decimals = numbers.reduce((most, number) => Math.max(most, countDecimals(number)), 0);
  return numbers.map((number) => number + ' '.repeat(decimals - countDecimals(number)));
}

import { structuredPatch } from 'diff';

/** The lines that differ between two texts. */
export interface TextDiff {
  /** Lines that begin with `+`, `-` or a space, and lines that begin with `@@` between places that are far apart. */
  readonly lines: readonly string[];
  readonly added: number;
  readonly removed: number;
}

/**
 * Returns the lines that differ between two texts, with two lines around them, or undefined if the texts are the same.
 *
 * @param findHeading - Returns the name of the place of a line, which is shown above the lines.
 */
export function diffTexts(
  before: string,
  after: string,
  findHeading: (lines: readonly string[], index: number) => string,
): TextDiff | undefined {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 2 });
  if (hunks.length === 0) return undefined;
  const texts = { '-': before.split('\n'), '+': after.split('\n') };
  const lines = hunks.flatMap(({ lines, oldStart, newStart }) => {
    const first = lines.findIndex((line) => /^[-+]/.test(line));
    const sign = lines[first]?.startsWith('-') ? '-' : '+';
    const start = sign === '-' ? oldStart : newStart;
    const heading = findHeading(texts[sign], start - 1 + first);
    return [heading ? `@@ ${heading} @@` : '@@', ...lines.filter((line) => !line.startsWith('\\'))];
  });
  const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  return { lines, added: count('+'), removed: count('-') };
}

/** Returns the names of the blocks around a line, by their indentation. */
export function findBlock(lines: readonly string[], index: number): string {
  const names: string[] = [];
  let indent = getIndent(lines[index] ?? '');
  for (let line = index - 1; line >= 0 && indent > 0; line -= 1) {
    const text = lines[line] ?? '';
    if (text.trim() === '' || getIndent(text) >= indent || text.trim().startsWith('}')) continue;
    indent = getIndent(text);
    names.unshift(text.replace(/^\s*(export )?(interface )?|\??:?\s*\{$|["']/g, '').trim());
  }
  return names.join(' › ');
}

function getIndent(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}

/** Returns the nearest Markdown heading above a line. */
export function findMarkdownHeading(lines: readonly string[], index: number): string {
  const heading = lines.slice(0, index + 1).findLast((line) => /^#+ /.test(line));
  return heading?.replace(/^#+ /, '') ?? '';
}

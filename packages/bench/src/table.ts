import type { Spread } from './statistics.ts';

/** The cells that say how figures compare with a baseline. */
export function ratioCells({ lower, median, upper }: Spread): [ratio: string, middleHalf: string] {
  return [median.toFixed(2), `${lower.toFixed(2)}–${upper.toFixed(2)}`];
}

/** Rows under their headings, the first column to the left and the figures to the right. */
export function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      widths
        .map((width, column) => (column === 0 ? (line[0] ?? '').padEnd(width) : (line[column] ?? '').padStart(width)))
        .join('   ')
        .trimEnd(),
    )
    .map((line) => `  ${line}`)
    .join('\n');
}

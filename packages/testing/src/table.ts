import { appendFile } from 'node:fs/promises';

/** Rows of cells. The first row contains the headings, and the first column the names. */
export type Table = readonly (readonly string[])[];

/**
 * Formats a table for a terminal.
 *
 * @example
 * formatTable([['', 'passed'], ['client', '12']]); // '          passed\n  client      12'
 */
export function formatTable(rows: Table): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const format = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)));
  return rows.map((row) => `  ${format(row).join('  ')}`.trimEnd()).join('\n');
}

/**
 * Formats a table in Markdown.
 *
 * @example
 * formatMarkdownTable([['', 'passed'], ['client', '12']]); // '|  | passed |\n| --- | ---: |\n| client | 12 |'
 */
export function formatMarkdownTable([headings = [], ...rows]: Table): string {
  const alignment = headings.map((_, column) => (column === 0 ? '---' : '---:'));
  return [headings, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * Appends Markdown to the summary of the job in GitHub Actions. Does nothing elsewhere.
 *
 * @param blocks - Paragraphs, headings and tables. Empty ones are left out.
 * @example
 * await appendToStepSummary(['### Tests', formatMarkdownTable(rows)]);
 */
export async function appendToStepSummary(blocks: readonly string[]): Promise<void> {
  const { GITHUB_STEP_SUMMARY: file } = process.env;
  if (file) await appendFile(file, `${blocks.filter((block) => block !== '').join('\n\n')}\n`);
}

import type { Row, StageResult } from './result.ts';

const HEADINGS = ['', 'passed', 'failed', 'skipped', 'seconds'];

/** Formats results as one table, one line with the totals, and the reasons of what was skipped. */
export function formatSummary({ rows, skips }: StageResult): string {
  const table = formatTable([HEADINGS, ...rows.map(cells)]);
  const totals = `${total(rows, 'passed')} passed, ${total(rows, 'failed')} failed, ${total(rows, 'skipped')} skipped`;
  const reasons = skips.map(({ name, tests, reason }) => `  ${name}: ${tests} skipped: ${reason}`);
  return [table, '', totals, ...(reasons.length > 0 ? ['', 'Skipped', ...reasons] : [])].join('\n');
}

/** Formats one result as a line of progress. */
export function formatRow({ name, passed, failed, skipped, seconds }: Row): string {
  const counts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `  ${failed > 0 ? '✗' : '✓'} ${name.padEnd(14)} ${counts.join(', ')} (${seconds.toFixed(1)} s)`;
}

function cells({ name, passed, failed, skipped, seconds }: Row): string[] {
  return [name, String(passed), String(failed), String(skipped), seconds.toFixed(1)];
}

function total(rows: readonly Row[], column: 'passed' | 'failed' | 'skipped'): number {
  return rows.reduce((sum, row) => sum + row[column], 0);
}

function formatTable(lines: readonly (readonly string[])[]): string {
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const format = (line: readonly string[]) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)));
  return lines.map((line) => `  ${format(line).join('  ')}`.trimEnd()).join('\n');
}

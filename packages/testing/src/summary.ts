/** The results of one package's tests, or of one static task in all packages. */
export interface Row {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** Whether the results are those of an earlier run, because nothing has changed since. */
  readonly isCached?: boolean;
}

/** Creates the row of failures that belong to no package, such as a stage that did not run. */
export function createFailureRow(name: string, failed: number): Row {
  return { name, passed: 0, failed, skipped: 0, seconds: 0 };
}

/** A reason why tests of a package were skipped. */
export interface Skip {
  readonly reason: string;
  /** The package that the tests belong to. */
  readonly name: string;
  readonly tests: number;
}

/** The result of one stage. */
export interface StageResult {
  readonly rows: readonly Row[];
  readonly skips: readonly Skip[];
}

const HEADINGS = ['', 'passed', 'failed', 'skipped', 'seconds'];

/** Formats results as a table, a line with the totals, and the reasons why tests were skipped. */
export function formatSummary({ rows, skips }: StageResult): string {
  const table = formatTable([HEADINGS, ...rows.map(formatCells)]);
  const totals = `${sumColumn(rows, 'passed')} passed, ${sumColumn(rows, 'failed')} failed, ${sumColumn(rows, 'skipped')} skipped`;
  const reasons = skips.map(({ name, tests, reason }) => `  ${name}: ${tests} skipped: ${reason}`);
  const cached = sumColumn(
    rows.filter(({ isCached }) => isCached),
    'passed',
  );
  const note = `${cached} of them passed in an earlier run, and their packages have not changed since. --force runs them again.`;
  return [
    table,
    '',
    totals,
    ...(cached > 0 ? [note] : []),
    ...(reasons.length > 0 ? ['', 'Skipped', ...reasons] : []),
  ].join('\n');
}

/** Formats a row as a line that is printed during the run. */
export function formatRow(row: Row): string {
  const { name, passed, failed, skipped } = row;
  const counts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `  ${failed > 0 ? '✗' : '✓'} ${name.padEnd(14)} ${counts.join(', ')} (${row.isCached ? 'cached' : `${row.seconds.toFixed(1)} s`})`;
}

function formatCells({ name, passed, failed, skipped, seconds, isCached }: Row): string[] {
  return [name, String(passed), String(failed), String(skipped), isCached ? 'cached' : seconds.toFixed(1)];
}

function sumColumn(rows: readonly Row[], column: 'passed' | 'failed' | 'skipped'): number {
  return rows.reduce((sum, row) => sum + row[column], 0);
}

function formatTable(lines: readonly (readonly string[])[]): string {
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const format = (line: readonly string[]) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)));
  return lines.map((line) => `  ${format(line).join('  ')}`.trimEnd()).join('\n');
}

import { COVERAGE_FOLDER, COVERAGE_NOTE } from './coverage.ts';
import { formatMarkdownTable, formatTable, type Table } from './table.ts';

/** The results of one package's tests, or of one static task in all packages. */
export interface Row {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** The percentage of statements that the tests ran, if it was measured. */
  readonly coverage?: number;
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

/** Formats results as a table, a line with the totals, and the reasons why tests were skipped. */
export function formatSummary({ rows, skips }: StageResult): string {
  const reasons = skips.map(({ name, tests, reason }) => `  ${name}: ${tests} skipped: ${reason}`);
  return [
    formatTable(createTable(rows)),
    '',
    formatTotals(rows),
    ...formatCachedNote(rows),
    ...(hasCoverage(rows) ? ['', COVERAGE_NOTE, `Report: ${COVERAGE_FOLDER}/index.html`] : []),
    ...(reasons.length > 0 ? ['', 'Skipped', ...reasons] : []),
  ].join('\n');
}

function formatCachedNote(rows: readonly Row[]): string[] {
  const cached = sumColumn(
    rows.filter(({ isCached }) => isCached),
    'passed',
  );
  if (cached === 0) return [];
  return [
    `${cached} of them passed in an earlier run, and their packages have not changed since. --force runs them again.`,
  ];
}

/** Formats results in Markdown, as paragraphs and tables. */
export function formatMarkdownSummary({ rows }: StageResult): string[] {
  return [
    '### Tests',
    formatMarkdownTable(createTable(rows)),
    formatTotals(rows),
    hasCoverage(rows) ? COVERAGE_NOTE : '',
  ];
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

function createTable(rows: readonly Row[]): Table {
  const headings = ['', 'passed', 'failed', 'skipped', 'seconds'];
  const cells = rows.map(({ name, passed, failed, skipped, seconds, isCached }) => [
    name,
    String(passed),
    String(failed),
    String(skipped),
    isCached ? 'cached' : seconds.toFixed(1),
  ]);
  if (!hasCoverage(rows)) return [headings, ...cells];
  const coverage = rows.map((row) => (row.coverage === undefined ? '' : `${row.coverage.toFixed(1)} %`));
  return [[...headings, 'coverage'], ...cells.map((row, index) => [...row, coverage[index] ?? ''])];
}

function hasCoverage(rows: readonly Row[]): boolean {
  return rows.some(({ coverage }) => coverage !== undefined);
}

function formatTotals(rows: readonly Row[]): string {
  return `${sumColumn(rows, 'passed')} passed, ${sumColumn(rows, 'failed')} failed, ${sumColumn(rows, 'skipped')} skipped`;
}

function sumColumn(rows: readonly Row[], column: 'passed' | 'failed' | 'skipped'): number {
  return rows.reduce((sum, row) => sum + row[column], 0);
}

import { styleText } from 'node:util';
import wrapAnsi from 'wrap-ansi';
import type { Finding, RunReport } from '../run/report.ts';
import { formatCoverageSummary, listNeverOccurred } from './coverage.ts';
import { escapeCiCommands, escapeLine, escapeUnprintable, mapStrings } from './escape.ts';
import {
  formatCount,
  formatFigures,
  formatNotTested,
  formatNumber,
  formatRemaining,
  formatStopReason,
  formatUnreached,
  formatUnreachedSummary,
  formatVerdict,
} from './figures.ts';
import { type FindingGroup, formatTimes, groupFindings, listFindingRows } from './findings.ts';

/** Options of the terminal report. */
export interface TerminalOptions {
  readonly colour: boolean;
  /** The width of the terminal in columns. */
  readonly width: number;
  /** Whether to print every finding in full. Default: only the first few of each check. */
  readonly listAll?: boolean;
}

// Three findings show a pattern and leave the next check visible.
const MAX_FULL_FINDINGS = 3;
// Bodies may have any length. Their beginning is enough to recognize them.
const MAX_TEXT_LENGTH = 480;
// Longer lines are hard to read, however wide the terminal is.
const MAX_COLUMNS = 100;
const MIN_COLUMNS = 40;
// Some test cases send identifiers of several kilobytes.
const MAX_COMMAND_LENGTH = 1500;
const LABEL_WIDTH = 10;

/** How to lay out the report. */
interface Layout {
  readonly columns: number;
  readonly listAll: boolean;
  style(format: Parameters<typeof styleText>[0], text: string): string;
}

/**
 * Formats a report for the terminal: the findings with commands that repeat them, the coverage, and the verdict as the last
 * line.
 *
 * @example
 * process.stdout.write(formatTerminalReport(report, { colour: process.stdout.hasColors(), width: process.stdout.columns }));
 */
export function formatTerminalReport(report: RunReport, { colour, width, listAll = false }: TerminalOptions): string {
  const shown = mapStrings(report, escapeUnprintable);
  const layout: Layout = {
    columns: Math.max(MIN_COLUMNS, Math.min(width, MAX_COLUMNS)),
    listAll,
    // The caller decides about colours, not the environment.
    style: (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text),
  };
  const paragraphs = [
    ...groupFindings(shown).map((group) => formatGroup(group, layout)),
    formatCoverageLines(shown, layout),
    formatUnreachedLines(shown, layout),
    formatEnd(shown, layout),
  ];
  const lines = paragraphs.filter((paragraph) => paragraph.length > 0).flatMap((paragraph) => ['', ...paragraph]);
  return `${lines.join('\n')}\n`;
}

function formatGroup(group: FindingGroup, layout: Layout): string[] {
  const { check, rationale, severity, findings } = group;
  const { columns, listAll, style } = layout;
  const full = listAll ? findings : findings.slice(0, MAX_FULL_FINDINGS);
  const more = findings.length - full.length;
  return [
    `${style(['bold', severity === 'error' ? 'red' : 'yellow'], severity)} ${style('bold', check)}`,
    ...wrap(rationale, columns).map((line) => style('dim', line)),
    ...full.flatMap((finding) => ['', ...formatFindingLines(finding, layout)]),
    ...(more > 0 ? ['', style('dim', `  … and ${more} more; all are in --report json=FILE`)] : []),
  ];
}

function formatFindingLines(finding: Finding, { columns, style }: Layout): string[] {
  const rows = listFindingRows(finding).flatMap(([label, text]) =>
    wrap(shorten(text), columns - 2 - LABEL_WIDTH).map((line, index) => {
      const styled = label === '' ? style('dim', line) : line;
      return `  ${style('dim', (index === 0 ? label : '').padEnd(LABEL_WIDTH))}${styled}`;
    }),
  );
  const head = wrap(`${finding.operation}, ${formatTimes(finding.times)}`, columns - 2);
  // Keep the command on one line, so that it can be copied from the terminal.
  return [...head.map((line) => `  ${style('bold', line)}`), ...rows, `  ${style('cyan', formatCommand(finding))}`];
}

/** Formats the command of a finding on one line, shortened if it would fill the screen. */
function formatCommand({ curl }: Finding): string {
  const command = escapeCiCommands(escapeLine(curl));
  if (command.length <= MAX_COMMAND_LENGTH) return command;
  return `${command.slice(0, MAX_COLUMNS)}… (${formatNumber(command.length)} characters; whole in --report json=FILE)`;
}

function formatCoverageLines({ coverage }: RunReport, { columns, style }: Layout): string[] {
  if (coverage.length === 0) return [];
  const operations = coverage.flatMap((operation) => {
    const never = listNeverOccurred(operation);
    return [
      ...indent(`${operation.operation}: ${formatCoverageSummary(operation)}`, columns),
      ...(never.length > 0 ? indent(`never occurred: ${never.join(', ')}`, columns, '    ') : []).map((line) =>
        style('yellow', line),
      ),
    ];
  });
  return [style('bold', 'coverage'), ...operations];
}

function formatUnreachedLines(report: RunReport, { columns, style }: Layout): string[] {
  const summary = formatUnreachedSummary(report);
  if (summary === undefined) return [];
  return [
    ...wrap(summary, columns).map((line) => style(['bold', 'yellow'], line)),
    ...report.unreached.flatMap((operation) => indent(formatUnreached(operation), columns)),
  ];
}

/** Formats the checks that did not run, by reason. */
function formatSkippedLines(report: RunReport, { columns }: Layout): string[] {
  const skipped = report.checks.filter(({ status }) => status === 'skipped');
  if (skipped.length === 0) return [];
  const reasons = Map.groupBy(skipped, ({ reason = 'no response to check' }) => reason);
  return [
    `${formatCount(skipped.length, 'check')} did not run:`,
    ...[...reasons].flatMap(([reason, results]) => {
      const names = [...new Set(results.map(({ check }) => check))].join(', ');
      return indent(`${reason.replace(/\.$/, '')}: ${names}`, columns);
    }),
  ];
}

function formatEnd(report: RunReport, layout: Layout): string[] {
  const { columns, style } = layout;
  const stopped = formatStopReason(report);
  const notTested = formatNotTested(report);
  const remaining = formatRemaining(report);
  const [verdict = '', ...rest] = wrap(formatVerdict(report), columns);
  const colour = ({ passed: 'green', failed: 'red', incomplete: 'yellow' } as const)[report.verdict];
  return [
    ...formatSkippedLines(report, layout).map((line) => style('dim', line)),
    ...(notTested === undefined ? [] : wrap(notTested, columns).map((line) => style('dim', line))),
    ...wrap(formatFigures(report), columns).map((line) => style('dim', line)),
    ...(remaining === undefined ? [] : wrap(remaining, columns).map((line) => style('yellow', line))),
    ...(stopped === undefined ? [] : wrap(stopped, columns).map((line) => style('yellow', line))),
    ...[verdict, ...rest].map((line) => style(['bold', colour], line)),
  ];
}

function indent(text: string, columns: number, margin = '  '): string[] {
  return wrap(text, columns - margin.length - 2).map((line, index) => `${margin}${index === 0 ? '' : '  '}${line}`);
}

function wrap(text: string, columns: number): string[] {
  return wrapAnsi(text.replaceAll('\t', '  '), columns, { hard: true }).split('\n').map(escapeCiCommands);
}

function shorten(text: string): string {
  const characters = [...text];
  if (characters.length <= MAX_TEXT_LENGTH) return text;
  return `${characters.slice(0, MAX_TEXT_LENGTH).join('')}… (${formatCount(characters.length, 'character')})`;
}

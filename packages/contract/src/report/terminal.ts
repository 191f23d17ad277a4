import { styleText } from 'node:util';
import wrapAnsi from 'wrap-ansi';
import type { Finding, RunReport } from '../run/report.ts';
import { coverageSummary, neverOccurred } from './coverage.ts';
import { escapeCiCommands, escapeUnprintable, mapStrings, oneLine } from './escape.ts';
import { counted, figuresLine, grouped, stoppedLine, verdictLine } from './figures.ts';
import { type FindingGroup, findingGroups, findingRows, formatTimes } from './findings.ts';

/** Options of the terminal report. */
export interface TerminalOptions {
  readonly colour: boolean;
  /** The width of the terminal in columns. */
  readonly width: number;
  /** Whether to print every finding in full. Default: only the first few of each check. */
  readonly listAll?: boolean;
}

// Enough to see a pattern, without hiding the next check.
const IN_FULL = 3;
// Bodies may have any length. The beginning is enough to recognize them.
const LONGEST = 480;
// Longer lines are hard to read, however wide the terminal is.
const WIDEST = 100;
const NARROWEST = 40;
// Some test cases use identifiers that are too long.
const LONGEST_COMMAND = 1500;
const LABEL = 10;

type Style = (format: Parameters<typeof styleText>[0], text: string) => string;

/**
 * Formats a report for the terminal: the findings with commands that repeat them, the coverage, and the verdict as the last
 * line.
 *
 * @example
 * process.stdout.write(terminalReport(report, { colour: process.stdout.hasColors(), width: process.stdout.columns }));
 */
export function terminalReport(report: RunReport, { colour, width, listAll = false }: TerminalOptions): string {
  const shown = mapStrings(report, escapeUnprintable);
  const columns = Math.max(NARROWEST, Math.min(width, WIDEST));
  // The caller decides about colours, not the environment.
  const style: Style = (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text);
  const paragraphs = [
    ...findingGroups(shown).map((group) => groupLines(group, listAll, columns, style)),
    coverageLines(shown, columns, style),
    endLines(shown, columns, style),
  ];
  const lines = paragraphs.filter((paragraph) => paragraph.length > 0).flatMap((paragraph) => ['', ...paragraph]);
  return `${lines.join('\n')}\n`;
}

function groupLines(group: FindingGroup, listAll: boolean, columns: number, style: Style): string[] {
  const { check, rationale, severity, findings } = group;
  const full = listAll ? findings : findings.slice(0, IN_FULL);
  const more = findings.length - full.length;
  return [
    `${style(['bold', severity === 'error' ? 'red' : 'yellow'], severity)} ${style('bold', check)}`,
    ...wrap(rationale, columns).map((line) => style('dim', line)),
    ...full.flatMap((finding) => ['', ...findingLines(finding, columns, style)]),
    ...(more > 0 ? ['', style('dim', `  … and ${more} more; all are in --report json=FILE`)] : []),
  ];
}

function findingLines(finding: Finding, columns: number, style: Style): string[] {
  const rows = findingRows(finding).flatMap(([label, text]) =>
    wrap(shortened(text), columns - 2 - LABEL).map((line, index) => {
      const styled = label === '' ? style('dim', line) : line;
      return `  ${style('dim', (index === 0 ? label : '').padEnd(LABEL))}${styled}`;
    }),
  );
  const head = wrap(`${finding.operation}, ${formatTimes(finding.times)}`, columns - 2);
  // Keep the command on one line, so that it can be copied from the terminal.
  return [...head.map((line) => `  ${style('bold', line)}`), ...rows, `  ${style('cyan', commandOf(finding))}`];
}

/** Returns a command on one line, shortened if it would fill the screen. */
function commandOf({ curl }: Finding): string {
  const command = escapeCiCommands(oneLine(curl));
  if (command.length <= LONGEST_COMMAND) return command;
  return `${command.slice(0, WIDEST)}… (${grouped(command.length)} characters; whole in --report json=FILE)`;
}

function coverageLines({ coverage }: RunReport, columns: number, style: Style): string[] {
  if (coverage.length === 0) return [];
  const operations = coverage.flatMap((operation) => {
    const never = neverOccurred(operation);
    return [
      ...indented(`${operation.operation}: ${coverageSummary(operation)}`, columns),
      ...(never.length > 0 ? indented(`never occurred: ${never.join(', ')}`, columns, '    ') : []).map((line) =>
        style('yellow', line),
      ),
    ];
  });
  return [style('bold', 'coverage'), ...operations];
}

function endLines(report: RunReport, columns: number, style: Style): string[] {
  const skipped = report.checks.filter(({ status }) => status === 'skipped');
  const names = [...new Set(skipped.map(({ check }) => check))].join(', ');
  const stopped = stoppedLine(report);
  const [verdict = '', ...rest] = wrap(verdictLine(report), columns);
  const colour = ({ passed: 'green', failed: 'red', incomplete: 'yellow' } as const)[report.verdict];
  return [
    ...(skipped.length > 0 ? wrap(`${counted(skipped.length, 'check')} did not run: ${names}`, columns) : []).map(
      (line) => style('dim', line),
    ),
    ...wrap(figuresLine(report), columns).map((line) => style('dim', line)),
    ...(stopped === undefined ? [] : wrap(stopped, columns).map((line) => style('yellow', line))),
    ...[verdict, ...rest].map((line) => style(['bold', colour], line)),
  ];
}

function indented(text: string, columns: number, indent = '  '): string[] {
  return wrap(text, columns - indent.length - 2).map((line, index) => `${indent}${index === 0 ? '' : '  '}${line}`);
}

function wrap(text: string, columns: number): string[] {
  return wrapAnsi(text.replaceAll('\t', '  '), columns, { hard: true }).split('\n').map(escapeCiCommands);
}

function shortened(text: string): string {
  const characters = [...text];
  if (characters.length <= LONGEST) return text;
  return `${characters.slice(0, LONGEST).join('')}… (${counted(characters.length, 'character')})`;
}

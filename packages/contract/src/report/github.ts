import type { CheckResult, Finding, OperationCoverage, RunReport } from '../run/report.ts';
import { coverageKinds, neverOccurred } from './coverage.ts';
import { escapeUnprintable, mapStrings, oneLine } from './escape.ts';
import { figuresLine, formatDuration, grouped, stoppedLine, verdictLine } from './figures.ts';
import { findingGroups, formatLocation, formatTimes } from './findings.ts';

// GitHub drops a summary that is larger than 1 MiB.
const LONGEST_SUMMARY = 1_000_000;

/** Formats findings as workflow commands for GitHub Actions, which show them at their lines of the description. */
export function githubCommands(report: RunReport): string {
  const shown = mapStrings(report, escapeUnprintable);
  const findings = findingGroups(shown).flatMap((group) => group.findings.map((finding) => ({ finding, ...group })));
  const stopped = stoppedLine(shown);
  const commands = [
    ...findings.map(({ finding, rationale }) =>
      command(
        finding.severity === 'error' ? 'error' : 'notice',
        {
          file: finding.spec.file,
          line: String(finding.spec.line),
          title: `${finding.check}: ${finding.operation}`,
        },
        annotationOf(finding, rationale),
      ),
    ),
    ...(stopped === undefined ? [] : [command('warning', { title: verdictLine(shown) }, stopped)]),
  ];
  return commands.map((line) => `${line}\n`).join('');
}

function annotationOf(finding: Finding, rationale: string): string {
  return [
    rationale,
    `Test case: ${finding.testCase}, ${formatTimes(finding.times)}.`,
    `Expected ${finding.expected}`,
    `  ${formatLocation(finding.spec)}`,
    `Received ${finding.actual}`,
    finding.curl,
  ].join('\n');
}

function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(value)}`);
  return `::${name} ${list.join(',')}::${escapedData(message)}`;
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Formats the job summary for GitHub Actions as Markdown. */
export function githubSummary(report: RunReport): string {
  const shown = mapStrings(report, escapeUnprintable);
  const end = [checksTable(shown.checks), coverageTable(shown.coverage), `${inline(figuresLine(shown))}\n`].join('\n');
  const stopped = stoppedLine(shown);
  let text = `## ${inline(verdictLine(shown))}\n\n${stopped === undefined ? '' : `${inline(stopped)}\n\n`}`;
  const sections = findingGroups(shown).flatMap(({ check, severity, rationale, findings }) => [
    `### ${inline(`${severity} ${check}`)}\n\n${inline(rationale)}\n\n`,
    ...findings.map(findingSection),
  ]);
  for (const [index, section] of sections.entries()) {
    if (Buffer.byteLength(text + section + end) > LONGEST_SUMMARY) {
      text += `… and ${sections.length - index} more; all are in \`--report json=FILE\`\n\n`;
      break;
    }
    text += section;
  }
  return text + end;
}

function findingSection(finding: Finding): string {
  return [
    `**${inline(finding.operation)}**, ${formatTimes(finding.times)}`,
    '',
    `- Test case: ${inline(finding.testCase)}`,
    `- Expected: ${inline(finding.expected)} – ${inline(formatLocation(finding.spec))}`,
    `- Received: ${inline(finding.actual)}`,
    '',
    block(finding.curl),
    '',
    '',
  ].join('\n');
}

function checksTable(checks: readonly CheckResult[]): string {
  return table(
    ['Check', 'Operation', 'Result', 'Findings', 'Exchanges', 'Time', 'Why'],
    checks.map(({ check, operation, status, findings, exchanges, durationMs, rationale }) => [
      check,
      operation,
      status,
      String(findings.length),
      grouped(exchanges),
      formatDuration(durationMs),
      rationale,
    ]),
  );
}

function coverageTable(coverage: readonly OperationCoverage[]): string {
  return table(
    ['Operation', 'Documented', 'How often', 'Never occurred'],
    coverage.flatMap((operation) =>
      coverageKinds(operation).map(({ one, many, items }) => [
        `${operation.operation} (${operation.method} ${operation.path})`,
        many,
        items.map(({ name, times }) => `${name} (${times})`).join(', '),
        neverOccurred(operation)
          .filter((never) => never.startsWith(`${one} `))
          .join(', '),
      ]),
    ),
  );
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = [headings, headings.map(() => '---'), ...rows.map((row) => row.map(inline))];
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

/** Escapes Markdown and HTML and puts the text on one line. */
function inline(text: string): string {
  return text.replaceAll('\n', ' ').replace(/[\\`*_~[\]<>&|#@$!:]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Returns a code block with a fence that is longer than any in its content. */
function block(content: string): string {
  const text = oneLine(content);
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
  return `${fence}sh\n${text}\n${fence}`;
}

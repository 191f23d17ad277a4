import type { CheckResult, Finding, OperationCoverage, RunReport } from '../run/report.ts';
import { listCoverageKinds, listNeverOccurred } from './coverage.ts';
import { escapeLine, escapeUnprintable, mapStrings } from './escape.ts';
import {
  formatDuration,
  formatFigures,
  formatNotTested,
  formatNumber,
  formatStopReason,
  formatUnreached,
  formatUnreachedSummary,
  formatVerdict,
} from './figures.ts';
import { formatLocation, formatTimes, groupFindings } from './findings.ts';

// GitHub drops a summary that is larger than 1 MiB.
const LONGEST_SUMMARY = 1_000_000;

/** Formats findings as workflow commands for GitHub Actions, which show them at their lines of the description. */
export function formatGithubCommands(report: RunReport): string {
  const shown = mapStrings(report, escapeUnprintable);
  const findings = groupFindings(shown).flatMap((group) => group.findings.map((finding) => ({ finding, ...group })));
  const stopped = formatStopReason(shown);
  const commands = [
    ...findings.map(({ finding, rationale }) =>
      formatCommand(
        finding.severity === 'error' ? 'error' : 'notice',
        {
          file: finding.spec.file,
          line: String(finding.spec.line),
          title: `${finding.check}: ${finding.operation}`,
        },
        formatAnnotation(finding, rationale),
      ),
    ),
    ...shown.unreached.map((operation) =>
      formatCommand(
        shown.allowUnreached ? 'notice' : 'error',
        { title: `Not fully checked: ${operation.operation}` },
        formatUnreached(operation),
      ),
    ),
    ...(stopped === undefined ? [] : [formatCommand('warning', { title: formatVerdict(shown) }, stopped)]),
  ];
  return commands.map((line) => `${line}\n`).join('');
}

function formatAnnotation(finding: Finding, rationale: string): string {
  return [
    rationale,
    `Test case: ${finding.testCase}, ${formatTimes(finding.times)}.`,
    `Expected ${finding.expected}`,
    `  ${formatLocation(finding.spec)}`,
    `Received ${finding.actual}`,
    finding.curl,
  ].join('\n');
}

function formatCommand(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name} ${list.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Formats the job summary for GitHub Actions as Markdown. */
export function formatGithubSummary(report: RunReport): string {
  const shown = mapStrings(report, escapeUnprintable);
  const end = [
    formatChecksTable(shown.checks),
    formatCoverageTable(shown.coverage),
    ...[formatFigures(shown), formatNotTested(shown)].flatMap((line) =>
      line === undefined ? [] : `${escapeInline(line)}\n`,
    ),
  ].join('\n');
  const stopped = formatStopReason(shown);
  let text = [formatVerdict(shown), stopped, formatUnreachedSummary(shown)]
    .flatMap((line, index) => (line === undefined ? [] : [`${index === 0 ? '## ' : ''}${escapeInline(line)}\n\n`]))
    .join('');
  if (shown.unreached.length > 0) {
    text += `${shown.unreached.map((operation) => `- ${escapeInline(formatUnreached(operation))}\n`).join('')}\n`;
  }
  const sections = groupFindings(shown).flatMap(({ check, severity, rationale, findings }) => [
    `### ${escapeInline(`${severity} ${check}`)}\n\n${escapeInline(rationale)}\n\n`,
    ...findings.map(formatFindingSection),
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

function formatFindingSection(finding: Finding): string {
  return [
    `**${escapeInline(finding.operation)}**, ${formatTimes(finding.times)}`,
    '',
    `- Test case: ${escapeInline(finding.testCase)}`,
    `- Expected: ${escapeInline(finding.expected)} – ${escapeInline(formatLocation(finding.spec))}`,
    `- Received: ${escapeInline(finding.actual)}`,
    '',
    formatCodeBlock(finding.curl),
    '',
    '',
  ].join('\n');
}

function formatChecksTable(checks: readonly CheckResult[]): string {
  return formatTable(
    ['Check', 'Operation', 'Result', 'Findings', 'Exchanges', 'Time', 'Why'],
    checks.map(({ check, operation, status, findings, exchanges, durationMs, rationale, reason }) => [
      check,
      operation,
      reason === undefined ? status : `${status}: ${reason}`,
      String(findings.length),
      formatNumber(exchanges),
      formatDuration(durationMs),
      rationale,
    ]),
  );
}

function formatCoverageTable(coverage: readonly OperationCoverage[]): string {
  return formatTable(
    ['Operation', 'Documented', 'How often', 'Never occurred'],
    coverage.flatMap((operation) =>
      listCoverageKinds(operation).map(({ one, many, items }) => [
        `${operation.operation} (${operation.method} ${operation.path})`,
        many,
        items.map(({ name, times }) => `${name} (${times})`).join(', '),
        listNeverOccurred(operation)
          .filter((never) => never.startsWith(`${one} `))
          .join(', '),
      ]),
    ),
  );
}

function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = [headings, headings.map(() => '---'), ...rows.map((row) => row.map(escapeInline))];
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

/** Escapes Markdown and HTML and puts the text on one line. */
function escapeInline(text: string): string {
  return text.replaceAll('\n', ' ').replace(/[\\`*_~[\]<>&|#@$!:]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Returns a code block with a fence that is longer than any in its content. */
function formatCodeBlock(content: string): string {
  const text = escapeLine(content);
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
  return `${fence}sh\n${text}\n${fence}`;
}

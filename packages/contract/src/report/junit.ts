import { type Markup, markup } from '@firstofficer/common/markup';
import type { CheckResult, RunReport } from '../run/report.ts';
import { formatCoverage } from './coverage.ts';
import { escapeLine, escapeUnprintable, mapStrings } from './escape.ts';
import { computeFigures, formatFigures, formatStopReason, formatVerdict } from './figures.ts';
import { filterBySeverity, formatFinding } from './findings.ts';

/**
 * Formats a report as JUnit XML, with a test suite per operation and a test case per check. It uses only elements and
 * attributes that strict parsers accept.
 */
export function formatJunit(report: RunReport): string {
  const shown = mapStrings(report, escapeUnprintable);
  const { checks, failed } = computeFigures(shown);
  const suites = Map.groupBy(shown.checks, ({ operation }) => operation);
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${shown.tool.name}" tests="${checks}" failures="${failed}" errors="0" time="${formatSeconds(shown.durationMs)}">
${[...suites].map(([operation, results]) => renderSuite(shown, operation, results))}</testsuites>
`.text;
}

function renderSuite(report: RunReport, operation: string, results: readonly CheckResult[]): Markup {
  const { checks, failed, skipped } = computeFigures({ ...report, checks: results });
  const duration = results.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return markup`  <testsuite name="${operation}" tests="${checks}" failures="${failed}" errors="0" skipped="${skipped}" \
time="${formatSeconds(duration)}" timestamp="${report.startedAt.replace(/(\.\d+)?Z$/, '')}" file="${report.spec.file}">
    <properties>
${listProperties(report).map(([name, value]) => markup`      <property name="${name}" value="${escapeLine(value)}"/>\n`)}\
    </properties>
${results.map(renderTestCase)}    <system-out>${formatSuiteOutput(report, operation)}</system-out>
  </testsuite>
`;
}

function listProperties(report: RunReport): [name: string, value: string][] {
  const { tool, target, spec, startedAt, requests, seed, verdict, stopped } = report;
  return [
    ['tool', `${tool.name} ${tool.version}`],
    ['target', target],
    ['spec', `${spec.title} ${spec.version} (${spec.file})`],
    ['startedAt', startedAt],
    ['requests', String(requests)],
    ['seed', String(seed)],
    ['verdict', verdict],
    ...(stopped === undefined ? [] : [['stopped', stopped] satisfies [string, string]]),
  ];
}

function renderTestCase(result: CheckResult): Markup {
  const { check, operation, rationale, status, durationMs } = result;
  const errors = filterBySeverity(result, 'error');
  const notes = filterBySeverity(result, 'note');
  const [first] = errors;
  // Use one element for all findings, because many tools show only the first.
  const failure =
    status === 'failed' &&
    markup`      <failure type="${check}" message="${escapeLine(first ? `expected ${first.expected}; received ${first.actual}` : rationale)}">\
${errors.map(formatFinding).join('\n\n')}</failure>\n`;
  const skipped =
    status === 'skipped' && markup`      <skipped message="No response to check, or the run ended early."/>\n`;
  return markup`    <testcase name="${check}" classname="${operation}" time="${formatSeconds(durationMs)}">
${failure || skipped || undefined}      <system-out>${[rationale, ...notes.map(formatFinding)].join('\n\n')}</system-out>
    </testcase>
`;
}

function formatSuiteOutput(report: RunReport, operation: string): string {
  const coverage = report.coverage.filter((item) => item.operation === operation).map(formatCoverage);
  return [...coverage, formatFigures(report), formatStopReason(report), formatVerdict(report)]
    .filter((line) => line !== undefined)
    .join('\n');
}

function formatSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

import { type Markup, markup } from '@firstofficer/common/markup';
import type { CheckResult, RunReport } from '../run/report.ts';
import { describeCoverage } from './coverage.ts';
import { escapeUnprintable, mapStrings, oneLine } from './escape.ts';
import { figuresLine, figuresOf, stoppedLine, verdictLine } from './figures.ts';
import { describeFinding, withSeverity } from './findings.ts';

/**
 * Formats a report as JUnit XML, with a test suite per operation and a test case per check. It uses only elements and
 * attributes that strict parsers accept.
 */
export function junitReport(report: RunReport): string {
  const shown = mapStrings(report, escapeUnprintable);
  const { checks, failed } = figuresOf(shown);
  const suites = Map.groupBy(shown.checks, ({ operation }) => operation);
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${shown.tool.name}" tests="${checks}" failures="${failed}" errors="0" time="${seconds(shown.durationMs)}">
${[...suites].map(([operation, results]) => suiteOf(shown, operation, results))}</testsuites>
`.text;
}

function suiteOf(report: RunReport, operation: string, results: readonly CheckResult[]): Markup {
  const { checks, failed, skipped } = figuresOf({ ...report, checks: results });
  const duration = results.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return markup`  <testsuite name="${operation}" tests="${checks}" failures="${failed}" errors="0" skipped="${skipped}" \
time="${seconds(duration)}" timestamp="${report.startedAt.replace(/(\.\d+)?Z$/, '')}" file="${report.spec.file}">
    <properties>
${propertiesOf(report).map(([name, value]) => markup`      <property name="${name}" value="${oneLine(value)}"/>\n`)}\
    </properties>
${results.map(caseOf)}    <system-out>${suiteText(report, operation)}</system-out>
  </testsuite>
`;
}

function propertiesOf(report: RunReport): [name: string, value: string][] {
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

function caseOf(result: CheckResult): Markup {
  const { check, operation, rationale, status, durationMs } = result;
  const errors = withSeverity(result, 'error');
  const notes = withSeverity(result, 'note');
  const [first] = errors;
  // Use one element for all findings, because many tools show only the first.
  const failure =
    status === 'failed' &&
    markup`      <failure type="${check}" message="${oneLine(first ? `expected ${first.expected}; received ${first.actual}` : rationale)}">\
${errors.map(describeFinding).join('\n\n')}</failure>\n`;
  const skipped =
    status === 'skipped' && markup`      <skipped message="No response to check, or the run ended early."/>\n`;
  return markup`    <testcase name="${check}" classname="${operation}" time="${seconds(durationMs)}">
${failure || skipped || undefined}      <system-out>${[rationale, ...notes.map(describeFinding)].join('\n\n')}</system-out>
    </testcase>
`;
}

function suiteText(report: RunReport, operation: string): string {
  const coverage = report.coverage.filter((item) => item.operation === operation).map(describeCoverage);
  return [...coverage, figuresLine(report), stoppedLine(report), verdictLine(report)]
    .filter((line) => line !== undefined)
    .join('\n');
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

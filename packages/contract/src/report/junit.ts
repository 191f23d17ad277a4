import { type Markup, markup } from '@firstofficer/common/markup';
import type { CheckResult, RunReport, UnreachedOperation } from '../run/report.ts';
import { formatCoverage } from './coverage.ts';
import { escapeLine, escapeUnprintable, mapStrings } from './escape.ts';
import {
  computeFigures,
  type Figures,
  formatFigures,
  formatStopReason,
  formatUnreached,
  formatUnreachedSummary,
  formatVerdict,
} from './figures.ts';
import { filterBySeverity, formatFinding } from './findings.ts';

const SUCCESS = 'documented_success';

/**
 * Formats a report as JUnit XML, with a test suite per operation and a test case per check. It uses only elements and
 * attributes that strict parsers accept.
 */
export function formatJunit(report: RunReport): string {
  const shown = mapStrings(report, escapeUnprintable);
  const { checks, failed } = countTestCases(shown);
  const suites = Map.groupBy(shown.checks, ({ operation }) => operation);
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${shown.tool.name}" tests="${checks}" failures="${failed}" errors="0" time="${formatSeconds(shown.durationMs)}">
${[...suites].map(([operation, results]) => renderSuite(shown, operation, results))}</testsuites>
`.text;
}

function renderSuite(report: RunReport, operation: string, results: readonly CheckResult[]): Markup {
  const unreached = report.unreached.filter((one) => one.operation === operation);
  const { checks, failed, skipped } = countTestCases({ ...report, checks: results, unreached });
  const duration = results.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return markup`  <testsuite name="${operation}" tests="${checks}" failures="${failed}" errors="0" skipped="${skipped}" \
time="${formatSeconds(duration)}" timestamp="${report.startedAt.replace(/(\.\d+)?Z$/, '')}" file="${report.spec.file}">
    <properties>
${listProperties(report).map(([name, value]) => markup`      <property name="${name}" value="${escapeLine(value)}"/>\n`)}\
    </properties>
${results.map(renderTestCase)}${unreached.map((one) => renderUnreached(one, report))}    <system-out>${formatSuiteOutput(report, operation)}</system-out>
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
  const { check, operation, rationale, status, durationMs, reason } = result;
  const errors = filterBySeverity(result, 'error');
  const notes = filterBySeverity(result, 'note');
  const [first] = errors;
  // Use one element for all findings, because many tools show only the first.
  const failure =
    status === 'failed' &&
    markup`      <failure type="${check}" message="${escapeLine(first ? `expected ${first.expected}; received ${first.actual}` : rationale)}">\
${errors.map(formatFinding).join('\n\n')}</failure>\n`;
  const skipped =
    status === 'skipped' && markup`      <skipped message="${escapeLine(reason ?? 'no response to check')}"/>\n`;
  return markup`    <testcase name="${check}" classname="${operation}" time="${formatSeconds(durationMs)}">
${failure || skipped || undefined}      <system-out>${[rationale, ...notes.map(formatFinding)].join('\n\n')}</system-out>
    </testcase>
`;
}

/** Counts the test cases: one for each check, and one for each operation without a documented success. */
function countTestCases(report: RunReport): Pick<Figures, 'checks' | 'failed' | 'skipped'> {
  const { checks, failed, skipped } = computeFigures(report);
  const { unreached, allowUnreached } = report;
  return {
    checks: checks + unreached.length,
    failed: failed + (allowUnreached ? 0 : unreached.length),
    skipped: skipped + (allowUnreached ? unreached.length : 0),
  };
}

function renderUnreached(operation: UnreachedOperation, { allowUnreached }: RunReport): Markup {
  const message = escapeLine(`Not fully checked: ${formatUnreached(operation)}`);
  const result = allowUnreached
    ? markup`<skipped message="${message}"/>`
    : markup`<failure type="${SUCCESS}" message="${message}"></failure>`;
  return markup`    <testcase name="${SUCCESS}" classname="${operation.operation}" time="0.000">
      ${result}
    </testcase>
`;
}

function formatSuiteOutput(report: RunReport, operation: string): string {
  const coverage = report.coverage.filter((item) => item.operation === operation).map(formatCoverage);
  return [
    ...coverage,
    formatFigures(report),
    formatUnreachedSummary(report),
    formatStopReason(report),
    formatVerdict(report),
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

function formatSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

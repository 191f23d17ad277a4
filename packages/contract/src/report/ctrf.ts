import type { CTRFReport, Test } from 'ctrf';
import type { CheckResult, RunReport, UnreachedOperation } from '../run/report.ts';
import { escapeUnprintable, formatJson, mapStrings } from './escape.ts';
import { computeFigures, formatUnreached } from './figures.ts';
import { filterBySeverity, formatFinding } from './findings.ts';

/** Formats a report as Common Test Report Format (https://ctrf.io), with one test per check and operation. */
export function formatCtrf(report: RunReport): string {
  const shown = mapStrings(report, escapeUnprintable);
  const { tool, target, spec, startedAt, durationMs, requests, seed, verdict, stopped, coverage } = shown;
  const { unreached, allowUnreached } = shown;
  const { checks, passed, failed, skipped } = computeFigures(shown);
  const start = Date.parse(startedAt);
  const stop = start + Math.round(durationMs);
  const ctrf: CTRFReport = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: new Date(stop).toISOString(),
    generatedBy: `${tool.name} ${tool.version}`,
    results: {
      tool,
      summary: {
        tests: checks + unreached.length,
        passed,
        failed: failed + (allowUnreached ? 0 : unreached.length),
        skipped: skipped + (allowUnreached ? unreached.length : 0),
        pending: 0,
        other: 0,
        suites: new Set(shown.checks.map(({ operation }) => operation)).size,
        start,
        stop,
        duration: Math.round(durationMs),
      },
      tests: [...shown.checks.map(createTest), ...unreached.map((one) => createUnreachedTest(one, shown))],
      environment: { appName: spec.title, appVersion: spec.version, testEnvironment: target },
      extra: { target, spec, requests, seed, verdict, ...(stopped !== undefined && { stopped }), unreached, coverage },
    },
  };
  return formatJson(ctrf);
}

function createUnreachedTest(unreached: UnreachedOperation, { allowUnreached }: RunReport): Test {
  const { operation } = unreached;
  return {
    testId: `${operation}/documented_success`,
    name: `${operation}: documented_success`,
    status: allowUnreached ? 'skipped' : 'failed',
    duration: 0,
    suite: [operation],
    type: 'contract',
    message: `Not fully checked: ${formatUnreached(unreached)}`,
    extra: { ...unreached },
  };
}

function createTest(result: CheckResult): Test {
  const { check, operation, status, durationMs, severity, rationale, exchanges, findings, reason } = result;
  const errors = filterBySeverity(result, 'error');
  const [first] = errors;
  return {
    testId: `${operation}/${check}`,
    name: `${operation}: ${check}`,
    status,
    duration: Math.round(durationMs),
    suite: [operation],
    type: 'contract',
    tags: [severity],
    ...(reason !== undefined && { message: reason }),
    ...(first && {
      message: `${rationale} Expected ${first.expected}; received ${first.actual}`,
      trace: errors.map(formatFinding).join('\n\n'),
      filePath: first.spec.file,
      line: first.spec.line,
    }),
    extra: { check, operation, severity, rationale, exchanges, findings },
  };
}

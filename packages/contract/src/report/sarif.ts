import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { CheckResult, Finding, RunReport } from '../run/report.ts';
import { escapeUnprintable, formatJson, mapStrings } from './escape.ts';
import { formatUnreached } from './figures.ts';
import { formatTimes } from './findings.ts';

/** Formats a report as SARIF 2.1.0, with each finding at the line of the description that it violates. */
export function formatSarif(report: RunReport): string {
  const shown = mapStrings(report, escapeUnprintable);
  const { tool, target, spec, startedAt, durationMs, requests, seed, verdict, stopped, checks, coverage, unreached } =
    shown;
  const rules = createRules(checks);
  const ends = new Date(Date.parse(startedAt) + Math.round(durationMs)).toISOString();
  const warnings = [
    ...(stopped === undefined ? [] : [`The run ended early: ${stopped}`]),
    ...unreached.map((operation) => `Not fully checked: ${formatUnreached(operation)}`),
  ];
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, rules } },
        automationDetails: { id: `${tool.name}/` },
        invocations: [
          {
            executionSuccessful: stopped === undefined,
            startTimeUtc: startedAt,
            endTimeUtc: ends,
            ...(warnings.length > 0 && {
              toolExecutionNotifications: warnings.map((text) => ({ level: 'warning', message: { text } })),
            }),
          },
        ],
        results: createResults(checks, rules),
        columnKind: 'utf16CodeUnits',
        properties: {
          verdict,
          target,
          spec,
          durationMs,
          requests,
          seed,
          ...(stopped !== undefined && { stopped }),
          checks: checks.map(({ findings, ...check }) => ({ ...check, findings: findings.length })),
          unreached,
          coverage,
        },
      },
    ],
  };
  return formatJson(log);
}

function createRules(checks: readonly CheckResult[]): ReportingDescriptor[] {
  return [...new Map(checks.map((result) => [result.check, result])).values()].map(
    ({ check, rationale, severity }) => ({
      id: check,
      shortDescription: { text: rationale },
      help: { text: rationale },
      defaultConfiguration: { level: severity },
    }),
  );
}

function createResults(checks: readonly CheckResult[], rules: readonly ReportingDescriptor[]): Result[] {
  const seen = new Map<string, number>();
  return checks
    .flatMap(({ findings }) => findings)
    .map((finding) => {
      const print = createFingerprint(finding);
      const before = seen.get(print) ?? 0;
      seen.set(print, before + 1);
      return {
        ruleId: finding.check,
        ruleIndex: rules.findIndex(({ id }) => id === finding.check),
        level: finding.severity,
        message: { text: formatMessage(finding) },
        locations: [
          {
            physicalLocation: {
              artifactLocation: createArtifactLocation(finding.spec.file),
              region: { startLine: Math.max(1, finding.spec.line) },
            },
            logicalLocations: [
              { name: finding.operation, fullyQualifiedName: `#${finding.spec.pointer}`, kind: 'object' },
            ],
          },
        ],
        partialFingerprints: { 'specRef/v1': `${print}:${before + 1}` },
        occurrenceCount: finding.times,
        properties: { ...finding },
      };
    });
}

function formatMessage({ operation, testCase, expected, actual, times, curl }: Finding): string {
  return `${operation}: expected ${expected}; received ${actual} (${formatTimes(times)}, first test case: ${testCase}).\n${curl}`;
}

// Identifies a finding by its place in the description. Line numbers move, and requests and responses may differ in each run.
function createFingerprint({ check, operation, spec, expected }: Finding): string {
  return createHash('sha256')
    .update(JSON.stringify([check, operation, spec.pointer, expected]))
    .digest('hex')
    .slice(0, 32);
}

function createArtifactLocation(file: string): { uri: string; uriBaseId?: string } {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  return { uri: file.split(/[\\/]/).map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

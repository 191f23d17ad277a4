import type { Severity } from '../checks/check.ts';
import type { CheckResult, Finding, RunReport, SpecLocation } from '../run/report.ts';

/** The findings of one check in all operations. */
export interface FindingGroup {
  readonly check: string;
  readonly rationale: string;
  readonly severity: Severity;
  readonly findings: readonly Finding[];
}

/** Returns the findings by check, errors first. */
export function groupFindings({ checks }: RunReport): FindingGroup[] {
  return (['error', 'note'] as const).flatMap((severity) =>
    [...Map.groupBy(checks, ({ check }) => check)].flatMap(([check, results]) => {
      const findings = results.flatMap((result) => filterBySeverity(result, severity));
      return findings.length > 0 ? [{ check, rationale: results[0]?.rationale ?? '', severity, findings }] : [];
    }),
  );
}

export function filterBySeverity({ findings }: CheckResult, severity: Severity): Finding[] {
  return findings.filter((finding) => finding.severity === severity);
}

/** Formats a place such as `spec/openapi.yaml:245 (#/components/schemas/Customer)`. Terminals and editors can open it. */
export function formatLocation({ file, line, pointer }: SpecLocation): string {
  return `${file}:${line} (#${pointer})`;
}

export function formatTimes(times: number): string {
  return times === 1 ? 'once' : `${times.toLocaleString('en')} times`;
}

/** Returns the parts of a finding with their labels, without the shell command. */
export function listFindingRows({ testCase, expected, spec, actual }: Finding): [label: string, text: string][] {
  return [
    ['test case', testCase],
    ['expected', expected],
    ['', formatLocation(spec)],
    ['received', actual],
  ];
}

/** Formats a finding as plain text, for formats that have no members for its parts. */
export function formatFinding(finding: Finding): string {
  return [
    `${finding.severity} ${finding.check}: ${finding.operation}, ${formatTimes(finding.times)}`,
    ...listFindingRows(finding).map(
      ([label, text]) => `${label.padEnd(10)}${text.replaceAll('\n', `\n${' '.repeat(10)}`)}`,
    ),
    finding.curl,
  ].join('\n');
}

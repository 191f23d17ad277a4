import { decideVerdict } from '../run/build-report.ts';
import type { CheckResult, Finding, RunReport } from '../run/report.ts';

/** What identifies a finding in several runs. */
export type KnownFinding = Pick<Finding, 'check' | 'operation' | 'expected'> & {
  /** JSON Pointer (RFC 6901) within the description. */
  readonly pointer: string;
};

/** A report compared with a baseline. */
interface ComparedReport {
  /** The report, with its known findings apart. */
  readonly report: RunReport;
  /** The known findings that did not occur, although their checks ran. */
  readonly gone: readonly KnownFinding[];
}

/** Moves the findings that a baseline contains out of the checks of a report. The other ones decide about its verdict. */
export function compareWithBaseline(report: RunReport, baseline: readonly KnownFinding[]): ComparedReport {
  const known = new Set(baseline.map(formatKey));
  const isKnown = (finding: Finding) => known.has(formatKey(identifyFinding(finding)));
  const findings = report.checks.flatMap((result) => result.findings);
  const found = new Set(findings.map((finding) => formatKey(identifyFinding(finding))));
  const checks = report.checks.map((result): CheckResult => {
    const others = result.findings.filter((finding) => !isKnown(finding));
    const hasFailed = others.some(({ severity }) => severity === 'error');
    return { ...result, findings: others, status: result.status === 'failed' && !hasFailed ? 'passed' : result.status };
  });
  return {
    report: {
      ...report,
      checks,
      verdict: report.verdict === 'failed' ? decideVerdict({ ...report, checks }) : report.verdict,
      known: findings.filter(isKnown),
    },
    gone: baseline.filter((one) => hasRun(report, one) && !found.has(formatKey(one))),
  };
}

/**
 * Returns the baseline with exactly the findings of a report. Entries of checks that did not run stay.
 *
 * @param includesNotes - Whether the baseline also contains notes.
 */
export function updateBaseline(
  report: RunReport,
  baseline: readonly KnownFinding[],
  includesNotes: boolean,
): KnownFinding[] {
  const kept = baseline.filter((one) => !hasRun(report, one));
  const findings = report.checks
    .flatMap((result) => result.findings)
    .filter(({ severity }) => includesNotes || severity === 'error');
  const all = new Map([...kept, ...findings.map(identifyFinding)].map((one) => [formatKey(one), one]));
  return [...all].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** Formats a baseline as JSON. The order is fixed, so that version control shows only real changes. */
export function formatBaseline(findings: readonly KnownFinding[]): string {
  return `${JSON.stringify({ findings }, null, 2)}\n`;
}

/**
 * Parses the JSON of a baseline.
 *
 * @returns Undefined if it is not a baseline.
 */
export function parseBaseline(text: string): KnownFinding[] | undefined {
  try {
    const { findings } = JSON.parse(text) as { findings?: unknown };
    return Array.isArray(findings) && findings.every(isKnownFinding) ? findings : undefined;
  } catch {
    return undefined;
  }
}

function isKnownFinding(value: unknown): value is KnownFinding {
  const members = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return ['check', 'operation', 'pointer', 'expected'].every((name) => typeof members[name] === 'string');
}

function hasRun({ checks }: RunReport, { check, operation }: KnownFinding): boolean {
  return checks.some((one) => one.check === check && one.operation === operation && one.status !== 'skipped');
}

function identifyFinding({ check, operation, spec, expected }: Finding): KnownFinding {
  return { check, operation, pointer: spec.pointer, expected: removeData(expected) };
}

/** Replaces quoted text, identifiers and long numbers, which are different in each run. */
function removeData(expected: string): string {
  return expected.replaceAll(/"(?:[^"\\]|\\.)*"|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\d{4,}/gi, '…');
}

function formatKey({ check, operation, pointer, expected }: KnownFinding): string {
  return JSON.stringify([check, operation, pointer, expected]);
}

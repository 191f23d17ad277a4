import type { RunReport, UnreachedOperation } from '../run/report.ts';

/** The summary figures of a run. */
export interface Figures {
  readonly checks: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly errors: number;
  readonly notes: number;
  readonly requestsPerSecond: number;
}

export function computeFigures({ checks, requests, durationMs }: RunReport): Figures {
  const withStatus = (status: string) => checks.filter((check) => check.status === status).length;
  const findings = checks.flatMap((check) => check.findings);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return {
    checks: checks.length,
    passed: withStatus('passed'),
    failed: withStatus('failed'),
    skipped: withStatus('skipped'),
    errors,
    notes: findings.length - errors,
    requestsPerSecond: durationMs > 0 ? requests / (durationMs / 1000) : 0,
  };
}

/** Formats the figures, such as `31 checks, 2,114 requests in 3.2 s (661/s), seed 42`. */
export function formatFigures(report: RunReport): string {
  const { checks, skipped, notes, requestsPerSecond } = computeFigures(report);
  return [
    formatCount(checks, 'check') + (skipped > 0 ? ` (${formatNumber(skipped)} skipped)` : ''),
    ...(notes > 0 ? [formatCount(notes, 'note')] : []),
    ...(report.known?.length ? [formatCount(report.known.length, 'known finding')] : []),
    `${formatCount(report.requests, 'request')} in ${formatDuration(report.durationMs)} (${formatRate(requestsPerSecond)})`,
    `seed ${report.seed}`,
  ].join(', ');
}

export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${formatNumber(Math.floor(seconds / 60))} min ${seconds % 60} s`;
}

export function formatRate(perSecond: number): string {
  return `${perSecond < 10 ? perSecond.toFixed(1) : formatNumber(Math.round(perSecond))}/s`;
}

export function formatCount(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

export function formatNumber(count: number): string {
  return count.toLocaleString('en');
}

/** Formats the verdict as one sentence. */
export function formatVerdict(report: RunReport): string {
  const { checks, passed, failed } = computeFigures(report);
  const all = formatCount(checks, 'check');
  switch (report.verdict) {
    case 'passed':
      return `Contract tests passed: ${formatCount(passed, 'check')} of ${report.target}.`;
    case 'failed':
      return `Contract tests failed: ${formatNumber(failed)} of ${all} of ${report.target}.`;
    case 'incomplete':
      return report.stopped === undefined && report.unreached.length > 0
        ? `Contract tests incomplete: ${report.target} is not fully checked, because ${countUnreached(report)}.`
        : `Contract tests incomplete: ${formatNumber(checks - passed)} of ${all} of ${report.target} did not run.`;
  }
}

function countUnreached({ unreached, coverage }: RunReport): string {
  const all = formatCount(coverage.length, 'operation');
  return `${formatNumber(unreached.length)} of ${all} got no documented success`;
}

/** Formats an operation without a documented success, and what to do, such as `getThing (GET /things/{id}): only 404. …` */
export function formatUnreached({ operation, method, path, seen, advice }: UnreachedOperation): string {
  const name = operation === `${method} ${path}` ? operation : `${operation} (${method} ${path})`;
  return `${name}: ${seen.length === 0 ? 'no response' : `only status ${seen.join(', ')}`}. ${advice}`;
}

/** Explains what operations without a documented success mean for the verdict, or returns undefined if there are none. */
export function formatUnreachedSummary(report: RunReport): string | undefined {
  if (report.unreached.length === 0) return undefined;
  const summary = `Not fully checked: ${countUnreached(report)}`;
  return `${summary}. ${report.allowUnreached ? 'This is allowed.' : 'Pass --allow-unreached to accept this.'}`;
}

// Whole parts of a large description may be excluded.
const MAX_NOT_TESTED = 10;

/** Formats what the tests send no requests to, or returns undefined if they test everything. */
export function formatNotTested({ notTested }: RunReport): string | undefined {
  if (notTested.length === 0) return undefined;
  const more = notTested.length - MAX_NOT_TESTED;
  const shown = [...notTested.slice(0, MAX_NOT_TESTED), ...(more > 0 ? [`and ${formatNumber(more)} more`] : [])];
  return `Not tested: ${shown.join('; ')}.`;
}

/** Formats the reason why the run ended early, or returns undefined if it did not. */
export function formatStopReason({ stopped }: RunReport): string | undefined {
  return stopped === undefined ? undefined : `The run ended early: ${stopped.replace(/\.$/, '')}.`;
}

const MAX_REMAINING = 5;

/** Formats the objects that the run created and could not delete, or returns undefined if there are none. */
export function formatRemaining({ remaining, target }: RunReport): string | undefined {
  if (remaining.length === 0) return undefined;
  const shown = remaining.slice(0, MAX_REMAINING).map((path) => target + path);
  const others = remaining.length - shown.length;
  const list = [...shown, ...(others > 0 ? [`${formatNumber(others)} more`] : [])].join(', ');
  return `The run could not delete ${formatCount(remaining.length, 'object')} that it created: ${list}.`;
}

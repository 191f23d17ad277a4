import { relative } from 'node:path';
import type { Description } from '@firstofficer/openapi';
import type { Check } from '../checks/check.ts';
import { typicalRequests } from '../checks/typical-requests.ts';
import { isHttpUrl } from '../request/target.ts';
import type { RunContext } from './context.ts';
import { buildCoverage } from './coverage.ts';
import { type SkippedCheck, selectChecks } from './plan.ts';
import { findUnreached } from './reached.ts';
import type { CheckResult, Finding, Observation, RunReport, TestCaseOutcome } from './report.ts';
import { resolveSeverity } from './severity.ts';

/** The facts about a run that its outcomes do not contain. */
export interface RunFacts
  extends Pick<RunReport, 'tool' | 'spec' | 'startedAt' | 'durationMs' | 'notTested' | 'remaining'> {
  /** All checks, selected or not. */
  readonly allChecks: readonly Check[];
  /** The checks that have no test case for an operation, and why. */
  readonly skipped: readonly SkippedCheck[];
  /** Whether the run was meant to send requests to every operation. */
  readonly isWhole: boolean;
  /** Why the run ended early. Default: the reason of the first skipped test case. */
  readonly stopped?: string;
}

/** Builds the report from the outcomes of all test cases. */
export function buildReport(
  { description, target, options }: Pick<RunContext, 'description' | 'target' | 'options'>,
  outcomes: readonly TestCaseOutcome[],
  { allChecks, skipped, isWhole, stopped: reason, ...facts }: RunFacts,
): RunReport {
  const stopped = reason ?? outcomes.find(({ skipped }) => skipped !== undefined)?.skipped;
  const { file } = facts.spec;
  const observations = outcomes.flatMap((outcome) => outcome.observations);
  const checks = description.operations.flatMap(({ id: operation }) =>
    selectChecks(allChecks, options).map(({ name: check, rationale, ...requirement }): CheckResult => {
      const own = outcomes.filter((outcome) => outcome.check === check && outcome.operation === operation);
      const observed = observations.filter((one) => one.check === check && one.operation === operation);
      const findings = mergeObservations(observed, file);
      const exchanges = outcomes.reduce((sum, { tallies }) => sum + (tallies[operation]?.checked[check] ?? 0), 0);
      const hasFailed = findings.some(({ severity }) => severity === 'error');
      const status = hasFailed ? 'failed' : exchanges === 0 ? 'skipped' : 'passed';
      const findReason = (name: string) =>
        skipped.find((one) => one.check === name && one.operation === operation)?.skipped;
      const why =
        findReason(check) ??
        own.find(({ reason }) => reason !== undefined)?.reason ??
        findReason(typicalRequests.name) ??
        stopped ??
        explainSkipped(check, allChecks);
      return {
        operation,
        check,
        rationale,
        severity: resolveSeverity(requirement, {}, options.profile),
        status,
        ...(status === 'skipped' && { reason: why }),
        exchanges,
        durationMs: own.reduce((sum, { durationMs }) => sum + durationMs, 0),
        findings,
      };
    }),
  );
  const unreached = findUnreached({ description, target, options }, outcomes, isWhole && stopped === undefined);
  const { allowUnreached } = options;
  const verdict = decideVerdict({ checks, unreached, allowUnreached, ...(stopped !== undefined && { stopped }) });
  return {
    ...facts,
    target: target.url,
    requests: outcomes.reduce((sum, { requests }) => sum + requests, 0),
    seed: options.seed,
    verdict: outcomes.length === 0 ? 'incomplete' : verdict,
    ...(stopped !== undefined && { stopped }),
    unreached,
    allowUnreached,
    checks,
    coverage: description.operations.map((operation) => buildCoverage(operation, outcomes)),
  };
}

/** Returns the verdict on a run that had at least one test case. */
export function decideVerdict({
  checks,
  stopped,
  unreached,
  allowUnreached,
}: Pick<RunReport, 'checks' | 'stopped' | 'unreached' | 'allowUnreached'>): RunReport['verdict'] {
  if (checks.some(({ status }) => status === 'failed')) return 'failed';
  return stopped !== undefined || (unreached.length > 0 && !allowUnreached) ? 'incomplete' : 'passed';
}

/** Returns why a check had no exchange in a complete run, if the check gave no reason. */
function explainSkipped(name: string, all: readonly Check[]): string {
  const check = all.find((one) => one.name === name);
  if (check?.needs !== undefined) return `needs ${check.needs}`;
  return check?.testCases ? 'does not apply to the operation' : 'no response to check';
}

/** Merges observations of the same kind into one finding: the first observation and the number of times. */
function mergeObservations(observations: readonly Observation[], file: string): Finding[] {
  const kinds = Map.groupBy(observations, ({ kind, severity, spec }) => JSON.stringify([kind, severity, spec.pointer]));
  return [...kinds.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const { kind: _, ...finding } = first;
    return [{ ...finding, spec: { ...finding.spec, file }, times: 1 + others.length }];
  });
}

/** Returns the path or URL, the title and the version of a description for reports. */
export function describeSpec({ document, locate }: Description): RunReport['spec'] {
  const { file } = locate(document);
  const { title = '', version = '' } = (document as { info?: { title?: string; version?: string } }).info ?? {};
  const path = relative(process.cwd(), file);
  return { file: isHttpUrl(file) || path.startsWith('..') ? file : path, title, version };
}

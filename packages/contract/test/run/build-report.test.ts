import { describe, expect, test } from 'vitest';
import type { Check, Profile } from '../../src/checks/check.ts';
import { buildReport, type RunFacts } from '../../src/run/build-report.ts';
import type { ResolvedOptions } from '../../src/run/context.ts';
import type { CheckResult, Observation, RunReport, TestCaseOutcome } from '../../src/run/report.ts';
import { createRunContext, observation, outcome, SOME_CHECK, tally } from './fixtures.ts';

const CHECKS: readonly Check[] = [SOME_CHECK, { ...SOME_CHECK, name: 'other_check', severity: 'note' }];
const FACTS = {
  remaining: [],
  tool: { name: 'contract', version: '1.0.0' },
  spec: { file: 'openapi.yaml', title: 'Notes', version: '1.0.0' },
  notTested: [],
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 7,
};

const runContext = await createRunContext();

function build(
  outcomes: readonly TestCaseOutcome[],
  { stopped, skipped = [], isWhole = false, ...options }: Partial<ResolvedOptions & RunFacts> = {},
): RunReport {
  const facts = { ...FACTS, allChecks: CHECKS, isWhole, skipped, ...(stopped !== undefined && { stopped }) };
  return buildReport({ ...runContext, options: { ...runContext.options, ...options } }, outcomes, facts);
}

describe('a report', () => {
  test('contains the facts of the run and the number of requests', () => {
    const report = build(
      [
        outcome({ requests: 2, tallies: { listNotes: tally({ requests: 2 }) } }),
        outcome({
          requests: 3,
          tallies: { listNotes: tally({ requests: 1 }), createNote: tally({ requests: 2, statuses: { 201: 2 } }) },
        }),
      ],
      { isWhole: true },
    );

    expect(report).toMatchObject({
      ...FACTS,
      target: 'http://127.0.0.1:9',
      requests: 5,
      seed: 1,
      verdict: 'incomplete',
    });
    expect(report.unreached).toMatchObject([{ operation: 'deleteNote', seen: [] }]);
    expect(report).not.toHaveProperty('stopped');
    expect(report.coverage).toMatchObject([
      { operation: 'listNotes', requests: 3 },
      { operation: 'createNote', requests: 2 },
      { operation: 'deleteNote', requests: 0 },
    ]);
  });

  test('contains every selected check', () => {
    const names = ({ checks }: RunReport) => checks.slice(0, 2).map(({ check }) => check);

    expect(names(build([outcome()]))).toEqual(['some_check', 'other_check']);
    expect(names(build([outcome()], { skip: ['some_check'] }))).toEqual(['other_check', 'other_check']);
  });
});

describe('a check', () => {
  const resultOf = (...outcomes: readonly TestCaseOutcome[]): CheckResult | undefined => build(outcomes).checks[0];

  test('passes if it checked an exchange and found no error', () => {
    const note = outcome({ observations: [observation({ severity: 'note' })] });

    expect(resultOf(outcome(), note)).toMatchObject({
      status: 'passed',
      exchanges: 2,
      durationMs: 10,
      findings: [{ severity: 'note' }],
    });
  });

  test('fails if it found an error', () => {
    expect(resultOf(outcome({ observations: [observation()] }))).toMatchObject({ status: 'failed' });
  });

  test('fails for an error even without an exchange', () => {
    const failing = outcome({ tallies: {}, observations: [observation()] });

    expect(resultOf(failing)).toMatchObject({ status: 'failed', exchanges: 0 });
  });

  test('is skipped if there was no exchange to check', () => {
    expect(resultOf(outcome({ tallies: {} }))).toMatchObject({ status: 'skipped', findings: [] });
  });

  test('is skipped with the reason that it gave', () => {
    const skipped = [{ check: 'some_check', operation: 'listNotes', skipped: 'the list is empty' }];

    expect(build([outcome({ tallies: {} })], { skipped }).checks.map(({ reason }) => reason)).toEqual([
      'the list is empty',
      ...Array.from({ length: 5 }, () => 'no response to check'),
    ]);
    expect(build([outcome()], { skipped }).checks[0]).not.toHaveProperty('reason');
  });

  test('has the severity of its basis in the profile', () => {
    const severityIn = (profile: Profile) =>
      buildReport({ ...runContext, options: { ...runContext.options, profile } }, [], {
        ...FACTS,
        allChecks: [{ ...SOME_CHECK, basis: 'profile' }],
        skipped: [],
        isWhole: true,
      }).checks[0]?.severity;

    expect([severityIn('firstofficer'), severityIn('generic')]).toEqual(['error', 'note']);
  });

  test('includes the findings of other test cases, but not their time', () => {
    const others = outcome({
      check: 'other_check',
      tallies: { listNotes: tally({ checked: { some_check: 3 } }) },
      observations: [observation()],
    });

    expect(resultOf(others)).toMatchObject({
      status: 'failed',
      exchanges: 3,
      durationMs: 0,
      findings: [{ check: 'some_check' }],
    });
  });

  test('includes the responses of its operation in test cases of other operations, but not their time', () => {
    const others = outcome({
      operation: 'createNote',
      tallies: { listNotes: tally({ checked: { some_check: 2 } }), createNote: tally() },
      observations: [observation()],
    });

    expect(resultOf(others)).toMatchObject({ status: 'failed', exchanges: 2, durationMs: 0, findings: [{}] });
  });

  test('includes nothing of another operation', () => {
    const foreign = outcome({
      operation: 'createNote',
      tallies: { createNote: tally() },
      observations: [observation({ operation: 'createNote' })],
    });

    expect(resultOf(foreign)).toMatchObject({ status: 'skipped', findings: [] });
  });
});

describe('buildReport merges observations', () => {
  const findingsOf = (...observations: readonly Observation[]) =>
    build(observations.map((one) => outcome({ observations: [one] }))).checks[0]?.findings ?? [];

  test('of the same kind into one finding with the number of times', () => {
    const first = observation();
    const findings = findingsOf(first, observation({ actual: 'status 502', testCase: 'second test case' }));
    const { kind: _, ...finding } = first;

    expect(findings).toEqual([{ ...finding, times: 2 }]);
  });

  test.each([
    ['another kind', { kind: 'status 404' }],
    ['another severity', { severity: 'note' }],
    ['another place of the description', { spec: { file: 'openapi.yaml', pointer: '/info', line: 2 } }],
  ] as const)('not of %s', (_, parts) => {
    expect(findingsOf(observation(), observation(parts))).toHaveLength(2);
  });
});

describe('the verdict is', () => {
  const failed = outcome({ observations: [observation()] });
  const skipped = outcome({ skipped: 'the target is gone', tallies: {} });

  test.each([
    ['passed, if there are no errors', [outcome()], {}, 'passed', undefined],
    [
      'passed, even if there are notes',
      [outcome({ observations: [observation({ severity: 'note' })] })],
      {},
      'passed',
      undefined,
    ],
    ['failed, if there is an error', [outcome(), failed], {}, 'failed', undefined],
    ['incomplete, if a test case could not run', [outcome(), skipped], {}, 'incomplete', 'the target is gone'],
    ['incomplete, if the run was stopped', [outcome()], { stopped: 'out of memory' }, 'incomplete', 'out of memory'],
    ['incomplete, if no test case ran', [], {}, 'incomplete', undefined],
    ['failed, even if the run ended early', [failed, skipped], {}, 'failed', 'the target is gone'],
    ['passed, if the check with the error is skipped', [failed], { skip: ['some_check'] }, 'passed', undefined],
  ] as const)('%s', (_, outcomes, options, verdict, stopped) => {
    const report = build(outcomes, options);

    expect([report.verdict, report.stopped]).toEqual([verdict, stopped]);
  });
});

import { describe, expect, test } from 'vitest';
import {
  compareWithBaseline,
  formatBaseline,
  type KnownFinding,
  parseBaseline,
  updateBaseline,
} from '../../src/report/baseline.ts';
import { formatFigures } from '../../src/report/figures.ts';
import type { Finding, RunReport } from '../../src/run/report.ts';
import { ignoredAuth, passed, undocumented } from './fixtures.ts';

/** Returns a report of two checks: one with the given findings, one that was skipped. */
function createReport(findings: readonly Finding[], members: Partial<RunReport> = {}): RunReport {
  const [check] = passed.checks;
  if (!check) throw new Error('The fixture has no checks.');
  const hasFailed = findings.some(({ severity }) => severity === 'error');
  return {
    ...passed,
    verdict: hasFailed ? 'failed' : 'passed',
    unreached: [],
    checks: [
      { ...check, check: 'ignored_auth', status: hasFailed ? 'failed' : 'passed', findings },
      { ...check, check: 'exact_match', status: 'skipped', findings: [] },
    ],
    ...members,
  };
}

const entry: KnownFinding = {
  check: 'ignored_auth',
  operation: 'retrieveCustomer',
  pointer: ignoredAuth.spec.pointer,
  expected: ignoredAuth.expected,
};
const other: Finding = { ...ignoredAuth, expected: 'status 403' };

describe('compared with a baseline', () => {
  test('a known finding does not fail the run, and is apart', () => {
    const { report, gone } = compareWithBaseline(createReport([ignoredAuth]), [entry]);

    expect(report).toMatchObject({ verdict: 'passed', known: [ignoredAuth] });
    expect(report.checks[0]).toMatchObject({ status: 'passed', findings: [] });
    expect(gone).toEqual([]);
    expect(formatFigures(report)).toContain(', 1 known finding, ');
  });

  test('another finding fails the run', () => {
    const { report } = compareWithBaseline(createReport([ignoredAuth, other]), [entry]);

    expect(report).toMatchObject({ verdict: 'failed', known: [ignoredAuth] });
    expect(report.checks[0]).toMatchObject({ status: 'failed', findings: [other] });
  });

  test.each([
    ['a run that ended early', { stopped: 'the target is gone' }],
    [
      'an operation without a success',
      { unreached: [{ operation: 'a', method: 'GET', path: '/', seen: ['404'], advice: 'Pass --parameter.' }] },
    ],
  ])('%s is not fully checked', (_, members) => {
    const whole = createReport([ignoredAuth], { allowUnreached: false, ...members });

    expect(compareWithBaseline(whole, [entry]).report.verdict).toBe('incomplete');
  });

  test('a known finding that did not occur is gone, unless its check did not run', () => {
    const skipped = { ...entry, check: 'exact_match' };
    const ofOtherOperation = { ...entry, operation: 'excluded' };
    const { report, gone } = compareWithBaseline(createReport([]), [entry, skipped, ofOtherOperation]);

    expect(gone).toEqual([entry]);
    expect(report.verdict).toBe('passed');
  });

  test.each([
    ['quoted text', 'body/id must be equal to "a\\"b"', 'body/id must be equal to "c"'],
    [
      'an identifier',
      'the object 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed in the list',
      'the object 2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed in the list',
    ],
    ['a long number', 'the object 12345', 'the object 67890'],
  ])('%s may change', (_, before, after) => {
    const baseline = updateBaseline(createReport([{ ...ignoredAuth, expected: before }]), [], false);
    const { report } = compareWithBaseline(createReport([{ ...ignoredAuth, expected: after }]), baseline);

    expect(report.verdict).toBe('passed');
  });

  test.each([
    { expected: 'status 403' },
    { check: 'accepted_auth' },
    { operation: 'other' },
    { spec: { ...ignoredAuth.spec, pointer: '/paths' } },
  ])('%j is another finding', (change) => {
    const { report } = compareWithBaseline(createReport([{ ...ignoredAuth, ...change }]), [entry]);

    expect(report.verdict).toBe('failed');
  });
});

test('an update contains the errors of the run in a fixed order, and entries of checks that did not run', () => {
  const skipped = { ...entry, check: 'exact_match' };
  const fixed = { ...entry, expected: 'status 418' };
  const whole = createReport([other, ignoredAuth, undocumented]);

  expect(updateBaseline(whole, [fixed, skipped], false)).toEqual([
    skipped,
    entry,
    { ...entry, expected: 'status 403' },
  ]);
  expect(updateBaseline(createReport([undocumented]), [], true)).toHaveLength(1);
});

test('a baseline is read as it was written', () => {
  expect(parseBaseline(formatBaseline([entry]))).toEqual([entry]);
});

test.each(['', '[]', '{}', '{"findings":[{}]}', 'null'])('%j is not a baseline', (text) => {
  expect(parseBaseline(text)).toBeUndefined();
});

import { describe, expect, test } from 'vitest';
import type { Check } from '../../src/checks/check.ts';
import { plan, selectChecks } from '../../src/run/plan.ts';
import { createRunContext, SOME_CHECK } from './fixtures.ts';

const testCases: Check['testCases'] = ({ id }) => [{ name: id, run: async () => {} }];

const ALL: readonly Check[] = [
  { ...SOME_CHECK, name: 'neither' },
  { ...SOME_CHECK, name: 'response_checks', checkResponse: () => [] },
  { ...SOME_CHECK, name: 'both', checkResponse: () => [], testCases },
  { ...SOME_CHECK, name: 'test_cases', testCases },
];

const runContext = await createRunContext();

/** Returns the names of the checks that have a test case for an operation, with those of the typical requests. */
function planned(options: { only?: readonly string[]; skip?: readonly string[] }): string[] {
  const { testCases } = plan(ALL, { ...runContext, options: { ...runContext.options, ...options } });
  const own = testCases.filter(({ operation }) => operation.id === 'listNotes');
  const names = own.map(({ check, testCase }) =>
    check.name !== 'typical_requests' ? check.name : testCase.name.includes(': ') ? 'invalid data' : testCase.name,
  );
  return [...new Set(names)];
}

const BASE = 'an existing resource';
const TYPICAL = [BASE, 'no key', 'invalid data'];

describe('plan', () => {
  test.each([
    ['all checks by default', {}, [BASE, 'both', 'test_cases']],
    ['only the named checks', { only: ['test_cases'] }, [BASE, 'test_cases']],
    ['all checks that are not skipped', { skip: ['test_cases'] }, [BASE, 'both']],
    ['no check that is both named and skipped', { only: ['test_cases'], skip: ['test_cases'] }, []],
    ['only typical requests if a response check is named', { only: ['response_checks'] }, TYPICAL],
    ['only typical requests if no_response is named', { only: ['neither'] }, TYPICAL],
    [
      'the named check and typical requests if a response check is named as well',
      { only: ['response_checks', 'test_cases'] },
      [...TYPICAL, 'test_cases'],
    ],
    [
      'only the named check and one request that must succeed if it also sends requests',
      { only: ['both'] },
      [BASE, 'both'],
    ],
  ] as const)('contains %s', (_, options, names) => {
    expect(planned(options)).toEqual(names);
  });

  test('contains the test cases of every operation, those of unsafe operations last', () => {
    const own = plan(ALL, runContext).testCases.filter(({ check }) => check.name !== 'typical_requests');

    expect(own.map(({ check, testCase }) => [testCase.name, check.name])).toEqual(
      ['listNotes', 'createNote', 'deleteNote'].flatMap((name) => [
        [name, 'both'],
        [name, 'test_cases'],
      ]),
    );
  });
});

describe('a rule of the profile firstofficer', () => {
  const many: Check = {
    ...SOME_CHECK,
    basis: 'profile',
    testCases: () => ['1', '2', '3', '4', '5'].map((name) => ({ name, run: async () => {} })),
  };

  test.each([
    ['has all its test cases in that profile', 'firstofficer', ['1', '2', '3', '4', '5']],
    ['has only its first four test cases in other profiles', 'generic', ['1', '2', '3', '4']],
  ] as const)('%s', (_, profile, names) => {
    const context = { ...runContext, options: { ...runContext.options, profile } };
    const planned = plan([many], context).testCases.filter(
      ({ operation, check }) => operation.id === 'listNotes' && check.name === 'some_check',
    );

    expect(planned.map(({ testCase }) => testCase.name)).toEqual(names);
  });
});

test('a check without test cases is skipped with its reason', () => {
  const check: Check = { ...SOME_CHECK, testCases: ({ id }) => (id === 'listNotes' ? { skipped: 'no items' } : []) };

  expect(plan([check], { ...runContext, options: { ...runContext.options, only: ['some_check'] } })).toEqual({
    testCases: [],
    skipped: [{ check: 'some_check', operation: 'listNotes', skipped: 'no items' }],
  });
});

test('selectChecks keeps the order of all checks', () => {
  const names = selectChecks(ALL, { only: ['test_cases', 'response_checks'], skip: [] }).map(({ name }) => name);

  expect(names).toEqual(['response_checks', 'test_cases']);
});

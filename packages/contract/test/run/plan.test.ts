import { describe, expect, type TestContext, test } from 'vitest';
import type { Check } from '../../src/checks/check.ts';
import { plan, selectChecks } from '../../src/run/plan.ts';
import { PETS, runContextOf, SOME_CHECK } from './fixtures.ts';

const testCases: Check['testCases'] = ({ id }) => [{ name: id, run: async () => {} }];

const ALL: readonly Check[] = [
  { ...SOME_CHECK, name: 'neither' },
  { ...SOME_CHECK, name: 'response_checks', checkResponse: () => [] },
  { ...SOME_CHECK, name: 'both', checkResponse: () => [], testCases },
  { ...SOME_CHECK, name: 'test_cases', testCases },
];

async function planned(context: TestContext, options: { only?: readonly string[]; skip?: readonly string[] }) {
  const runContext = await runContextOf(context, 'http://127.0.0.1:9');
  return plan(ALL, { ...runContext, options: { ...runContext.options, ...options } }).map(({ check }) => check.name);
}

describe('plan', () => {
  test.for([
    ['all checks by default', {}, ['both', 'test_cases']],
    ['only the named checks', { only: ['test_cases'] }, ['test_cases']],
    ['all checks that are not skipped', { skip: ['test_cases'] }, ['both']],
    ['no check that is both named and skipped', { only: ['test_cases'], skip: ['test_cases'] }, []],
    ['all checks if a response check is named', { only: ['response_checks'] }, ['both', 'test_cases']],
    ['all checks if no_response is named', { only: ['neither'] }, ['both', 'test_cases']],
    [
      'all checks except the skipped ones if a response check is named',
      { only: ['response_checks'], skip: ['test_cases'] },
      ['both'],
    ],
    ['only the named check if it also sends requests', { only: ['both'] }, ['both']],
  ] as const)('contains %s', async ([, options, names], context) => {
    expect(await planned(context, options)).toEqual(names);
  });

  test('contains the test cases of every operation', async (context) => {
    const { get } = PETS.paths['/pets/{id}'];
    const paths = { ...PETS.paths, '/toys/{id}': { get: { ...get, operationId: 'getToy' } } };
    const runContext = await runContextOf(context, 'http://127.0.0.1:9', { ...PETS, paths });

    expect(plan(ALL, runContext).map(({ operation, testCase }) => [operation.id, testCase.name])).toEqual([
      ['getPet', 'getPet'],
      ['getPet', 'getPet'],
      ['getToy', 'getToy'],
      ['getToy', 'getToy'],
    ]);
  });
});

test('selectChecks keeps the order of all checks', () => {
  const names = selectChecks(ALL, { only: ['test_cases', 'response_checks'], skip: [] }).map(({ name }) => name);

  expect(names).toEqual(['response_checks', 'test_cases']);
});

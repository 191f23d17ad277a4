import { describe, expect, type TestContext, test } from 'vitest';
import type { Check } from '../../src/checks/check.ts';
import { plan, selectChecks } from '../../src/run/plan.ts';
import { PETS } from './pets.ts';
import { runContextOf, SOME_CHECK } from './run-on.ts';

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

describe('what is tried', () => {
  test.for([
    ['everything', {}, ['both', 'test_cases']],
    ['what is named', { only: ['test_cases'] }, ['test_cases']],
    ['what is not left out', { skip: ['test_cases'] }, ['both']],
    ['nothing that is named and left out', { only: ['test_cases'], skip: ['test_cases'] }, []],
    ['everything, for what judges any response', { only: ['response_checks'] }, ['both', 'test_cases']],
    ['everything, for the lack of a response', { only: ['neither'] }, ['both', 'test_cases']],
    ['everything but what is left out', { only: ['response_checks'], skip: ['test_cases'] }, ['both']],
    ['nothing else, for what judges and has test cases of its own', { only: ['both'] }, ['both']],
  ] as const)('is %s', async ([, options, names], context) => {
    expect(await planned(context, options)).toEqual(names);
  });

  test('is tried on every operation', async (context) => {
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

test('checks are selected in their own order', () => {
  const names = selectChecks(ALL, { only: ['test_cases', 'response_checks'], skip: [] }).map(({ name }) => name);

  expect(names).toEqual(['response_checks', 'test_cases']);
});

import type { TestContext } from 'vitest';
import { describe, expect, test } from 'vitest';
import type { Check } from '../../src/engine/check.ts';
import { plan, selectedChecks } from '../../src/engine/plan.ts';
import { PETS } from './pets.ts';
import { SOME_CHECK, subjectOf } from './try-on.ts';

const probes: Check['probes'] = ({ id }) => [{ name: id, run: async () => {} }];

const ALL: readonly Check[] = [
  { ...SOME_CHECK, name: 'only_told' },
  { ...SOME_CHECK, name: 'judges', judge: () => [] },
  { ...SOME_CHECK, name: 'judges_and_probes', judge: () => [], probes },
  { ...SOME_CHECK, name: 'probes', probes },
];

async function planned(context: TestContext, settings: { only?: readonly string[]; skip?: readonly string[] }) {
  const subject = await subjectOf(context, 'http://127.0.0.1:9');
  return plan(ALL, { ...subject, settings: { ...subject.settings, ...settings } }).map(({ check }) => check.name);
}

describe('what is tried', () => {
  test.for([
    ['everything', {}, ['judges_and_probes', 'probes']],
    ['what is named', { only: ['probes'] }, ['probes']],
    ['what is not left out', { skip: ['probes'] }, ['judges_and_probes']],
    ['nothing that is named and left out', { only: ['probes'], skip: ['probes'] }, []],
    ['everything, for what judges any response', { only: ['judges'] }, ['judges_and_probes', 'probes']],
    ['everything, for the lack of a response', { only: ['only_told'] }, ['judges_and_probes', 'probes']],
    ['everything but what is left out', { only: ['judges'], skip: ['probes'] }, ['judges_and_probes']],
    ['nothing else, for what judges and has probes of its own', { only: ['judges_and_probes'] }, ['judges_and_probes']],
  ] as const)('is %s', async ([, settings, names], context) => {
    expect(await planned(context, settings)).toEqual(names);
  });

  test('is tried on every operation', async (context) => {
    const { get } = PETS.paths['/pets/{id}'];
    const paths = { ...PETS.paths, '/toys/{id}': { get: { ...get, operationId: 'getToy' } } };
    const subject = await subjectOf(context, 'http://127.0.0.1:9', { ...PETS, paths });

    expect(plan(ALL, subject).map(({ operation, probe }) => [operation.id, probe.name])).toEqual([
      ['getPet', 'getPet'],
      ['getPet', 'getPet'],
      ['getToy', 'getToy'],
      ['getToy', 'getToy'],
    ]);
  });
});

test('checks are selected in their own order', () => {
  const names = selectedChecks(ALL, { only: ['probes', 'judges'], skip: [] }).map(({ name }) => name);

  expect(names).toEqual(['judges', 'probes']);
});

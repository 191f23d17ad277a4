import { createOperation } from '@firstofficer/openapi/testing';
import { expect, test } from 'vitest';
import { verifyContract } from '../../src/run/run.ts';
import { validateOptions } from '../../src/run/validate-options.ts';

const operations = [
  createOperation({ security: [{ bearer: { type: 'http', scheme: 'bearer' } }], definition: { tags: ['pets'] } }),
];

test('names of the description are accepted', () => {
  const options = {
    target: { keys: { bearer: 'k' } },
    only: ['ignored_auth'],
    skip: ['exact_match'],
    exclude: ['pets'],
    parameters: { id: 7, 'getPet.id': 8 },
    lists: { getPet: { items: '/pets' } },
  };

  expect(() => validateOptions(options, { operations })).not.toThrow();
});

test.each([
  [{ only: ['no_such'] }, 'only: there is no check "no_such"'],
  [{ skip: ['no_such'] }, 'skip: there is no check "no_such"'],
  [{ exclude: ['cats'] }, 'exclude: no operation has the ID, the tag or the path "cats". The operations are getPet.'],
  [{ parameters: { di: 7 } }, 'parameters: the description has no parameter "di". Its parameters are id.'],
  [{ parameters: { 'getPat.id': 7 } }, 'parameters: the description has no parameter "getPat.id"'],
  [
    { target: { keys: { bare: 'k' } } },
    'keys: the description has no security scheme "bare". Its security schemes are bearer.',
  ],
  [{ lists: { getPat: {} } }, 'lists: the description has no operation "getPat". Its operations are getPet.'],
  [{ lists: { getPet: { limit: 'per' } } }, 'lists: getPet: the hints for the list name the parameter "per"'],
])('%j is refused', (options, message) => {
  expect(() => validateOptions(options, { operations })).toThrow(message);
});

test('the error is a RangeError, also of a run', async () => {
  await expect(verifyContract({ only: ['no_such'] })).rejects.toThrow(RangeError);
});

test('long lists of names are shortened', () => {
  const many = Array.from({ length: 30 }, (_, index) => createOperation({ id: `get${index}` }));

  expect(() => validateOptions({ exclude: ['x'] }, { operations: many })).toThrow(/get19, 10 more\.$/);
});

import { expect, test } from 'vitest';
import { differences } from '../../src/schema/differences.ts';

const expected = { id: 1, extra_id: null, tags: ['a', 'b'], address: { city: 'Turku' } };

test.each([
  ['the same', expected, []],
  ['more than is expected', { ...expected, country: 'FI' }, []],
  ['another value', { ...expected, id: 2 }, ['body/id']],
  ['a value of another type', { ...expected, id: '1' }, ['body/id']],
  ['something where null is expected', { ...expected, extra_id: 'x' }, ['body/extra_id']],
  ['a missing member', { ...expected, address: {} }, ['body/address/city']],
  ['a shorter list', { ...expected, tags: ['a'] }, ['body/tags/length', 'body/tags/1']],
  ['a longer list', { ...expected, tags: ['a', 'b', 'c'] }, ['body/tags/length']],
  ['a list where an object is expected', { ...expected, address: ['Turku'] }, ['body/address']],
  ['no object at all', 'text', ['body']],
  ['nothing', undefined, ['body']],
])('%s', (_, actual, paths) => {
  expect(differences(expected, actual)).toEqual(paths);
});

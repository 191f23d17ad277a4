import { expect, test } from 'vitest';
import { unknownMembers } from '../../src/engine/unknown-members.ts';

const schema = {
  properties: {
    id: {},
    address: { properties: { city: {} } },
    tags: { items: { properties: { name: {} } } },
    free: {},
  },
  allOf: [{ properties: { address: { properties: { zip: {} } } } }],
};

test.each([
  ['described members', { id: 1, address: { city: 'Turku', zip: '20100' }, tags: [{ name: 'a' }] }, []],
  ['an unknown member', { id: 1, country: 'FI' }, ['body/country']],
  ['one within a member', { address: { street: 'x' } }, ['body/address/street']],
  ['one within an item', { tags: [{ colour: 'red' }] }, ['body/tags/*/colour']],
  ['members of an object that describes none', { free: { anything: 1 } }, []],
  ['no object at all', 'text', []],
  ['null', null, []],
])('%s', (_, value, expected) => {
  expect(unknownMembers(schema, value)).toEqual(expected);
});

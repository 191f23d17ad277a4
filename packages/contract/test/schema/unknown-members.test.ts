import { expect, test } from 'vitest';
import { describedPart, unknownMembers } from '../../src/schema/unknown-members.ts';

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

test('the described part has the described members, in their order, and nothing else', () => {
  const value = {
    free: { x: 1 },
    tags: [{ name: 'a', colour: 'red' }, 'b'],
    at: 1,
    address: { zip: '1', street: 'x' },
  };

  expect(JSON.stringify(describedPart(schema, value))).toBe(
    JSON.stringify({ free: { x: 1 }, tags: [{ name: 'a' }, 'b'], address: { zip: '1' } }),
  );
});

test('what a map holds is described', () => {
  const map = { properties: { id: {} }, additionalProperties: { type: 'integer' } };

  expect(describedPart(map, { id: 1, any: 2 })).toEqual({ id: 1, any: 2 });
});

test.each([['text'], [7], [null], [[1, 'a']], [{ any: 1 }]])(
  '%j is described by a schema that says nothing',
  (value) => {
    expect(describedPart({}, value)).toEqual(value);
  },
);

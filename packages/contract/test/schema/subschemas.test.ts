import { describe, expect, test } from 'vitest';
import { isFreeText, splitByDescription } from '../../src/schema/subschemas.ts';

test.each([
  [{ type: 'string' }, true],
  [{}, true],
  [{ type: ['string', 'null'] }, true],
  [{ type: 'integer' }, false],
  [{ type: 'string', format: 'date' }, false],
  [{ type: 'string', enum: ['a'] }, false],
])('isFreeText: %j is %s', (schema, expected) => {
  expect(isFreeText(schema)).toBe(expected);
});

describe('splitByDescription', () => {
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
    ['no path for described members', { id: 1, address: { city: 'Turku', zip: '20100' }, tags: [{ name: 'a' }] }, []],
    ['the path of an undescribed member', { id: 1, country: 'FI' }, ['body/country']],
    ['the path of a member of a member', { address: { street: 'x' } }, ['body/address/street']],
    ['the path of a member of an item', { tags: [{ colour: 'red' }] }, ['body/tags/*/colour']],
    ['no path within an object without described members', { free: { anything: 1 } }, []],
    ['no path for text', 'text', []],
    ['no path for null', null, []],
  ])('returns %s', (_, value, expected) => {
    expect(splitByDescription(schema, value).undescribed).toEqual(expected);
  });

  test('returns the described members in their order', () => {
    const value = {
      free: { x: 1 },
      tags: [{ name: 'a', colour: 'red' }, 'b'],
      at: 1,
      address: { zip: '1', street: 'x' },
    };

    expect(JSON.stringify(splitByDescription(schema, value).described)).toBe(
      JSON.stringify({ free: { x: 1 }, tags: [{ name: 'a' }, 'b'], address: { zip: '1' } }),
    );
  });

  test.each([
    ['pattern', { properties: { id: {} }, patternProperties: { '^x-': {} } }],
    ['reference', { properties: { id: {} }, $ref: '#/components/schemas/Tree' }],
  ])('returns all members of an object with a %s', (_, schema) => {
    expect(splitByDescription(schema, { id: 1, any: 2 })).toEqual({ described: { id: 1, any: 2 }, undescribed: [] });
  });

  test('a closed object has undescribed members', () => {
    const schema = { properties: { id: {} }, additionalProperties: false };

    expect(splitByDescription(schema, { id: 1, any: 2 })).toEqual({ described: { id: 1 }, undescribed: ['body/any'] });
  });

  test('names of all objects are not described', () => {
    const value = JSON.parse('{"id": 1, "toString": 2, "__proto__": 3}');

    expect(splitByDescription({ properties: { id: {} } }, value).undescribed).toEqual([
      'body/toString',
      'body/__proto__',
    ]);
  });

  test('returns all members of a map', () => {
    const map = { properties: { id: {} }, additionalProperties: { type: 'integer' } };

    expect(splitByDescription(map, { id: 1, any: 2 }).described).toEqual({ id: 1, any: 2 });
  });

  test.each([['text'], [7], [null], [[1, 'a']], [{ any: 1 }]])('returns %j unchanged for an empty schema', (value) => {
    expect(splitByDescription({}, value).described).toEqual(value);
  });
});

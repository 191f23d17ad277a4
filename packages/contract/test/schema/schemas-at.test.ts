import { expect, test } from 'vitest';
import { schemasAt } from '../../src/schema/schemas-at.ts';

const integer = { type: 'integer' };
const string = { type: 'string' };
const schema = {
  properties: { id: integer, list: { items: { properties: { id: string } } } },
  allOf: [{ properties: { id: string } }],
  oneOf: [{ anyOf: [{ properties: { deep: integer } }] }],
};

test.each([
  [['id'], [integer, string]],
  [['list', 3, 'id'], [string]],
  [['deep'], [integer]],
  [['no', 'such'], []],
  [['toString'], []],
  [['list', 'id'], []],
])('at %j there are %j', (path, expected) => {
  expect(schemasAt(schema, path)).toEqual(expected);
});

test('at its beginning a value has its schema and those that this one is composed of', () => {
  expect(schemasAt(schema, [])).toHaveLength(4);
});

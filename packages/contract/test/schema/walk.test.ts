import { describe, expect, test } from 'vitest';
import { findSchemasAt, listComposedSchemas, visitObjects } from '../../src/schema/walk.ts';

describe('findSchemasAt', () => {
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
  ])('returns the schemas at %j', (path, expected) => {
    expect(findSchemasAt(schema, path)).toEqual(expected);
  });

  test('returns a schema and all its parts at the empty path', () => {
    expect(findSchemasAt(schema, [])).toHaveLength(4);
  });
});

test('listComposedSchemas returns the schemas of each keyword that composes, at any depth', () => {
  const named = (title: string, more: object = {}) => ({ title, ...more });
  const schema = named('root', {
    allOf: [named('all', { anyOf: [named('deep')] }), true, null],
    anyOf: [named('any')],
    oneOf: [named('one')],
    if: named('if'),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: named('then'),
    else: named('else'),
    dependentSchemas: { member: named('dependent') },
    properties: { member: named('property') },
    not: named('not'),
  });

  expect(listComposedSchemas(schema).map(({ title }) => title)).toEqual([
    ...['root', 'all', 'deep', 'any', 'one', 'if', 'then', 'else', 'dependent'],
  ]);
});

test('visitObjects visits each object once, also in lists and cycles', () => {
  const shared = { name: 'shared' };
  const value: Record<string, unknown> = { name: 'root', list: [shared, 1, null], again: shared };
  value.self = value;
  const names: unknown[] = [];
  visitObjects(value, ({ name }) => names.push(name));

  expect(names).toEqual(['root', 'shared']);
});

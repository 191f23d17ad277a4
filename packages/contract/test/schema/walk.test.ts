import { describe, expect, test } from 'vitest';
import { findSchemasAt } from '../../src/schema/walk.ts';

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

import type { JsonSchema } from '@firstofficer/openapi';
import { createOperation } from '@firstofficer/openapi/testing';
import { describe, expect, test } from 'vitest';
import { createInvalidBodies, createInvalidValues } from '../../src/generate/invalid-data.ts';
import { createValidator } from '../../src/schema/validation.ts';

const VALIDATOR = createValidator({});

describe('createInvalidValues', () => {
  const valuesOf = (schema: JsonSchema, place: 'path' | 'query' = 'query') =>
    createInvalidValues(schema, place, VALIDATOR).map(({ value }) => value);

  test.each([
    [{ type: 'string', minLength: 2, maxLength: 3 }, ['x', 'xxxx', 'éééé']],
    [{ type: 'integer', minimum: 1, maximum: 9 }, ['0', '10', 'no-such-value', '1.5', '-1']],
    [{ type: 'number', minimum: 0 }, ['-1', 'no-such-value']],
    [{ type: 'boolean' }, ['no-such-value', '1.5', '-1']],
    [{ enum: ['a', 'b'] }, ['no-such-value', '1.5', '-1']],
    [{ type: 'array', items: { type: 'integer' } }, ['no-such-value', '1.5']],
  ])('returns, for the schema %j, values that include %j', (schema, values) => {
    expect(valuesOf(schema)).toEqual(expect.arrayContaining(values));
  });

  test('returns only invalid values, each name once', () => {
    const schema = { type: 'integer', minimum: -1, maximum: 9, maxLength: 5 };
    const values = createInvalidValues(schema, 'query', VALIDATOR);

    expect(values.filter(({ value }) => VALIDATOR.validateText(schema, value, 'value').length === 0)).toEqual([]);
    expect(new Set(values.map(({ name }) => name)).size).toBe(values.length);
  });

  test.each([[{}], [{ type: 'string' }], [{ type: 'string', minLength: 0 }], [{ type: 'array', items: {} }]])(
    'returns none for %j, which allows any text',
    (schema) => {
      expect(valuesOf(schema)).toEqual([]);
    },
  );

  test('returns an empty value for the query but not for the path, where it could lead to another operation', () => {
    expect(valuesOf({ type: 'string', minLength: 1 })).toContain('');
    expect(valuesOf({ type: 'string', minLength: 1 }, 'path')).toEqual([]);
  });
});

describe('createInvalidBodies', () => {
  const operationWith = (mediaType: string, schema: JsonSchema, example?: unknown) =>
    createOperation({
      method: 'POST',
      requestBody: { content: { [mediaType]: { schema, ...(example !== undefined && { example }) } } },
    });
  const pet = {
    type: 'object',
    required: ['name', 'age'],
    properties: { name: { type: 'string' }, age: { type: 'integer' }, note: {} },
  };

  test('returns truncated JSON, other types, and objects with a missing or changed member', () => {
    const operation = operationWith('application/json', pet, { name: 'Tom', age: 3, note: 'x' });
    const bodies = createInvalidBodies(operation, VALIDATOR);

    expect(bodies.map(({ name, body }) => [name, body.content])).toEqual([
      ['truncated JSON', '{"name":"Tom","age":3,"note":"x"'],
      ['a list', '[]'],
      ['a string', '"text"'],
      ['null', 'null'],
      ['an empty object', '{}'],
      ['without name', '{"age":3,"note":"x"}'],
      ['without age', '{"name":"Tom","note":"x"}'],
      ['name as a list of lists', '{"name":[[]],"age":3,"note":"x"}'],
      ['age as a list of lists', '{"name":"Tom","age":[[]],"note":"x"}'],
    ]);
    expect(new Set(bodies.map(({ body }) => body.mediaType))).toEqual(new Set(['application/json']));
  });

  test('returns no body that the schema allows', () => {
    const operation = operationWith('application/merge+json', { type: ['array', 'null'] }, []);

    expect(createInvalidBodies(operation, VALIDATOR).map(({ name }) => name)).toEqual([
      'truncated JSON',
      'a string',
      'an empty object',
    ]);
  });

  test('returns none for an operation without a JSON body', () => {
    expect(createInvalidBodies(createOperation(), VALIDATOR)).toEqual([]);
    expect(createInvalidBodies(operationWith('text/plain', {}), VALIDATOR)).toEqual([]);
  });
});

import { createOperation } from '@firstofficer/openapi/testing';
import { expect, test } from 'vitest';
import { invalidBodies } from '../../src/generate/invalid-bodies.ts';

const taking = (mediaType: string, schema: object, example?: unknown) =>
  createOperation({
    method: 'POST',
    requestBody: {
      content: {
        [mediaType]: { schema: schema as Record<string, unknown>, ...(example !== undefined && { example }) },
      },
    },
  });

const PET = {
  type: 'object',
  required: ['name', 'age'],
  properties: { name: { type: 'string' }, age: { type: 'integer' }, note: {} },
};

test('bodies that are no JSON, of another type, or lack or twist a member', () => {
  const bodies = invalidBodies(taking('application/json', PET, { name: 'Tom', age: 3, note: 'x' }), {});

  expect(bodies.map(({ name, body }) => [name, body.text])).toEqual([
    ['JSON that is cut off', '{"name":"Tom","age":3,"note":"x"'],
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

test('what the schema allows is not among them', () => {
  const names = invalidBodies(taking('application/merge+json', { type: ['array', 'null'] }, []), {}).map(
    ({ name }) => name,
  );

  expect(names).toEqual(['JSON that is cut off', 'a string', 'an empty object']);
});

test('an operation that takes no JSON has none', () => {
  expect(invalidBodies(createOperation(), {})).toEqual([]);
  expect(invalidBodies(taking('text/plain', {}), {})).toEqual([]);
});

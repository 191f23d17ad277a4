import type { Parameter } from '@firstofficer/openapi';
import { createOperation } from '@firstofficer/openapi/testing';
import { describe, expect, test } from 'vitest';
import { succeedingValues } from '../../src/generate/parameter-values.ts';

const shownOf = (parameter: Partial<Parameter>, known = {}) =>
  succeedingValues(
    createOperation({ parameters: [{ name: 'id', in: 'query', required: true, ...parameter }] }),
    known,
    {},
  ).id;

describe('a value by which an operation is likely to succeed is', () => {
  const json = (name: string) => ({
    description: '…',
    content: { 'application/json': { examples: { [name]: { value: 1 } } } },
  });
  const pets = createOperation({
    parameters: [{ name: 'id', in: 'path', required: true, examples: { none: { value: 'x' }, tom: { value: 7 } } }],
    responses: { '404': json('none'), '200': json('tom') },
  });

  test('what is known of the target', () => {
    expect(succeedingValues(pets, { id: 'mine', other: 1 }, {})).toEqual({ id: 'mine' });
  });

  test('otherwise that of an example of success', () => {
    expect(succeedingValues(pets, {}, {})).toEqual({ id: '7' });
  });

  test.each([
    [{ example: 3, schema: { default: 4 } }, 3],
    [{ examples: { first: { value: 'a' }, second: { value: 'b' } } }, 'a'],
    [{ example: ['a', 1] }, ['a', 1]],
    [{ schema: { type: 'string', enum: ['x', 'y'] } }, 'x'],
    [{ schema: { type: 'integer', minimum: 5 } }, 5],
    [{ schema: { type: 'boolean' } }, true],
    [{ schema: { const: 'only' } }, 'only'],
    [{ schema: { type: 'object' } }, {}],
  ])('otherwise what the description shows: %j', (parameter, expected) => {
    expect(shownOf(parameter)).toEqual(expected);
  });

  test('as long as the schema wants it', () => {
    expect(shownOf({ schema: { type: 'string', minLength: 12 } })).toHaveLength(12);
  });
});

test('a parameter that may be left out is left out, unless something is known of it', () => {
  expect(shownOf({ required: false, example: 3 })).toBeUndefined();
  expect(shownOf({ required: false }, { id: false })).toBe(false);
});

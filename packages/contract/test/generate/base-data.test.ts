import type { Operation, Parameter } from '@firstofficer/openapi';
import { createOperation } from '@firstofficer/openapi/testing';
import { describe, expect, test } from 'vitest';
import { createBaseData } from '../../src/generate/base-data.ts';
import type { ParameterValues } from '../../src/request/serialization.ts';
import { createValidator } from '../../src/schema/validation.ts';

const VALIDATOR = createValidator({});

/** Returns the values of all parameters. */
const findValues = (operation: Operation, known: ParameterValues = {}) =>
  createBaseData({ validator: VALIDATOR, seed: 1, knownFor: () => known }).parametersFor(operation);

/** Returns the value for a required parameter with these members. */
const findValue = (parameter: Partial<Parameter>, known = {}) =>
  findValues(createOperation({ parameters: [{ name: 'id', in: 'query', required: true, ...parameter }] }), known).id;

describe('parametersFor gives a required parameter', () => {
  const json = (name: string) => ({
    description: '…',
    content: { 'application/json': { examples: { [name]: { value: 1 } } } },
  });
  const pets = createOperation({
    parameters: [{ name: 'id', in: 'path', required: true, examples: { none: { value: 'x' }, tom: { value: 7 } } }],
    responses: { '404': json('none'), '200': json('tom') },
  });

  test('the known value', () => {
    expect(findValues(pets, { id: 'mine', other: 1 })).toEqual({ id: 'mine' });
  });

  test('the value of a successful example if none is known', () => {
    expect(findValues(pets)).toEqual({ id: '7' });
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
  ])('its example or a sample of its schema otherwise: for %j, it is %j', (parameter, expected) => {
    expect(findValue(parameter)).toEqual(expected);
  });

  test('a sample of the minimum length', () => {
    expect(findValue({ schema: { type: 'string', minLength: 12 } })).toHaveLength(12);
  });
});

test('parametersFor gives an optional parameter a value only if one is known', () => {
  expect(findValue({ required: false, example: 3 })).toBeUndefined();
  expect(findValue({ required: false }, { id: false })).toBe(false);
});

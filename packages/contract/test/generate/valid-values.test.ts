import type { JsonSchema } from '@firstofficer/openapi';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createValidValues } from '../../src/generate/valid-values.ts';
import { createValidator } from '../../src/schema/validation.ts';

const VALIDATOR = createValidator({});

const sample = (schema: JsonSchema, numRuns = 100) => {
  const values = createValidValues(schema, VALIDATOR);
  return values && fc.sample(values, { numRuns, seed: 1 });
};

test.each([
  [{ type: 'string' }],
  [{ type: 'string', minLength: 2, maxLength: 3 }],
  [{ type: 'string', minLength: 100 }],
  [{ type: 'string', pattern: '^cus_[A-Z0-9]{8}$' }],
  [{ type: 'string', pattern: '^[a-z]+$', maxLength: 4 }],
  [{ type: 'string', format: 'uuid' }],
  [{ type: 'string', format: 'email' }],
  [{ type: 'string', format: 'date-time' }],
  [{ type: 'string', format: 'date' }],
  [{ type: 'string', format: 'ipv6' }],
  [{ type: 'string', format: 'custom' }],
  [{ type: ['integer', 'null'], minimum: 1, maximum: 3 }],
  [{ type: 'integer', minimum: 1_600_000_000_000 }],
  [{ type: 'integer', maximum: -3_000_000_000 }],
  [{ type: 'integer', minimum: -(2 ** 63), maximum: 2 ** 63 }],
  [{ type: 'integer', minimum: 0.5, maximum: 1.5 }],
  [{ type: 'integer', exclusiveMinimum: 0, multipleOf: 7 }],
  [{ type: 'number', minimum: 1e12 }],
  [{ type: 'number', maximum: -1e12 }],
  [{ type: 'boolean' }],
  [{ enum: ['a', 2] }],
  [{ const: 'only' }],
])('all values for the schema %j conform to it', (schema) => {
  const values = sample(schema) ?? [];

  expect(values).toHaveLength(100);
  expect(values.filter((value) => VALIDATOR.validateText(schema, String(value), 'value').length > 0)).toEqual([]);
});

test.each([
  [{}],
  [{ type: 'array' }],
  [{ type: 'object' }],
  [{ type: 'null' }],
  // The generator must not search forever for values of these schemas.
  [{ type: 'string', format: 'duration' }],
  [{ type: 'integer', minimum: 5, maximum: 4 }],
  [{ type: 'string', format: 'uuid', pattern: '^x' }],
  [{ enum: ['a'], not: { const: 'a' } }],
  [{ type: 'string', pattern: '^(?=.*a)b' }],
  [{ type: 'string', pattern: '(' }],
])('there are no values for the schema %j', (schema) => {
  expect(sample(schema)).toBeUndefined();
});

test('generated text is well-formed and has characters beyond the Basic Multilingual Plane', () => {
  const text = (sample({ type: 'string' }, 500) ?? []).join('');

  expect(text.isWellFormed()).toBe(true);
  expect(text).toMatch(/[\u{10000}-\u{10ffff}]/u);
  expect(text).toMatch(/[ -~]/);
});

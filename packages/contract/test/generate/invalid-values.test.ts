import { describe, expect, test } from 'vitest';
import { invalidValues } from '../../src/generate/invalid-values.ts';
import { textViolations } from '../../src/schema/validation.ts';

const unfit = (schema: object, place: 'path' | 'query' = 'query') =>
  invalidValues(schema as Record<string, unknown>, place, {}).map(({ value }) => value);

test.each([
  [{ type: 'string', minLength: 2, maxLength: 3 }, ['x', 'xxxx', 'éééé']],
  [{ type: 'integer', minimum: 1, maximum: 9 }, ['0', '10', 'no-such-value', '1.5', '-1']],
  [{ type: 'number', minimum: 0 }, ['-1', 'no-such-value']],
  [{ type: 'boolean' }, ['no-such-value', '1.5', '-1']],
  [{ enum: ['a', 'b'] }, ['no-such-value', '1.5', '-1']],
  [{ type: 'array', items: { type: 'integer' } }, ['no-such-value', '1.5']],
])('%j is broken by %j', (schema, values) => {
  expect(unfit(schema)).toEqual(expect.arrayContaining(values));
});

test('nothing that is tried fits, and nothing is tried under two names', () => {
  const schema = { type: 'integer', minimum: -1, maximum: 9, maxLength: 5 };
  const tried = invalidValues(schema, 'query', {});

  expect(tried.filter(({ value }) => textViolations(schema, value, 'value', {}).length === 0)).toEqual([]);
  expect(new Set(tried.map(({ name }) => name)).size).toBe(tried.length);
});

test.each([[{}], [{ type: 'string' }], [{ type: 'string', minLength: 0 }], [{ type: 'array', items: {} }]])(
  '%j takes any text',
  (schema) => {
    expect(unfit(schema)).toEqual([]);
  },
);

describe('an empty value', () => {
  test('is tried in a query, and not as a path segment, which may lead to another operation', () => {
    expect(unfit({ type: 'string', minLength: 1 })).toContain('');
    expect(unfit({ type: 'string', minLength: 1 }, 'path')).toEqual([]);
  });
});

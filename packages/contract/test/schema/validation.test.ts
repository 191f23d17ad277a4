import { describe, expect, test } from 'vitest';
import { textViolations, violations } from '../../src/schema/validation.ts';

const expectedOf = (found: readonly { expected: string }[]) => found.map(({ expected }) => expected);

describe('a value', () => {
  const id = { type: 'integer', minimum: 1 };
  const kind = { const: 'pet' };
  const schema = { type: 'object', required: ['id', 'name'], properties: { id, kind, at: { format: 'date' } } };

  test('that is valid has no violations', () => {
    expect(violations(schema, { id: 1, name: '', kind: 'pet', at: '2020-01-01', more: 1 }, 'body', {})).toEqual([]);
  });

  test('that is invalid violates each keyword, at the schema that has it', () => {
    const found = violations(schema, { id: 0, kind: 'dog', at: 'today' }, 'body', {});

    expect(found).toEqual([
      { expected: 'body/id must be >= 1', actual: '0', specRef: [id, 'minimum'] },
      { expected: 'body/kind must be equal to constant "pet"', actual: '"dog"', specRef: [kind, 'const'] },
      { expected: 'body/at must match format "date"', actual: '"today"', specRef: [schema.properties.at, 'format'] },
      {
        expected: "body must have required property 'name'",
        actual: 'body has the members id, kind, at',
        specRef: [schema, 'required'],
      },
    ]);
    expect(found[0]?.specRef[0]).toBe(id);
  });

  test('is not converted to another type', () => {
    expect(expectedOf(violations({ type: 'integer' }, '1', 'body', {}))).toEqual(['body must be integer']);
  });

  test('that is long is truncated in messages', () => {
    expect(violations({ maxLength: 1 }, 'x'.repeat(500), 'body', {})[0]?.actual).toMatch(/… \(502 characters\)$/);
  });

  test('of a recursive schema is reported at the schema of the description', () => {
    const Node = { type: 'object', required: ['next'], properties: { next: { $ref: '#/components/schemas/Node' } } };
    const document = { components: { schemas: { Node } } };
    const [within, ...others] = violations(Node, { next: {} }, 'body', document);
    const [outside] = violations(Node, {}, 'body', document);

    expect(others).toEqual([]);
    expect(within?.expected).toBe("body/next must have required property 'next'");
    expect(outside?.expected).toBe("body must have required property 'next'");
    expect([within?.specRef[0], outside?.specRef[0]].map((specRef) => specRef === Node)).toEqual([true, true]);
  });
});

describe('a value that comes as text', () => {
  test.each([
    ['12', { type: 'integer' }],
    ['1.5', { type: 'number' }],
    ['true', { type: 'boolean' }],
    ['12', { type: 'string' }],
    ['', { type: 'string' }],
    [['a', 'b'], { type: 'array', items: { enum: ['a', 'b', 'c'] } }],
    [['1', '2'], { type: 'array', items: { type: 'integer' }, maxItems: 2 }],
  ])('%j may be of %j', (text, schema) => {
    expect(textViolations(schema, text, 'value', {})).toEqual([]);
  });

  test.each([
    ['1.5', { type: 'integer' }, 'value must be integer'],
    ['', { type: 'integer' }, 'value must be integer'],
    ['yes', { type: 'boolean' }, 'value must be boolean'],
    ['', { type: 'string', minLength: 1 }, 'value must NOT have fewer than 1 characters'],
    [['a', 'd'], { type: 'array', items: { enum: ['a'] } }, 'value/1 must be equal to one of the allowed values'],
  ])('%j is none of %j', (text, schema, expected) => {
    expect(expectedOf(textViolations(schema, text, 'value', {}))).toEqual([expected]);
  });
});

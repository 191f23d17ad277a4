import { describe, expect, test } from 'vitest';
import { createValidator } from '../../src/schema/validation.ts';

const { validateResponse, validateRequest, validateText, explainUnusable } = createValidator({});
const expectedOf = (found: readonly { expected: string }[]) => found.map(({ expected }) => expected);

describe('a value', () => {
  const id = { type: 'integer', minimum: 1 };
  const kind = { const: 'pet' };
  const schema = { type: 'object', required: ['id', 'name'], properties: { id, kind, at: { format: 'date' } } };

  test('has no violations if it is valid', () => {
    expect(validateResponse(schema, { id: 1, name: '', kind: 'pet', at: '2020-01-01', more: 1 }, 'body')).toEqual([]);
  });

  test('has one violation for each keyword, at the schema with the keyword', () => {
    const found = validateResponse(schema, { id: 0, kind: 'dog', at: 'today' }, 'body');

    expect(found).toEqual([
      { expected: 'body/id must be >= 1', actual: '0', place: '/id', specRef: [id, 'minimum'] },
      {
        expected: 'body/kind must be equal to constant "pet"',
        actual: '"dog"',
        place: '/kind',
        specRef: [kind, 'const'],
      },
      {
        expected: 'body/at must match format "date"',
        actual: '"today"',
        place: '/at',
        specRef: [schema.properties.at, 'format'],
      },
      {
        expected: "body must have required property 'name'",
        actual: 'body has the members id, kind, at',
        place: '',
        specRef: [schema, 'required'],
      },
    ]);
    expect(found[0]?.specRef[0]).toBe(id);
  });

  test('is not converted to another type', () => {
    expect(expectedOf(validateResponse({ type: 'integer' }, '1', 'body'))).toEqual(['body must be integer']);
  });

  test('is truncated in messages if it is long', () => {
    expect(validateResponse({ maxLength: 1 }, 'x'.repeat(500), 'body')[0]?.actual).toMatch(/… \(502 characters\)$/);
  });
});

describe('a required member', () => {
  const schema = {
    type: 'object',
    required: ['id', 'secret', 'name'],
    properties: { id: { readOnly: true }, secret: { writeOnly: true }, name: {} },
  };

  test('is not required in a response if it is write-only', () => {
    expect(expectedOf(validateResponse(schema, {}, 'body'))).toEqual([
      "body must have required property 'id'",
      "body must have required property 'name'",
    ]);
    expect(validateResponse({ oneOf: [schema] }, { id: 1, name: 'n' }, 'body')).toEqual([]);
  });

  test('is not required in a request if it is read-only', () => {
    expect(validateRequest(schema, { secret: 's', name: 'n' }, 'body')).toEqual([]);
  });

  test('is reported at the schema that requires it', () => {
    const [first] = validateResponse({ allOf: [schema] }, { id: 1 }, 'body');

    expect(first).toMatchObject({ actual: 'body has the members id', specRef: [schema, 'required'] });
    expect(first?.specRef[0]).toBe(schema);
  });
});

describe('a write-only member', () => {
  const password = { type: 'string', writeOnly: true };
  const user = { properties: { name: {}, password } };

  test('must not be in a response', () => {
    expect(validateResponse(user, { name: 'n', password: 'p' }, 'body')).toEqual([
      {
        expected: 'body/password must not be in a response, because it is write-only',
        actual: '"p"',
        place: '/password',
        specRef: [password, 'writeOnly'],
      },
    ]);
    expect(validateResponse({ items: { oneOf: [user] } }, [{ name: 'n' }], 'body')).toEqual([]);
  });

  test('may be in a request', () => {
    expect(validateRequest(user, { name: 'n', password: 'p' }, 'body')).toEqual([]);
  });

  test('is not required in a response, even if another part of the schema requires it', () => {
    const New = { allOf: [user, { required: ['name', 'password'] }] };
    const Secret = { required: ['code'], properties: { code: { allOf: [{ type: 'string', writeOnly: true }] } } };
    const { validateResponse: validate } = createValidator({ components: { schemas: { New, Secret } } });

    expect(expectedOf(validate({ oneOf: [New] }, { name: 'n' }, 'body'))).toEqual([]);
    expect(expectedOf(validate(New, {}, 'body'))).toEqual(["body must have required property 'name'"]);
    expect(validate(Secret, {}, 'body')).toEqual([]);
  });
});

test('a decimal multiple is exact', () => {
  const schema = { multipleOf: 0.01 };
  const prices = [19.99, 0.07, 1.1, 1_234_567.89, 4.35];

  expect(prices.flatMap((price) => validateResponse(schema, price, 'body'))).toEqual([]);
  expect([0.001, 19.995, 1_234_567.895].map((price) => validateResponse(schema, price, 'body').length)).toEqual([
    1, 1, 1,
  ]);
});

describe('a discriminator', () => {
  const Cat = {
    type: 'object',
    required: ['kind', 'lives'],
    properties: { kind: { type: 'string' }, lives: { type: 'integer' } },
  };
  const Dog = {
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string' }, barks: { type: 'boolean' } },
  };
  const Node = { type: 'object', properties: { kind: { const: 'node' }, next: { $ref: '#/components/schemas/Node' } } };
  const { validateResponse: validate } = createValidator({ components: { schemas: { Cat, Dog, Node } } });
  const of = (more: object, keyword = 'oneOf') => ({
    [keyword]: [Cat, Dog],
    discriminator: { propertyName: 'kind', ...more },
  });
  const mapped = of({ mapping: { cat: '#/components/schemas/Cat', dog: 'Dog' } });

  test.for<[string, schema: object, value: unknown, expected: string[]]>([
    ['selects one of two schemas that the value conforms to', mapped, { kind: 'cat', lives: 9 }, []],
    ['selects by the name of a schema', of({}), { kind: 'Cat', lives: 9 }, []],
    [
      'selects the schema that the value must conform to',
      mapped,
      { kind: 'cat', barks: true },
      ["body must have required property 'lives'"],
    ],
    [
      'does so in anyOf',
      of({ mapping: { cat: 'Cat' } }, 'anyOf'),
      { kind: 'cat' },
      ["body must have required property 'lives'"],
    ],
    [
      'reports a value that no mapping has',
      mapped,
      { kind: 'cow' },
      ['body has an unknown kind: it must be Cat or Dog or cat or dog'],
    ],
    ['is ignored for a value that an incomplete mapping lacks', of({ mapping: { cat: 'Cat' } }), { kind: 'cow' }, []],
    ['is ignored if a mapping leads elsewhere', of({ mapping: { cat: 'cat.yaml' } }), { kind: 'cow', barks: true }, []],
    [
      'is ignored without the member',
      mapped,
      {},
      [
        "body must have required property 'kind'",
        "body must have required property 'lives'",
        "body must have required property 'kind'",
        'body must match exactly one schema in oneOf',
      ],
    ],
    [
      'is ignored for another type',
      { anyOf: [Cat, { type: 'null' }], discriminator: { propertyName: 'kind' } },
      null,
      [],
    ],
    [
      'selects by the const of a schema',
      {
        oneOf: [{ properties: { kind: { const: 'a' } } }, { properties: { kind: { enum: ['b', 'c'] } } }],
        discriminator: { propertyName: 'kind' },
      },
      { kind: 'c' },
      [],
    ],
    [
      'selects a recursive schema',
      { oneOf: [{ $ref: '#/components/schemas/Node' }, Dog], discriminator: { propertyName: 'kind' } },
      { kind: 'node', next: { kind: 'leaf' } },
      ['body/next/kind must be equal to constant "node"'],
    ],
    [
      'keeps the members that the schema describes',
      { ...mapped, unevaluatedProperties: false },
      { kind: 'dog', barks: true, more: 1 },
      ['body must NOT have unevaluated properties'],
    ],
  ])('%s', ([, schema, value, expected]) => {
    expect(expectedOf(validate(schema as Readonly<Record<string, unknown>>, value, 'body'))).toEqual(expected);
  });
});

describe('a recursive schema', () => {
  const document = {
    paths: { '/trees/{id}': { get: { schema: { required: ['name'] } } } },
    components: {
      schemas: {
        Tree: { properties: { branches: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } } },
        Bush: { properties: { next: { $ref: '#/paths/~1trees~1{id}/get/schema' } } },
        Knot: { $anchor: 'knot', properties: { knot: { $ref: '#knot' }, size: { type: 'integer' } } },
        Node: { type: 'object', required: ['next'], properties: { next: { $ref: '#/components/schemas/Node' } } },
      },
    },
  };
  const { Tree, Bush, Node } = document.components.schemas;
  const validate = createValidator(document).validateResponse;

  test('validates values at any depth', () => {
    expect(validate(Tree, { branches: [{ branches: [{}] }] }, 'body')).toEqual([]);
    expect(expectedOf(validate(Tree, { branches: [{ branches: 1 }] }, 'body'))).toEqual([
      'body/branches/0/branches must be array',
    ]);
  });

  test('may have pointers to any place in the description, and anchors', () => {
    expect(expectedOf(validate(Bush, { next: {} }, 'body'))).toEqual(["body/next must have required property 'name'"]);
    expect(expectedOf(validate({ $ref: '#knot' }, { knot: { size: 'x' } }, 'body'))).toEqual([
      'body/knot/size must be integer',
    ]);
  });

  test('is itself in the violations, not a copy of it', () => {
    expect(validate(Tree, { branches: 1 }, 'body')[0]?.specRef[0]).toBe(Tree.properties.branches);
    expect(validate({ ...Bush, type: 'object' }, 1, 'body')[0]?.specRef[1]).toBe('type');
    const [within, ...others] = validate(Node, { next: {} }, 'body');
    const [outside] = validate(Node, {}, 'body');

    expect(others).toEqual([]);
    expect(within?.expected).toBe("body/next must have required property 'next'");
    expect(outside?.expected).toBe("body must have required property 'next'");
    expect([within?.specRef[0], outside?.specRef[0]].map((specRef) => specRef === Node)).toEqual([true, true]);
  });
});

describe('a schema', () => {
  test('with an $id may occur in several places', () => {
    const schema = () => ({ $id: 'https://schemas.example/size', type: 'integer' });

    expect(validateResponse({ items: schema() }, [1], 'body')).toEqual([]);
    expect(validateResponse(schema(), 'x', 'body')).toHaveLength(1);
  });

  test('may have a pattern that is invalid in Unicode mode', () => {
    expect(validateResponse({ pattern: '^[\\w\\-]+$' }, 'a-b', 'body')).toEqual([]);
    expect(validateResponse({ pattern: '^[\\w\\-]+$' }, 'a b', 'body')).toHaveLength(1);
    expect(validateResponse({ pattern: '^\\p{Lu}$' }, 'É', 'body')).toEqual([]);
  });

  test('that cannot be used is explained and has no violations', () => {
    const schema = { nullable: true };

    expect(explainUnusable(schema)).toContain('nullable');
    expect(validateResponse(schema, 1, 'body')).toEqual([]);
    expect(explainUnusable({ type: 'string' })).toBeUndefined();
  });
});

describe('text', () => {
  test.each([
    ['12', { type: 'integer' }],
    ['1.5', { type: 'number' }],
    ['true', { type: 'boolean' }],
    ['12', { type: 'string' }],
    ['', { type: 'string' }],
    [['a', 'b'], { type: 'array', items: { enum: ['a', 'b', 'c'] } }],
    [['1', '2'], { type: 'array', items: { type: 'integer' }, maxItems: 2 }],
  ])('%j conforms to %j', (text, schema) => {
    expect(validateText(schema, text, 'value')).toEqual([]);
  });

  test.each([
    ['1.5', { type: 'integer' }, 'value must be integer'],
    ['', { type: 'integer' }, 'value must be integer'],
    ['twelve', { type: 'integer' }, 'value must be integer'],
    ['yes', { type: 'boolean' }, 'value must be boolean'],
    ['', { type: 'string', minLength: 1 }, 'value must NOT have fewer than 1 characters'],
    [['a', 'd'], { type: 'array', items: { enum: ['a'] } }, 'value/1 must be equal to one of the allowed values'],
  ])('%j violates %j', (text, schema, expected) => {
    expect(expectedOf(validateText(schema, text, 'value'))).toEqual([expected]);
  });
});

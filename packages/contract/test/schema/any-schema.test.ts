import { describe, expect, test } from 'vitest';
import { requestViolations, schemaFault, textViolations, violations } from '../../src/schema/validation.ts';

const NOWHERE = {};
const expectations = (found: readonly { readonly expected: string }[]) => found.map(({ expected }) => expected);

describe('a required member', () => {
  const schema = {
    type: 'object',
    required: ['id', 'secret', 'name'],
    properties: { id: { readOnly: true }, secret: { writeOnly: true }, name: {} },
  };

  test('that is only ever written is not required of a response', () => {
    expect(expectations(violations(schema, {}, 'body', NOWHERE))).toEqual([
      "body must have required property 'id'",
      "body must have required property 'name'",
    ]);
  });

  test('that is only ever read is not required of a request', () => {
    expect(requestViolations(schema, { secret: 's', name: 'n' }, 'body', NOWHERE)).toEqual([]);
    expect(violations({ oneOf: [schema] }, { id: 1, name: 'n' }, 'body', NOWHERE)).toEqual([]);
  });

  test('is promised by the schema that requires it', () => {
    const [first] = violations({ allOf: [schema] }, { id: 1 }, 'body', NOWHERE);

    expect(first).toMatchObject({ actual: 'body has the members id', specRef: [schema, 'required'] });
    expect(first?.specRef[0]).toBe(schema);
  });
});

describe('a schema that contains itself', () => {
  const document = {
    paths: { '/trees/{id}': { get: { schema: { required: ['name'] } } } },
    components: {
      schemas: {
        Tree: { properties: { branches: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } } },
        Bush: { properties: { next: { $ref: '#/paths/~1trees~1{id}/get/schema' } } },
        Knot: { $anchor: 'knot', properties: { knot: { $ref: '#knot' }, size: { type: 'integer' } } },
      },
    },
  };
  const { Tree, Bush } = document.components.schemas;

  test('is followed from wherever it refers to itself', () => {
    expect(violations(Tree, { branches: [{ branches: [{}] }] }, 'body', document)).toEqual([]);
    expect(expectations(violations(Tree, { branches: [{ branches: 1 }] }, 'body', document))).toEqual([
      'body/branches/0/branches must be array',
    ]);
  });

  test('is followed by pointers to anywhere in the description, and by anchors', () => {
    expect(expectations(violations(Bush, { next: {} }, 'body', document))).toEqual([
      "body/next must have required property 'name'",
    ]);
    expect(expectations(violations({ $ref: '#knot' }, { knot: { size: 'x' } }, 'body', document))).toEqual([
      'body/knot/size must be integer',
    ]);
  });

  test('is itself the promise, not what was made of it', () => {
    expect(violations(Tree, { branches: 1 }, 'body', document)[0]?.specRef[0]).toBe(Tree.properties.branches);
    expect(violations({ ...Bush, type: 'object' }, 1, 'body', document)[0]?.specRef[1]).toBe('type');
  });
});

test('a schema with an $id may occur in several places', () => {
  const schema = () => ({ $id: 'https://schemas.example/size', type: 'integer' });

  expect(violations({ items: schema() }, [1], 'body', NOWHERE)).toEqual([]);
  expect(violations(schema(), 'x', 'body', NOWHERE)).toHaveLength(1);
});

test('a pattern may escape what Unicode mode would not let it', () => {
  expect(violations({ pattern: '^[\\w\\-]+$' }, 'a-b', 'body', NOWHERE)).toEqual([]);
  expect(violations({ pattern: '^[\\w\\-]+$' }, 'a b', 'body', NOWHERE)).toHaveLength(1);
  expect(violations({ pattern: '^\\p{Lu}$' }, 'É', 'body', NOWHERE)).toEqual([]);
});

test('a schema that cannot be used is no fault of the value', () => {
  const schema = { nullable: true };

  expect(schemaFault(schema, NOWHERE)).toContain('nullable');
  expect(violations(schema, 1, 'body', NOWHERE)).toEqual([]);
  expect(schemaFault({ type: 'string' }, NOWHERE)).toBeUndefined();
});

test('text is read as what its schema makes of it', () => {
  expect(textViolations({ type: 'integer' }, '12', 'header X', NOWHERE)).toEqual([]);
  expect(textViolations({ type: 'integer' }, 'twelve', 'header X', NOWHERE)).toHaveLength(1);
});

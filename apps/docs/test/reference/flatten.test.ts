import { expect, test } from 'vitest';
import { flattenAllOf } from '../../src/reference/flatten.ts';
import { spec } from '../fixtures.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const flattenSchemas = (schemas: object) => flattenAllOf({ components: { schemas } }).components.schemas;

test('a later part overrides the description of a member, also if the member is nested', () => {
  const Base = { properties: { error: { properties: { param: { type: 'string', description: 'If any.' } } } } };
  const own = { properties: { error: { properties: { param: { description: 'Always there.' } } } } };

  expect(flattenSchemas({ Base, Own: { allOf: [ref('Base'), own] } })).toEqual({
    Base,
    Own: { properties: { error: { properties: { param: { type: 'string', description: 'Always there.' } } } } },
  });
});

test('the description has no allOf left, and the 404 says that its parameter is always the same', () => {
  const { components } = flattenAllOf(spec) as never as { components: { schemas: Record<string, object> } };

  expect(JSON.stringify(components)).not.toContain('allOf');
  expect(components.schemas.UnknownCustomerError).toMatchObject({
    required: ['type', 'message', 'param'],
    properties: { param: { const: 'customer', description: expect.stringContaining('Always `customer`.') } },
  });
});

test.each([
  ['data', { Pet: { examples: [{ allOf: [1] }], default: { allOf: [2] } } }],
  ['a schema that extends one with a discriminator', { Pet: { discriminator: {} }, Cat: { allOf: [ref('Pet'), {}] } }],
])('does not change %s', (_, schemas) => {
  expect(flattenSchemas(schemas)).toEqual(schemas);
});

test('flattens members whose names are keywords of data', () => {
  expect(flattenSchemas({ Pet: { properties: { example: { allOf: [{ type: 'string' }] } } } })).toEqual({
    Pet: { properties: { example: { type: 'string' } } },
  });
});

test('stops at a schema that contains itself', () => {
  const Tree = { allOf: [{ properties: { left: { allOf: [ref('Tree'), { title: 'Left' }] } } }] };

  expect(JSON.stringify(flattenSchemas({ Tree }))).toContain('"title":"Left"');
});

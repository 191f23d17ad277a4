import { asObject, type JsonObject } from '@firstofficer/openapi';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { replaceBooleanSchemas } from '../src/gate/booleans.ts';
import { listEdits } from '../src/gate/edits.ts';
import { isRewritten } from '../src/gate/equivalence.ts';

const SCHEMAS = `
    Name: { type: string, minLength: 1 }
    Same: { type: string, minLength: 1, description: The same. }
    Other: { type: string, minLength: 2 }
    Node: { type: object, properties: { next: { $ref: "#/components/schemas/Node" } } }
    Copy: { type: object, properties: { next: { $ref: "#/components/schemas/Copy" } } }
    List: { type: object, properties: { next: { $ref: "#/components/schemas/Other" } } }`;

function describe(item: string): JsonObject {
  return asObject(parse(`paths:\n  /a:\n    ${item}\ncomponents:\n  schemas:${SCHEMAS}\n`));
}

function describeSchema(schema: string): JsonObject {
  return describe(`get: { responses: { "200": { content: { application/json: { schema: ${schema} } } } } }`);
}

/** Returns whether all edits between two descriptions only rewrite them. */
function isSame(base: JsonObject, revision: JsonObject): boolean {
  const edits = listEdits(base, revision, { base: [], revision: [] });
  expect(edits).not.toEqual([]);
  return edits.every((edit) => isRewritten(edit, { base, revision }));
}

const ref = (name: string) => `{ $ref: "#/components/schemas/${name}" }`;

test.for([
  ['{ type: string, minLength: 1 }', ref('Name')],
  [ref('Name'), ref('Same')],
  [ref('Node'), ref('Copy')],
  [ref('Name'), `{ allOf: [${ref('Name')}] }`],
  [
    '{ type: object, properties: { title: { type: string } } }',
    '{ type: [object], properties: { title: { type: string } }, minProperties: 0 }',
  ],
  ['{ anyOf: [{ type: string, minLength: 1 }, { type: "null" }] }', '{ type: [string, "null"], minLength: 1 }'],
  ['{ const: 1 }', '{ enum: [1] }'],
  ['{ oneOf: [{ type: string }, { type: integer }] }', '{ oneOf: [{ type: integer }, { type: string }] }'],
])('%s is the same as %s', ([before = '', after = '']) => {
  expect(isSame(describeSchema(before), describeSchema(after))).toBe(true);
  expect(isSame(describeSchema(after), describeSchema(before))).toBe(true);
});

test.for([
  ['{ type: string }', ref('Name')],
  [ref('Name'), ref('Other')],
  [ref('Node'), ref('List')],
  [ref('Name'), `{ allOf: [${ref('Name')}], maxLength: 3 }`],
  [
    '{ type: object, properties: { title: { type: string } } }',
    '{ type: object, properties: { title: { type: integer } } }',
  ],
  ['{ type: object, properties: { title: { type: string } } }', '{ type: object, properties: {} }'],
  ['{ anyOf: [{ enum: [a], type: string }, { type: "null" }] }', '{ type: [string, "null"], enum: [a] }'],
  ['{ const: { title: a } }', '{ const: { title: b } }'],
  ['{ default: { a: 1 } }', '{ default: { a: 2 } }'],
  [
    `{ discriminator: { propertyName: kind }, oneOf: [${ref('Name')}] }`,
    `{ discriminator: { propertyName: kind }, oneOf: [${ref('Same')}] }`,
  ],
])('%s is not the same as %s', ([before = '', after = '']) => {
  expect(isSame(describeSchema(before), describeSchema(after))).toBe(false);
  expect(isSame(describeSchema(after), describeSchema(before))).toBe(false);
});

test.for([
  [true, 'parameters: [{ name: a, in: query }]', '', ''],
  [
    true,
    '',
    'parameters: [{ name: a, in: query, style: form, explode: true }]',
    'parameters: [{ name: a, in: query }]',
  ],
  [false, '', 'parameters: [{ name: a, in: query, explode: false }]', ''],
  [false, 'parameters: [{ name: a, in: query }]', 'parameters: [{ name: a, in: header }]', ''],
] as const)('parameters of a path are those of its operations (%s)', ([expected, shared, get, post]) => {
  const own = 'parameters: [{ name: a, in: query }]';
  const moved = `{ get: { ${get || own} }, post: { ${post || own} } }`;
  const base = shared === '' ? `{ get: { ${own} }, post: { ${own} } }` : `{ ${shared}, get: {}, post: {} }`;
  const write = (item: string) => asObject({ paths: { '/a': parse(item) } });
  expect(isSame(write(base), write(moved))).toBe(expected);
});

test('schemas that are true or false become objects, and no other values do', () => {
  const text = [
    'a:',
    '  schema: { items: false, additionalProperties: false, uniqueItems: true, not: true }',
    '  properties:',
    '    items: true',
    '    not: { type: boolean, default: true, enum: [true], example: { items: false } }',
    '  prefixItems: [true, {}]',
  ];
  expect(replaceBooleanSchemas(text.join('\n')).split('\n')).toEqual([
    'a:',
    '  schema: { items: {"not": {}}, additionalProperties: false, uniqueItems: true, not: {} }',
    '  properties:',
    '    items: {}',
    '    not: { type: boolean, default: true, enum: [true], example: { items: false } }',
    '  prefixItems: [{}, {}]',
  ]);
});

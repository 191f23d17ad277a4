import { expect, test } from 'vitest';
import { renderSchemaPage } from '../../src/markdown/bodies.ts';
import { kitchenSink, readPage, spec } from '../fixtures.ts';

const renderKitchenSink = (name: string) => readPage(renderSchemaPage(kitchenSink, name));
/** Renders the last schema, which may refer to the others. */
const renderLast = (schemas: object) =>
  readPage(renderSchemaPage({ components: { schemas } }, Object.keys(schemas).at(-1) ?? ''));

test('the members table has nested arrays, maps, tuples, patterns and variants', () => {
  expect(renderKitchenSink('Animal').tables).toEqual([
    [
      ['Name', 'Type', 'Required', 'Constraints', 'Description'],
      ['name', 'string', 'yes', '1 to 40 characters', 'What it is called.'],
      ['age', 'integer', 'yes', '0 to 200', 'In years.'],
      ['food', 'array of string', 'yes', 'at least 1 item, unique items', ''],
      ['food[]', 'string', '', 'matches a|b', ''],
      ['parents', 'array of Animal (object)', 'no', 'at most 2 items', ''],
      ['parents[]', 'Animal (object)', '', '', 'An animal.'],
      ['home', 'object or null', 'no', 'no other members', ''],
      ['home.cage', 'integer', 'no', 'only in responses', ''],
      ['home.free|range', 'boolean', 'no', 'deprecated', ''],
      ['marks', 'object', 'no', '', ''],
      ['marks.*', 'string', '', 'format date', ''],
      ['more', 'object', 'no', '', ''],
      ['more./^x-/', 'null', '', '', ''],
      ['place', 'array', 'no', '', ''],
      ['place[0]', 'number', '', '', ''],
      ['place[1]', 'number', '', '', ''],
      ['keeper', 'Keeper (Person (object) or Robot (object))', 'no', 'kind selects the variant (p is Person)', ''],
      ['keeper.kind', 'string', 'yes', 'in Person', ''],
      ['keeper.wage', 'integer', 'no', 'in Person, a multiple of 10', ''],
      ['keeper.volt', 'integer', 'no', 'in Robot, one of 110, 230', ''],
      ['exact', 'string', 'no', 'always "7"', ''],
    ],
  ]);
});

test('the examples of a schema are sections of its page', () => {
  expect(renderKitchenSink('Animal').blocks).toEqual([
    ['json', '{\n  "name": "Leo",\n  "age": 3,\n  "food": [\n    "a"\n  ]\n}'],
  ]);
});

test('the constraints of all parts of an allOf are merged', () => {
  const allOf = [
    { type: ['string', 'null'], minLength: 2, maxLength: 9, enum: ['ab', 'cd'], pattern: 'a' },
    { type: 'string', minLength: 1, maxLength: 5, enum: ['ab', 'ef'], pattern: 'b' },
  ];

  expect(renderLast({ One: { allOf } }).paragraphs).toEqual([
    'Type: One (string), one of ab, 2 to 5 characters, matches a, allOf: [{"pattern":"b"}]',
  ]);
});

test('keywords beside a reference are merged with its target', () => {
  const Size = { type: 'integer', minimum: 1, description: 'A size.' };
  const Shoe = { $ref: '#/components/schemas/Size', maximum: 50 };

  expect(renderLast({ Size, Shoe }).paragraphs).toEqual(['A size.', 'Type: Shoe (integer), 1 to 50']);
});

test.each([
  [true, 'any'],
  [false, 'any, not: {}'],
  [{ const: null }, 'null, always null'],
  [{ const: 'null' }, 'string, always "null"'],
  [{ enum: [1, 'a'] }, 'integer or string, one of 1, a'],
  [{ type: 'string', const: '' }, 'string, always ""'],
  [{ type: 'array', minItems: 2, maxItems: 2 }, 'array, exactly 2 items'],
  [
    { type: 'string', writeOnly: true, contentEncoding: 'base64' },
    'string, only in requests, contentEncoding: "base64"',
  ],
  [{ oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'number' } }] }, 'string or array of number'],
  [
    { type: 'string', oneOf: [{ title: 'Short', maxLength: 3 }, { title: 'Long' }] },
    'string, exactly one of Short, Long',
  ],
  [{ type: 'string', anyOf: [{ pattern: 'a' }] }, 'string, anyOf: [{"pattern":"a"}]'],
  [{ type: 'integer', exclusiveMaximum: 7, 'x-own': 1 }, 'integer, less than 7'],
])('the type and constraints of %j are "%s"', (schema, words) => {
  const [type] = renderLast({ One: schema }).paragraphs.slice(-1);

  expect(type?.replace('One (', '').replace(')', '')).toBe(`Type: ${words}`);
});

test('a schema that only refers to itself has the type any', () => {
  expect(renderKitchenSink('Loop').paragraphs).toEqual(['Type: Loop (any)']);
});

test('the members of a recursive object are listed only once', () => {
  const Tree = { type: 'object', properties: { left: { $ref: '#/components/schemas/Tree' } } };
  const members = renderLast({ Tree }).tables[0]?.map((cells) => cells.slice(0, 2));

  expect(members).toEqual([
    ['Name', 'Type'],
    ['left', 'Tree (object)'],
  ]);
});

test('every member of every schema of the spec is in the table', () => {
  const { schemas } = spec.components as { schemas: Record<string, { properties?: object }> };

  for (const [name, { properties = {} }] of Object.entries(schemas)) {
    const names = readPage(renderSchemaPage(spec, name)).tables[0]?.map(([member]) => member) ?? [];
    expect(names).toEqual(expect.arrayContaining(Object.keys(properties)));
  }
});

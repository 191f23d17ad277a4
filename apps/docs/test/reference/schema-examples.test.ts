import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../src/address.ts';
import { readContent, SOURCES } from '../../src/content/read-content.ts';
import { addSchemaExamples } from '../../src/reference/schema-examples.ts';
import { renderPages } from '../../src/site/pages.ts';
import { loadSiteReference } from '../../src/site/site-reference.ts';
import { readPage, spec } from '../fixtures.ts';

type Named<Item> = Record<string, Item>;

const components = spec.components as { schemas: Named<object>; examples: Named<{ value: Named<unknown> }> };
const content = await readContent(SOURCES);
const reference = await loadSiteReference(content, parseAddress('/'));
const pages = (await renderPages(reference, content, '/'))
  .filter(({ route }) => route.group === 'Reference')
  .map(({ route, markdown, content: { main } }) => ({
    ...route,
    markdown,
    document: parseHTML(`<html><body>${main.text}</body></html>`).document,
  }));
const schemaPages = pages.filter(({ kind }) => kind === 'schema');

const ajv = new Ajv2020({ strict: false, formats: { int64: true } }).addSchema(spec, 'spec');

/** Returns a value and all values nested in it. */
function listValues(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(listValues)] : [value];
}

/** All example values of the description, including nested values. */
function listExampleValues(node: unknown): unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'value' || key === 'example' ? listValues(value) : listExampleValues(value),
  );
}

const documented = new Set(listExampleValues(spec).map((value) => JSON.stringify(value)));

/** Returns the example values on a page: of bodies, parameters and headers. */
function listExamples({ document, markdown }: (typeof pages)[number]): string[] {
  const bodies = [...document.querySelectorAll('pre')].filter((pre) => !pre.closest('.samples'));
  const values = [...document.querySelectorAll('.example > code, .examples td:first-child > code')];
  const blocks = readPage(markdown).blocks.flatMap(([language, text]) => (language === 'json' ? [String(text)] : []));
  return [...[...bodies, ...values].map(({ textContent }) => textContent), ...blocks];
}

const compactJson = (json: string) => JSON.stringify(JSON.parse(json));

test('every schema has a page', () => {
  expect(schemaPages.map(({ key }) => key)).toEqual(Object.keys(components.schemas));
});

test.each(pages)('every example on /$path is an example value of the description', (page) => {
  const examples = listExamples(page);
  // The value of a header is not JSON.
  const isDocumented = (example: string) =>
    documented.has(JSON.stringify(example)) || documented.has(compactJson(example));

  expect(examples.length > 0 || page.kind === 'tag').toBe(true);
  expect(examples.filter((example) => !isDocumented(example))).toEqual([]);
});

test.each(schemaPages)('/$path shows one valid example, the same in HTML and Markdown', (page) => {
  const [sample = '', ...others] = [...page.document.querySelectorAll('pre')].map(({ textContent }) => textContent);

  expect(others).toEqual([]);
  expect(readPage(page.markdown).blocks).toEqual([['json', sample]]);
  expect([ajv.validate({ $ref: `spec#/components/schemas/${page.key}` }, JSON.parse(sample)), ajv.errors]).toEqual([
    true,
    null,
  ]);
});

test('the example of Customer is the first example of the operation, and that of Amount is one of its amounts', () => {
  const customer = components.examples.PayingCustomer?.value;
  const shown = Object.fromEntries(
    schemaPages.map(({ key, document }) => [key, JSON.parse(document.querySelector('pre')?.textContent ?? '')]),
  );

  expect(shown).toMatchObject({ Customer: customer, Amount: customer?.total_contract_value });
});

describe('adding examples to schemas', () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  /** Returns the schemas, with their examples, of a description with one response. */
  const addExamples = (schemas: object, schema: object, ...values: unknown[]) => {
    const examples = Object.fromEntries(values.map((value, index) => [index, { value }]));
    const response = { content: { 'application/json': { schema, examples } } };
    return addSchemaExamples({ components: { responses: { Ok: response }, schemas } }).components.schemas;
  };

  test('takes examples from nested objects, arrays and parts of an allOf', () => {
    const schemas = {
      List: { properties: { pets: { type: 'array', items: ref('Pet') } } },
      Pet: { allOf: [ref('Named'), { properties: { owner: ref('Owner') } }] },
      Named: { properties: { name: { type: 'string' } } },
      Owner: { type: 'object' },
    };
    const leo = { name: 'Leo', owner: { id: 1 } };

    expect(addExamples(schemas, ref('List'), { pets: [leo, { name: 'Rex' }] })).toMatchObject({
      List: { examples: [{ pets: [leo, { name: 'Rex' }] }] },
      Pet: { examples: [leo] },
      Named: { examples: [leo] },
      Owner: { examples: [{ id: 1 }] },
    });
  });

  test('keeps the examples that a schema has', () => {
    const schemas = {
      Pet: { examples: [{ name: 'Rex' }], properties: { age: { example: 3 }, kind: { const: 'dog' } } },
    };

    expect(addExamples(schemas, ref('Pet'), { name: 'Leo', age: 2, kind: 'dog' })).toEqual(schemas);
  });

  test('takes the first value that is not null for each scalar member of a body', () => {
    const Pet = { properties: { age: ref('Age'), chip: {}, toy: { type: 'object' } } };

    expect(
      addExamples({ Pet, Age: {} }, ref('Pet'), { age: 2, chip: null, toy: {} }, { age: 3, chip: 7 }),
    ).toMatchObject({
      Pet: { properties: { age: { ...ref('Age'), example: 2 }, chip: { example: 7 }, toy: { type: 'object' } } },
      Age: { example: 2 },
    });
  });

  test('stops where a recursive object has no value', () => {
    const Tree = { properties: { left: ref('Tree') } };

    expect(addExamples({ Tree }, ref('Tree'), { left: { left: {} } })).toEqual({
      Tree: { ...Tree, examples: [{ left: { left: {} } }] },
    });
  });

  test('fails with the names of the schemas without an example', () => {
    expect(() => addExamples({ Pet: {}, Toy: {}, Owner: {} }, ref('Pet'), {})).toThrow(
      'no example of Toy, Owner. Add an example to a body, parameter or header that uses the schema, or "examples"',
    );
  });
});

import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { findResponse, loadDescription } from '../src/index.ts';
import { createOperation } from '../src/testing.ts';
import { writeDescription as write } from './write-description.ts';

const PETS = `
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
security: [{ key: [] }]
paths:
  /pets/{id}:
    parameters:
      - { name: id, in: path, required: true }
      - { name: lang, in: query }
    get:
      operationId: getPet
      parameters: [{ name: lang, in: query, required: true }]
      responses: { '200': { $ref: '#/components/responses/Pet' } }
    delete:
      security: []
      responses: { '204': { description: Gone. } }
components:
  responses: { Pet: { description: A pet. } }
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    unused: { type: http, scheme: basic }
`;

test('lists every operation with its parameters, and with its references resolved', async () => {
  const { operations } = await loadDescription(await write(PETS));

  expect(operations.map(({ id, method, path }) => [id, method, path])).toEqual([
    ['getPet', 'GET', '/pets/{id}'],
    ['DELETE /pets/{id}', 'DELETE', '/pets/{id}'],
  ]);
  expect(operations[0]).toMatchObject({
    parameters: [
      { name: 'id', in: 'path', required: true },
      { name: 'lang', in: 'query', required: true },
    ],
    responses: { '200': { description: 'A pet.' } },
  });
});

test('an operation has its own security schemes, those of the document, or none', async () => {
  const { operations } = await loadDescription(await write(PETS));

  expect(operations.map(({ security }) => security.map(Object.keys))).toEqual([[['key']], []]);
});

test('reads from a file: URL', async () => {
  const { operations } = await loadDescription(pathToFileURL(await write(PETS)));

  expect(operations).toHaveLength(2);
});

test('rejects a security scheme that is required but not defined', async () => {
  const text = PETS.replace('[{ key: [] }]', '[{ kye: [] }]');

  await expect(loadDescription(await write(text))).rejects.toThrow('requires the security scheme "kye"');
});

test('the error for a missing file contains its path', async () => {
  await expect(loadDescription('no-such.yaml')).rejects.toThrow('no-such.yaml');
});

test('an operation has its request body', async () => {
  const text = PETS.replace('security: []', "requestBody: { $ref: '#/components/requestBodies/Reason' }").replace(
    'components:',
    'components:\n  requestBodies: { Reason: { required: true, content: { text/plain: {} } } }',
  );
  const { operations } = await loadDescription(await write(text));

  expect(operations.map(({ requestBody }) => requestBody)).toEqual([
    undefined,
    { required: true, content: { 'text/plain': {} } },
  ]);
});

test('resolves a reference to another file, even if it contains a circular reference', async () => {
  const file = await write(
    `
openapi: 3.1.0
info: { title: Trees, version: 1.0.0 }
paths: { '/trees/{id}': { $ref: './trees.yaml#/item' } }
`,
    {
      'trees.yaml': `
item:
  get: { responses: { '200': { description: A tree., content: { application/json: { schema: { $ref: '#/Tree' } } } } } }
Tree: { type: object, properties: { branches: { type: array, items: { $ref: '#/Tree' } } } }
`,
    },
  );
  const { operations, locate } = await loadDescription(file);
  const [get] = operations;

  expect(get?.id).toBe('GET /trees/{id}');
  // The circular reference points into this document, so readers of the schema can follow it.
  expect(get?.responses['200']?.content?.['application/json']?.schema).toMatchObject({
    properties: { branches: { items: { $ref: expect.stringMatching(/^#\/paths\//) } } },
  });
  expect(locate(get?.definition ?? {}).line).toBe(4);
});

test('resolves a response, a parameter and a body whose schema is recursive', async () => {
  const { operations, document } = await loadDescription(
    await write(`
openapi: 3.1.0
info: { title: Trees, version: 1.0.0 }
paths:
  /trees:
    post:
      parameters: [{ $ref: '#/components/parameters/Tree' }]
      requestBody: { $ref: '#/components/requestBodies/Tree' }
      responses: { '200': { $ref: '#/components/responses/Tree' } }
components:
  parameters: { Tree: { name: tree, in: query, content: { a/b: { schema: { $ref: '#/components/schemas/Tree' } } } } }
  requestBodies: { Tree: { content: { a/b: { schema: { $ref: '#/components/schemas/Tree' } } } } }
  responses: { Tree: { description: A tree., content: { a/b: { schema: { $ref: '#/components/schemas/Garden' } } } } }
  schemas:
    Garden: { properties: { tree: { $ref: '#/components/schemas/Tree' }, leaf: { $ref: '#/components/schemas/Leaf' } } }
    Tree: { properties: { branches: { items: { $ref: '#/components/schemas/Branch' } } } }
    Branch: { properties: { of: { $ref: '#/components/schemas/Tree' }, leaf: { $ref: '#/components/schemas/Leaf' } } }
    Leaf: { type: string }
`),
  );
  const [{ parameters, requestBody, responses } = createOperation()] = operations;
  // Only the references that are part of the cycle stay.
  const tree = { properties: { branches: { items: { $ref: '#/components/schemas/Branch' } } } };

  expect(parameters[0]?.content?.['a/b']?.schema).toEqual(tree);
  expect(requestBody?.content?.['a/b']?.schema).toEqual(tree);
  expect(responses['200']?.content?.['a/b']?.schema).toEqual({ properties: { tree, leaf: { type: 'string' } } });
  expect(document.components).toHaveProperty('schemas.Branch.properties', {
    of: { $ref: '#/components/schemas/Tree' },
    leaf: { type: 'string' },
  });
});

test.each([
  ['a tree', (index: number) => [2 * index + 1, 2 * index + 2]],
  ['a net with cycles', (index: number) => [7 * index, 13 * index + 1, 5 * index + 3].map((one) => one % 600)],
  ['a net without cycles', (index: number) => [index + 1, index + 2, index + 3]],
])('loads %s of 600 schemas', async (_, refer) => {
  const schemas = Array.from({ length: 600 }, (__, index) => ({
    properties: Object.fromEntries(
      refer(index)
        .filter((target) => target < 600)
        .map((target) => [`p${target}`, { $ref: `#/components/schemas/S${target}` }]),
    ),
  }));
  const description = {
    openapi: '3.1.0',
    paths: {
      '/s': { get: { responses: { 200: { content: { 'a/b': { schema: { $ref: '#/components/schemas/S0' } } } } } } },
    },
    components: { schemas: Object.fromEntries(schemas.map((schema, index) => [`S${index}`, schema])) },
  };

  const { operations } = await loadDescription(await write(JSON.stringify(description)));
  expect(operations).toHaveLength(1);
});

test('ignores extensions and empty path items, and lists webhooks apart', async () => {
  const { operations, webhooks } = await loadDescription(
    await write(`
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  x-owner: pets
  /pets:
  /cats: { get: { responses: { '200': { description: Cats. }, x-cached: true } } }
webhooks: { born: { post: { responses: { '200': { description: Seen. } } } } }
`),
  );

  expect(operations.map(({ id, responses }) => [id, Object.keys(responses)])).toEqual([['GET /cats', ['200']]]);
  expect(webhooks).toEqual(['born']);
});

test('empty members are empty objects, except in examples and schemas', async () => {
  const { operations } = await loadDescription(
    await write(`
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
    put: { responses: }
    post:
      requestBody: { content: { application/json: } }
      responses:
        200:
        201: { content: { text/plain:, application/json: { example: null, schema: { default: null } } }, headers: { X-A: } }
  /empty:
`),
  );

  expect(operations.map(({ id, responses, requestBody }) => [id, responses, requestBody])).toEqual([
    ['GET /pets', {}, undefined],
    ['PUT /pets', {}, undefined],
    [
      'POST /pets',
      {
        200: {},
        201: {
          content: { 'text/plain': {}, 'application/json': { example: null, schema: { default: null } } },
          headers: { 'X-A': {} },
        },
      },
      { content: { 'application/json': {} } },
    ],
  ]);
});

test.each(['', 'text', '# a comment', '<html></html>'])('%j is not a description', async (text) => {
  await expect(loadDescription(await write(text))).rejects.toThrow(/openapi\.yaml is not an OpenAPI description/);
});

test('ignores a header parameter named Accept, which OpenAPI describes in another way', async () => {
  const text = PETS.replace('- { name: lang, in: query }', '- { name: Accept, in: header, required: true }');
  const { operations } = await loadDescription(await write(text));

  expect(operations[1]?.parameters.map(({ name }) => name)).toEqual(['id']);
});

test('ignores an optional If-None-Match of a GET, which every GET can have', async () => {
  const withParameter = async (parameter: string) => {
    const { operations } = await loadDescription(
      await write(PETS.replace('{ name: lang, in: query, required: true }', parameter)),
    );
    return operations[0]?.parameters.map(({ name }) => name);
  };

  expect(await withParameter('{ name: if-none-match, in: header }')).not.toContain('if-none-match');
  expect(await withParameter('{ name: If-None-Match, in: header, required: true }')).toContain('If-None-Match');
  expect(await withParameter('{ name: If-None-Match, in: query }')).toContain('If-None-Match');
});

const documenting = (...statuses: readonly string[]) =>
  createOperation({ responses: Object.fromEntries(statuses.map((status) => [status, { description: status }])) });

test.each([
  ['the status itself', ['404', '4XX', 'default'], '404'],
  ['its class', ['400', '4XX', '5XX', 'default'], '4XX'],
  ['its class in lowercase', ['4xx', 'default'], '4xx'],
  ['the default', ['400', '5XX', 'default'], 'default'],
])('the response for 404 is that of %s', (_, statuses, expected) => {
  expect(findResponse(documenting(...statuses), 404)).toEqual({
    status: expected,
    response: { description: expected },
  });
});

test('other statuses and classes do not document 404', () => {
  expect(findResponse(documenting('200', '403', '5XX'), 404)).toBeUndefined();
});

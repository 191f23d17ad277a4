import { describe, expect, test } from 'vitest';
import { asObject, type JsonSchema, loadDescription, resolvePointer } from '../src/index.ts';
import { writeDescription } from './write-description.ts';

const load = async (text: string) => loadDescription(await writeDescription(text));

/** Returns a schema of an OpenAPI 3.0 description as it is after loading. */
async function upgradeSchema(schema: object, version = '3.0.3'): Promise<JsonSchema | undefined> {
  const { operations } = await load(
    JSON.stringify({
      openapi: version,
      info: { title: 'Pets', version: '1.0.0' },
      paths: { '/pets': { get: { responses: { 200: { content: { 'application/json': { schema } } } } } } },
      components: { schemas: { Pet: { type: 'object' } } },
    }),
  );
  return operations[0]?.responses['200']?.content?.['application/json']?.schema;
}

describe('a schema of OpenAPI 3.0', () => {
  test.each<[string, object, object]>([
    ['a nullable type', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    ['a type that is not nullable', { type: 'string', nullable: false }, { type: 'string' }],
    [
      'a nullable enum',
      { type: 'string', nullable: true, enum: ['a'] },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    [
      'a nullable enum with null',
      { type: 'string', nullable: true, enum: [null] },
      { type: ['string', 'null'], enum: [null] },
    ],
    ['nullable without a type', { nullable: true, description: 'Any.' }, { description: 'Any.' }],
    [
      'a nullable composition',
      { allOf: [{ type: 'object' }], nullable: true, description: 'A pet.', readOnly: true },
      { anyOf: [{ allOf: [{ type: 'object' }] }, { type: 'null' }], description: 'A pet.', readOnly: true },
    ],
    [
      'a nullable reference',
      { $ref: '#/components/schemas/Pet', nullable: true },
      { anyOf: [{ type: 'object' }, { type: 'null' }] },
    ],
    [
      'a member that restricts beside a reference, which OpenAPI 3.0 ignores',
      { $ref: '#/components/schemas/Pet', minProperties: 9, readOnly: true },
      { type: 'object', readOnly: true },
    ],
    ['an exclusive minimum', { minimum: 1, exclusiveMinimum: true }, { exclusiveMinimum: 1 }],
    ['an exclusive maximum', { maximum: 9, exclusiveMaximum: true }, { exclusiveMaximum: 9 }],
    ['an inclusive minimum', { minimum: 1, exclusiveMinimum: false }, { minimum: 1 }],
    ['exclusive without a limit', { exclusiveMaximum: true }, {}],
    [
      'nested schemas',
      { type: 'array', items: { properties: { tag: { type: 'integer', nullable: true } } } },
      { type: 'array', items: { properties: { tag: { type: ['integer', 'null'] } } } },
    ],
    [
      'properties that are named like keywords',
      {
        properties: { nullable: { type: 'boolean' }, exclusiveMinimum: { type: 'boolean' }, $ref: { type: 'string' } },
      },
      {
        properties: { nullable: { type: 'boolean' }, exclusiveMinimum: { type: 'boolean' }, $ref: { type: 'string' } },
      },
    ],
    [
      'examples and extensions with members that are named like keywords',
      { type: 'object', example: { nullable: true }, default: { nullable: true }, 'x-a': { nullable: true } },
      { type: 'object', example: { nullable: true }, default: { nullable: true }, 'x-a': { nullable: true } },
    ],
  ])('with %s', async (_, schema, expected) => {
    expect(await upgradeSchema(schema)).toEqual(expected);
  });

  test('is unchanged in OpenAPI 3.1', async () => {
    const schema = { type: 'string', nullable: true, exclusiveMinimum: true };

    expect(await upgradeSchema(schema, '3.1.0')).toEqual(schema);
  });
});

test('every schema of an OpenAPI 3.0 description is upgraded, and has its location', async () => {
  const { operations, locate, document } = await load(`openapi: 3.0.3
info: { title: Pets, version: 1.0.0 }
paths:
  /pets/{id}:
    parameters:
      - name: id
        in: path
        schema: { type: string, nullable: true }
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Pet' }
      responses:
        default:
          description: A pet.
          headers: { X-Age: { schema: { minimum: 1, exclusiveMinimum: true } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
      callbacks: { born: { '{$request.body#/url}': { post: { parameters: [{ schema: { nullable: true } }] } } } }
components:
  schemas:
    Pet:
      type: object
      properties:
        parent: { $ref: '#/components/schemas/Pet' }
        name:
          type: string
          nullable: true
`);
  const [operation] = operations;
  const name = asObject(resolvePointer('/components/schemas/Pet/properties/name', document));

  expect(document.openapi).toBe('3.1.2');
  expect(operation?.parameters[0]?.schema).toEqual({ type: ['string', 'null'] });
  expect(operation?.responses.default?.headers?.['X-Age']?.schema).toEqual({ exclusiveMinimum: 1 });
  expect(JSON.stringify(operation?.definition)).not.toContain('nullable');
  expect(name).toEqual({ type: ['string', 'null'] });
  expect(locate(name, 'type')).toMatchObject({ pointer: '/components/schemas/Pet/properties/name/type', line: 27 });
});

test('OpenAPI 3.2 has the method QUERY, and other methods', async () => {
  const { operations } = await load(`openapi: 3.2.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    query: { operationId: searchPets, responses: {} }
    additionalOperations: { LINK: { operationId: linkPets, responses: {} } }
`);

  expect(operations.map(({ id, method, path }) => [id, method, path])).toEqual([
    ['searchPets', 'QUERY', '/pets'],
    ['linkPets', 'LINK', '/pets'],
  ]);
});

test('a query string of OpenAPI 3.2 in the format of forms is a query parameter', async () => {
  const schema = { type: 'object', properties: { tag: { type: 'string' } } };
  const parameter = (mediaType: string) => ({ name: 'q', in: 'querystring', content: { [mediaType]: { schema } } });
  const { operations } = await load(
    JSON.stringify({
      openapi: '3.2.0',
      paths: {
        '/form': { get: { parameters: [parameter('application/x-www-form-urlencoded')] } },
        '/json': { get: { parameters: [parameter('application/json')] } },
      },
    }),
  );

  expect(operations.map(({ parameters }) => parameters)).toEqual([
    [{ name: 'q', in: 'query', style: 'form', explode: true, schema }],
    [parameter('application/json')],
  ]);
});

test('an example of OpenAPI 3.2 has its data value', async () => {
  const { operations } = await load(`openapi: 3.2.0
paths:
  /pets: { get: { parameters: [{ name: tag, in: query, examples: { cats: { dataValue: cat } } }] } }
`);

  expect(operations[0]?.parameters[0]?.examples).toEqual({ cats: { value: 'cat' } });
});

test.each([
  [
    'OpenAPI 4',
    'openapi: 4.0.0',
    /openapi\.yaml is not an OpenAPI description: .* must begin with 3\.0\., 3\.1\. or 3\.2/,
  ],
  ['no version', 'info: {}', /is not an OpenAPI description/],
  ['Swagger', "swagger: '2.0'", /is a Swagger 2\.0 description\. Convert it to OpenAPI 3 first/],
])('rejects %s', async (_, text, message) => {
  await expect(load(text)).rejects.toThrow(message);
});

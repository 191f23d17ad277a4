import { expect, test } from 'vitest';
import { loadDescription } from '../src/index.ts';
import { writeDescription } from './write-description.ts';

const load = async (text: string, others?: Readonly<Record<string, string>>) =>
  loadDescription(await writeDescription(text, others));

const start = 'openapi: 3.1.0\ninfo: { title: Pets, version: 1.0.0 }\n';

test.each([
  ['a missing file', './missing.yaml'],
  ['a missing definition', '#/components/schemas/Missing'],
  ['an unknown host', 'https://missing.invalid/pets.yaml'],
  ['something that is no URL', 'http://['],
])('ignores a reference to %s in an extension, and keeps it as it is written', async (_, $ref) => {
  const { document, operations } = await load(`${start}
x-owner: { $ref: '${$ref}', list: [{ $ref: '${$ref}' }] }
paths:
  /pets:
    get:
      x-handler: { $ref: '${$ref}' }
      responses: { '200': { description: Pets., x-cache: { deep: { $ref: '${$ref}' } } } }
`);

  expect(operations[0]).toMatchObject({
    definition: { 'x-handler': { $ref } },
    responses: { '200': { 'x-cache': { deep: { $ref } } } },
  });
  expect(document['x-owner']).toEqual({ $ref, list: [{ $ref }] });
  expect(Object.keys(document)).toEqual(['openapi', 'info', 'x-owner', 'paths']);
});

test('ignores a reference in an extension of another file', async () => {
  const { operations } = await load(`${start}paths: { /pets: { $ref: 'pets.yaml#/pets' } }`, {
    'pets.yaml': `pets: { get: { x-handler: { $ref: './missing.yaml' }, responses: { '200': { description: Pets. } } } }`,
  });

  expect(operations[0]?.definition).toMatchObject({ 'x-handler': { $ref: './missing.yaml' } });
});

test('an extension stays beside a reference whose members are merged', async () => {
  const { operations } = await load(`${start}
paths:
  /pets:
    get:
      responses: { '200': { $ref: '#/components/responses/Pets', description: Other pets. } }
components: { responses: { Pets: { description: Pets., x-cache: { $ref: './missing.yaml' } } } }
`);

  expect(operations[0]?.responses['200']).toEqual({
    description: 'Other pets.',
    'x-cache': { $ref: './missing.yaml' },
  });
});

test.each([
  ['a header', "headers: { x-rate-limit: { $ref: '#/components/headers/Rate' } }", ['headers', 'x-rate-limit']],
  [
    'a property',
    "content: { a/b: { schema: { properties: { x-rate: { $ref: '#/components/headers/Rate' } } } } }",
    ['content', 'a/b', 'schema', 'properties', 'x-rate'],
  ],
])('resolves a reference in %s whose name begins with x-', async (_, members, path) => {
  const { operations } = await load(`${start}
paths: { /pets: { get: { responses: { '200': { description: Pets., ${members} } } } } }
components: { headers: { Rate: { description: Requests per hour. } } }
`);

  expect(operations[0]?.responses['200']).toHaveProperty(path, { description: 'Requests per hour.' });
});

test('a property that is named like a map has extensions', async () => {
  const { operations } = await load(`${start}
paths:
  /pets:
    get:
      responses:
        '200':
          description: Pets.
          content: { a/b: { schema: { properties: { headers: { x-shown: { $ref: './missing.yaml' } } } } } }
`);

  expect(operations[0]?.responses['200']?.content?.['a/b']?.schema).toEqual({
    properties: { headers: { 'x-shown': { $ref: './missing.yaml' } } },
  });
});

test('resolves references into an extension, and references there', async () => {
  const { operations } = await load(`${start}
x-shared:
  Pets: { description: Pets., content: { a/b: { schema: { $ref: '#/x-shared/Pet' } } } }
  Pet: { type: object }
paths: { /pets: { get: { responses: { '200': { $ref: '#/x-shared/Pets' } } } } }
`);

  expect(operations[0]?.responses['200']?.content?.['a/b']?.schema).toEqual({ type: 'object' });
});

test('the error for a missing file outside of extensions stays', async () => {
  await expect(load(`${start}paths: { /pets: { $ref: './missing.yaml' } }`)).rejects.toThrow('missing.yaml');
});

import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { loadDescription } from '../src/index.ts';
import { temporaryFile } from './temporary-folder.ts';

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

const write = (text: string) => temporaryFile('openapi.yaml', text);

test('lists every operation with its references resolved', async () => {
  const { operations } = await loadDescription(await write(PETS));

  expect(operations.map(({ id, method, path }) => [id, method, path])).toEqual([
    ['getPet', 'GET', '/pets/{id}'],
    ['DELETE /pets/{id}', 'DELETE', '/pets/{id}'],
  ]);
  expect(operations[0]?.responses).toEqual({ '200': { description: 'A pet.' } });
});

test("an operation has its path's parameters, its own of the same name first", async () => {
  const { operations } = await loadDescription(await write(PETS));

  expect(operations[0]?.parameters).toEqual([
    { name: 'id', in: 'path', required: true },
    { name: 'lang', in: 'query', required: true },
  ]);
});

test('an operation has the security schemes it names, or those of the document, or none', async () => {
  const { operations } = await loadDescription(await write(PETS));

  expect(operations.map(({ security }) => security.map(Object.keys))).toEqual([[['key']], []]);
});

test('reads from a file: URL', async () => {
  const { operations } = await loadDescription(pathToFileURL(await write(PETS)));

  expect(operations).toHaveLength(2);
});

test('refuses another version of OpenAPI', async () => {
  await expect(loadDescription(await write('openapi: 3.0.3\npaths: {}'))).rejects.toThrow(
    'is not an OpenAPI 3.1 description',
  );
});

test('refuses a file that is not there, naming it', async () => {
  await expect(loadDescription('no-such.yaml')).rejects.toThrow('no-such.yaml');
});

test('refuses a security scheme that is required and not defined', async () => {
  const text = PETS.replace('[{ key: [] }]', '[{ kye: [] }]');

  await expect(loadDescription(await write(text))).rejects.toThrow('requires the security scheme "kye"');
});

test('an operation has the body that requests to it have', async () => {
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

import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Description, loadDescription } from '../src/index.ts';

const PETS = `openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets/{id}:
    get:
      parameters:
        - name: id
          in: path
        - $ref: "#/components/parameters/Language"
      responses:
        "200":
          description: A pet.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Pet" }
        "404":
          $ref: "#/components/responses/None"
          description: None, with its own description.
components:
  parameters:
    Language: { name: lang, in: query }
  responses:
    None:
      description: None.
      content: {}
  schemas:
    Pet:
      type: object
      required:
        - name
      properties:
        a/b~c: { type: string }
`;

/** Returns the line number of the first occurrence of a text. */
const lineOf = (source: string, text: string) => source.slice(0, source.indexOf(text)).split('\n').length;

const responseOf = ({ operations }: Description, status: string) => operations[0]?.responses[status] ?? {};
const schemaOf = (description: Description) =>
  description.operations[0]?.responses['200']?.content?.['application/json']?.schema ?? {};

const asJson = JSON.stringify(
  { openapi: '3.1.0', paths: { '/': { get: { responses: { 200: { description: '…' } } } } } },
  null,
  2,
);

/** Writes a file and other files into a temporary folder, and returns the path of the file. */
async function write(name: string, text: string, others: Readonly<Record<string, string>> = {}): Promise<string> {
  return join(await createTemporaryFolder({ onTestFinished }, { [name]: text, ...others }), name);
}

async function load(): Promise<Description> {
  return loadDescription(await write('openapi.yaml', PETS));
}

describe('locate', () => {
  test('returns the pointer of an object and the line of its name', async () => {
    const description = await load();

    expect(description.locate(responseOf(description, '200'))).toEqual({
      file: expect.stringMatching(/openapi\.yaml$/),
      pointer: '/paths/~1pets~1{id}/get/responses/200',
      line: lineOf(PETS, '"200"'),
    });
  });

  test('returns line 1 for the whole description', async () => {
    const { locate, document } = await load();

    expect(locate(document)).toMatchObject({ pointer: '', line: 1 });
  });

  test('returns the location of a member below its object', async () => {
    const description = await load();

    expect(description.locate(responseOf(description, '200'), 'content', 'application/json')).toMatchObject({
      pointer: '/paths/~1pets~1{id}/get/responses/200/content/application~1json',
      line: lineOf(PETS, 'application/json'),
    });
  });

  test('returns the nearest existing parent of a member that does not exist', async () => {
    const description = await load();

    expect(description.locate(responseOf(description, '200'), 'headers', 'Allow')).toMatchObject({
      pointer: '/paths/~1pets~1{id}/get/responses/200',
      line: lineOf(PETS, '"200"'),
    });
  });

  test('returns the definition of a referenced object', async () => {
    const description = await load();

    expect(description.locate(schemaOf(description), 'required')).toMatchObject({
      pointer: '/components/schemas/Pet/required',
      line: lineOf(PETS, 'required:'),
    });
  });

  test('escapes slashes and tildes in names', async () => {
    const description = await load();

    expect(description.locate(schemaOf(description), 'properties', 'a/b~c')).toMatchObject({
      pointer: '/components/schemas/Pet/properties/a~1b~0c',
      line: lineOf(PETS, 'a/b~c'),
    });
  });

  test('uses the index of an array item', async () => {
    const description = await load();
    const [id, language] = description.operations[0]?.parameters ?? [];

    expect(description.locate(id ?? {})).toMatchObject({
      pointer: '/paths/~1pets~1{id}/get/parameters/0',
      line: lineOf(PETS, '- name: id'),
    });
    expect(description.locate(language ?? {})).toMatchObject({ pointer: '/components/parameters/Language' });
    expect(description.locate(schemaOf(description), 'required', '0')).toMatchObject({
      pointer: '/components/schemas/Pet/required/0',
      line: lineOf(PETS, '- name\n'),
    });
  });

  test('returns the reference if it overrides a member, because the members have two locations', async () => {
    const description = await load();
    const missing = responseOf(description, '404');

    expect(missing).toEqual({ description: 'None, with its own description.', content: {} });
    expect(description.locate(missing, 'description')).toMatchObject({
      pointer: '/paths/~1pets~1{id}/get/responses/404/description',
      line: lineOf(PETS, 'description: None, with its own'),
    });
    expect(description.locate(missing, 'content')).toMatchObject({
      pointer: '/paths/~1pets~1{id}/get/responses/404',
      line: lineOf(PETS, '"404"'),
    });
  });

  test('returns the reference to another file for an object that the file defines', async () => {
    const text = PETS.replace('#/components/schemas/Pet', 'schemas.yaml#/Pet');
    const file = await write('openapi.yaml', text, { 'schemas.yaml': 'Pet: { type: object }' });
    const description = await loadDescription(file);

    expect(schemaOf(description)).toEqual({ type: 'object' });
    expect(description.locate(schemaOf(description), 'type')).toEqual({
      file,
      pointer: '/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema',
      line: lineOf(text, 'schemas.yaml#/Pet'),
    });
  });

  test('returns line 1 for an object that is not in the description', async () => {
    const { locate } = await load();

    expect(locate({}, 'no', 'such')).toMatchObject({ pointer: '', line: 1 });
  });

  test.each([
    ['on many lines', asJson],
    ['on one line', asJson.replaceAll(/\s+/g, '')],
  ])('finds an object in JSON %s', async (_, text) => {
    const description = await loadDescription(await write('openapi.json', text));

    expect(description.locate(responseOf(description, '200'), 'description')).toMatchObject({
      pointer: '/paths/~1/get/responses/200/description',
      line: lineOf(text, '"description"'),
    });
  });
});

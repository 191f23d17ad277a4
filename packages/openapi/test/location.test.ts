import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { afterAll, describe, expect, test } from 'vitest';
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
  return join(await createTemporaryFolder({ onTestFinished: afterAll }, { [name]: text, ...others }), name);
}

const description = await loadDescription(await write('openapi.yaml', PETS));
const ok = responseOf(description, '200');
const overridden = responseOf(description, '404');
const schema = schemaOf(description);
const [id = {}, language = {}] = description.operations[0]?.parameters ?? [];
const GET = '/paths/~1pets~1{id}/get';

describe('locate returns', () => {
  test.each<[string, object, string[], pointer: string, line: string]>([
    ['the pointer of an object and the line of its name', ok, [], `${GET}/responses/200`, '"200"'],
    ['line 1 for the whole description', description.document, [], '', 'openapi'],
    [
      'the location of a member below its object',
      ok,
      ['content', 'application/json'],
      `${GET}/responses/200/content/application~1json`,
      'application/json',
    ],
    ['the nearest parent of a member that does not exist', ok, ['headers', 'Allow'], `${GET}/responses/200`, '"200"'],
    ['the definition of a referenced object', schema, ['required'], '/components/schemas/Pet/required', 'required:'],
    [
      'a pointer with escaped slashes and tildes',
      schema,
      ['properties', 'a/b~c'],
      '/components/schemas/Pet/properties/a~1b~0c',
      'a/b~c',
    ],
    ['the index of an array item', id, [], `${GET}/parameters/0`, '- name: id'],
    ['the definition of a referenced array item', language, [], '/components/parameters/Language', 'Language: {'],
    ['the index of a member in an array', schema, ['required', '0'], '/components/schemas/Pet/required/0', '- name\n'],
    [
      'the member that overrides one of a reference',
      overridden,
      ['description'],
      `${GET}/responses/404/description`,
      'description: None, with its own',
    ],
    [
      'the reference for its other members, because they have two locations',
      overridden,
      ['content'],
      `${GET}/responses/404`,
      '"404"',
    ],
    ['line 1 for an object that is not in the description', {}, ['no', 'such'], '', 'openapi'],
  ])('%s', (_, object, members, pointer, line) => {
    expect(description.locate(object, ...members)).toEqual({
      file: expect.stringMatching(/openapi\.yaml$/),
      pointer,
      line: lineOf(PETS, line),
    });
  });

  test('the reference to another file for an object that the file defines', async () => {
    const text = PETS.replace('#/components/schemas/Pet', 'schemas.yaml#/Pet');
    const file = await write('openapi.yaml', text, { 'schemas.yaml': 'Pet: { type: object }' });
    const split = await loadDescription(file);

    expect(schemaOf(split)).toEqual({ type: 'object' });
    expect(split.locate(schemaOf(split), 'type')).toEqual({
      file,
      pointer: '/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema',
      line: lineOf(text, 'schemas.yaml#/Pet'),
    });
  });

  test.each([
    ['on many lines', asJson],
    ['on one line', asJson.replaceAll(/\s+/g, '')],
  ])('the location in JSON %s', async (_, text) => {
    const json = await loadDescription(await write('openapi.json', text));

    expect(json.locate(responseOf(json, '200'), 'description')).toMatchObject({
      pointer: '/paths/~1/get/responses/200/description',
      line: lineOf(text, '"description"'),
    });
  });
});

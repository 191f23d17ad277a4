import { expect, test } from 'vitest';
import { type Edit, listEdits } from '../../src/gate/edits.ts';
import type { Change, Step } from '../../src/gate/step.ts';
import { describeChanges } from '../../src/impact/words.ts';

const PETS = {
  info: { title: 'Pets', version: '1.0.0', description: 'Pets.' },
  servers: [{ url: 'https://pets.example.com' }],
  paths: {
    '/pets/{pet}': {
      get: {
        operationId: 'retrievePet',
        description: 'Retrieves a pet.',
        parameters: [{ name: 'pet', in: 'path', required: true, schema: { type: 'string', maxLength: 10 } }],
        responses: {
          200: {
            headers: { ETag: { $ref: '#/components/headers/ETag' } },
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Pet' },
                examples: { dog: { $ref: '#/components/examples/Dog' } },
              },
            },
          },
          404: { $ref: '#/components/responses/UnknownPet' },
        },
      },
    },
  },
  components: {
    headers: { ETag: { description: 'Identifies the content.', schema: { type: 'string' } } },
    responses: {
      UnknownPet: {
        description: 'Unknown.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
      },
    },
    examples: { Dog: { value: { name: 'Rex' } } },
    schemas: {
      Pet: {
        required: ['name'],
        properties: {
          name: { type: 'string' },
          kind: { enum: ['dog', 'cat'] },
          owner: { $ref: '#/components/schemas/Owner' },
          tags: { type: 'array', items: { properties: { color: { type: 'string' } } } },
        },
      },
      Owner: { properties: { name: { type: 'string' } } },
      Failure: { properties: { message: { type: 'string' } } },
    },
  },
};

/** Returns the changes between the description and a revision. */
function listChanges(revision: object, rate: (edit: Edit) => Step = () => 'patch'): Change[] {
  return listEdits(PETS, revision, { base: [], revision: [] }).map((edit) => {
    const rating = { tool: 'gate', ruleId: 'rule', step: rate(edit), message: 'x' } as const;
    return { ...rating, location: { file: 'pets.yaml', pointer: '', line: 1 }, ratings: [rating], edit };
  });
}

/** Returns the sentences for an edit of the text of the description. */
function describeEdit(edit: (text: string) => string): string[] {
  const revision = JSON.parse(edit(JSON.stringify(PETS)));
  return describeChanges({ base: PETS, revision }, listChanges(revision)).map(({ text }) => text);
}

test.each<[string, string, string[]]>([
  [
    '"name":{"type":"string"},"kind"',
    '"name":{"type":"string"},"age":{},"kind"',
    ['The response 200 of retrievePet gains the member `age`.'],
  ],
  ['"kind":{"enum":["dog","cat"]},', '', ['The response 200 of retrievePet loses the member `kind`.']],
  [
    '["dog","cat"]',
    '["dog","bird"]',
    ['The member `kind` of the response 200 of retrievePet gains the value `bird` and loses the value `cat`.'],
  ],
  [
    '"required":["name"]',
    '"required":["name","kind"]',
    ['The member `kind` of the response 200 of retrievePet is now always present.'],
  ],
  [
    '"required":["name"]',
    '"required":[]',
    ['The member `name` of the response 200 of retrievePet may now be missing.'],
  ],
  [
    '"color":{"type":"string"}',
    '"color":{"type":"integer"}',
    ['The member `tags[].color` of the response 200 of retrievePet has `type` `integer` instead of `string`.'],
  ],
  [
    '"Owner":{"properties":{"name"',
    '"Owner":{"properties":{"id":{},"name"',
    ['The schema `Owner` gains the member `id`.'],
  ],
  ['{"message":{', '{"code":{},"message":{', ['The response 404 of retrievePet gains the member `code`.']],
  [
    '"description":"Unknown."',
    '"description":"No such pet."',
    ['The description of the response 404 of retrievePet changes.'],
  ],
  ['Identifies the content.', 'Identifies it.', ['The description of the header `ETag` changes.']],
  [
    '"headers":{"ETag":{"$ref":"#/components/headers/ETag"}},',
    '',
    ['The response 200 of retrievePet loses the header `ETag`.'],
  ],
  ['"name":"Rex"', '"name":"Bello"', ['The examples of the response 200 of retrievePet change.']],
  [
    '"maxLength":10',
    '"maxLength":5,"pattern":"`x`"',
    ['The parameter `pet` of retrievePet has `maxLength` `5` instead of `10` and gains `pattern` `` `x` ``.'],
  ],
  [
    '"parameters":[',
    '"parameters":[{"name":"month","in":"query","required":true},',
    ['The operation retrievePet gains the required parameter `month`.'],
  ],
  [
    '"name":{"type":"string"},"kind"',
    '"name":{"type":"string","properties":{"first":{}}},"kind"',
    ['The member `name` of the response 200 of retrievePet gains the member `first`.'],
  ],
  [',"404":{"$ref":"#/components/responses/UnknownPet"}', '', ['The operation retrievePet loses the response 404.']],
  ['"operationId":"retrievePet"', '"operationId":"getPet"', ['The operation `retrievePet` is renamed to `getPet`.']],
  [
    '"description":"Retrieves a pet."',
    '"description":"Retrieves a pet.","deprecated":true',
    ['The operation retrievePet becomes deprecated.'],
  ],
  ['/pets/{pet}', '/v2/pets/{pet}', ['The operation retrievePet moves from `/pets/{pet}` to `/v2/pets/{pet}`.']],
  [
    '"paths":{',
    '"paths":{"/pets":{"post":{"operationId":"createPet"}},',
    ['The API gains the operation createPet (`POST /pets`).'],
  ],
  [
    '"https://pets.example.com"',
    '"https://example.com"',
    ['The server `https://pets.example.com` becomes `https://example.com`.'],
  ],
  ['"description":"Pets."', '"description":"All pets."', ['The description of the API changes.']],
])('%s to %s', (from, to, sentences) => {
  expect(JSON.stringify(PETS)).toContain(from);
  expect(describeEdit((text) => text.replace(from, () => to))).toEqual(sentences);
});

test('a sentence has the step of its changes, and a change without a place keeps its message', () => {
  const revision = structuredClone(PETS);
  const kind = { enum: ['dog'], description: 'The kind.' };
  Object.assign(revision.components.schemas.Pet.properties, { kind, age: {} });
  const changes = listChanges(revision, ({ base }) =>
    base.includes('enum') ? 'major' : base.includes('age') ? 'minor' : 'patch',
  );
  const rating = { tool: 'oasdiff', ruleId: 'rule', step: 'minor', message: 'Something else.' } as const;
  const other = { ...rating, location: { file: 'pets.yaml', pointer: '', line: 1 }, ratings: [rating] };

  const sentences = describeChanges({ base: PETS, revision }, [...changes, other]);
  expect(sentences.map(({ step, text }) => [step, text])).toEqual([
    ['patch', 'The description of the member `kind` of the response 200 of retrievePet changes.'],
    ['minor', 'The response 200 of retrievePet gains the member `age`.'],
    ['minor', 'Something else.'],
    ['major', 'The member `kind` of the response 200 of retrievePet loses the value `cat`.'],
  ]);
});

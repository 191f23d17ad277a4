import { findExamplePairs } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import { description, kitchenSink, readReferencePage, spec } from '../fixtures.ts';

const getAnimal = readReferencePage(kitchenSink, 'operation', 'GET /animals/{id}');
const putAnimal = readReferencePage(kitchenSink, 'operation', 'PUT /animals/{id}');

test('a page has the title, method, path, server and authentication of the operation', () => {
  expect(getAnimal.headings[0]).toEqual([1, 'Get an animal']);
  // A heading of the description, where it has level 1.
  expect(getAnimal.headings[1]).toEqual([2, 'Notes']);
  expect(getAnimal.blocks[0]).toEqual(['http', 'GET /animals/{id}']);
  expect(getAnimal.items.slice(0, 4)).toEqual([
    'Deprecated',
    'Operation: getAnimal',
    'Server: https://{region}.zoo.example',
    'Authentication: none',
  ]);
  expect(putAnimal.items[1]).toBe('Authentication: oauth (read, write) and key, or none');
});

test('the parameters table has inherited, overridden and nested parameters, and parameters with content', () => {
  expect(getAnimal.tables[0]).toEqual([
    ['Name', 'In', 'Type', 'Required', 'Constraints', 'Description'],
    ['id', 'path', 'string', 'yes', '', 'One | two.<br>• a list<br>• of a|b<br>code | here'],
    ['lang', 'query', 'string', 'no', 'one of en, de, by default en', 'Its own.'],
    ['filter', 'query', 'object', 'no', 'style deepObject', ''],
    ['filter.age', 'query', 'integer', 'no', 'more than 0', ''],
    ['options', 'query', 'object', 'no', 'written as application/json', ''],
  ]);
});

test('parameter examples have no quotation marks, except the empty string', () => {
  expect(getAnimal.items.slice(4, 7)).toEqual(['lion: 7', 'Nothing: ""', 'Example: {"deep":true}']);
});

test('a request body has its members and the encoding of its parts', () => {
  expect(putAnimal.headings).toContainEqual([3, 'Body multipart/form-data']);
  expect(putAnimal.paragraphs).toEqual(expect.arrayContaining(['Required.', 'The new animal.']));
  expect(putAnimal.tables[1]?.[1]).toEqual(['photo', 'string', 'yes', 'contentMediaType: "image/png"', '']);
  expect(putAnimal.tables[2]?.[1]).toEqual(['photo', 'contentType image/png']);
});

test('responses are in the order of the description', () => {
  const statuses = getAnimal.headings.filter(([depth]) => depth === 3).map(([, text]) => text);

  expect(statuses).toEqual(['200 OK', '4XX', 'Any other status', 'curl', 'C#']);
});

test('a response has its headers and links', () => {
  expect(getAnimal.tables[1]?.[1]).toEqual(['X-Left', 'integer', 'no', '0 to 9', '']);
  expect(getAnimal.items).toContain('keeper: Who feeds it. getKeeper with id = $response.body#/keeper.');
});

test('an example has its title, description, request, and value or URL', () => {
  expect(getAnimal.headings).toContainEqual([5, 'The king']);
  expect(getAnimal.paragraphs).toEqual(expect.arrayContaining(['Beware.', 'For a request with id = 7:']));
  expect(getAnimal.blocks).toContainEqual(['json', '{\n  "name": "Leo"\n}']);
  expect(getAnimal.blocks).toContainEqual(['xml', '<animal/>']);
  expect(getAnimal.links).toContain('https://zoo.example/far.json');
});

test('code samples are fenced, even if they contain fences', () => {
  expect(getAnimal.blocks.slice(-2)).toEqual([
    ['shell', 'curl https://eu.zoo.example/animals/1 # ```'],
    ['csharp', '  var a = 1;'],
  ]);
});

test('callbacks and webhooks are shown as requests from the API', () => {
  const born = readReferencePage(kitchenSink, 'operation', 'POST born');

  expect(putAnimal.headings).toContainEqual([3, 'Notify of a change']);
  expect(putAnimal.blocks).toContainEqual(['http', 'POST {$request.body#/url}']);
  expect(born.items).toEqual(['The API sends this request to you.']);
});

test('a reference to another document is an error', () => {
  const document = { paths: { '/a': { get: { responses: { '200': { $ref: 'other.yaml#/b' } } } } } };

  expect(() => readReferencePage(document, 'operation', 'GET /a')).toThrow('other.yaml#/b');
});

describe('the operations of the API', () => {
  const { document, operations } = description;

  test.each(operations)('the page of $id has every status and example', (operation) => {
    const page = readReferencePage(spec, 'operation', `${operation.method} ${operation.path}`);
    const values = page.blocks.filter(([lang]) => lang === 'json').map(([, value]) => JSON.parse(value ?? ''));

    expect(page.headings.map(([, text]) => String(text).slice(0, 3))).toEqual(
      expect.arrayContaining(Object.keys(operation.responses)),
    );
    for (const { body, parameters } of findExamplePairs(operation)) {
      expect(values).toContainEqual(body);
      for (const value of Object.values(parameters)) {
        expect(page.items.filter((item) => item.endsWith(`: ${value || '""'}`))).not.toEqual([]);
      }
    }
  });

  test.each(operations)('the page of $id is the same if its references are resolved', ({ method, path }) => {
    const [resolved, original] = [document, spec].map((each) =>
      readReferencePage(each, 'operation', `${method} ${path}`),
    );

    expect(resolved?.headings).toEqual(original?.headings);
  });
});

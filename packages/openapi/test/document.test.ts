import { expect, test } from 'vitest';
import {
  findReferenceTarget,
  formatPointer,
  listCallbacks,
  listEntries,
  listOperations,
  resolvePointer,
  resolveReference,
} from '../src/index.ts';

const document = {
  servers: [{ url: 'https://pets.example.com' }],
  paths: {
    'x-owner': 'pets',
    '/empty': null,
    '/pets/{id}': {
      servers: [{ url: 'https://path.example.com' }],
      parameters: [{ $ref: '#/components/parameters/Id' }, { name: 'lang', in: 'query' }],
      get: { operationId: 'getPet', parameters: [{ name: 'lang', in: 'query', required: true }] },
      delete: { servers: [{ url: 'https://own.example.com' }] },
    },
    '/cats': { $ref: '#/components/pathItems/Cats' },
  },
  webhooks: { born: { post: { summary: 'A birth' } } },
  components: {
    parameters: { Id: { name: 'id', in: 'path', required: true } },
    pathItems: {
      Cats: { put: { callbacks: { changed: { '{$request.body#/url}': { post: { summary: 'A change' } } } } } },
    },
    responses: {
      'a/b': { description: 'A slash in the name.', content: {} },
      Alias: { $ref: '#/components/responses/a~1b' },
      Loop: { $ref: '#/components/responses/Loop', description: 'Itself.' },
    },
  },
};

test('lists the operations of each path, then the webhooks', () => {
  expect(listOperations(document).map(({ method, path, isIncoming }) => [method, path, isIncoming])).toEqual([
    ['GET', '/pets/{id}', false],
    ['DELETE', '/pets/{id}', false],
    ['PUT', '/cats', false],
    ['POST', 'born', true],
  ]);
});

test('an operation inherits the parameters of its path, and overrides those of the same name and location', () => {
  const [get, remove] = listOperations(document);

  expect(get?.parameters).toEqual([
    { name: 'id', in: 'path', required: true },
    { name: 'lang', in: 'query', required: true },
  ]);
  expect(remove?.parameters).toEqual([
    { name: 'id', in: 'path', required: true },
    { name: 'lang', in: 'query' },
  ]);
});

test('an operation has its own servers, else those of its path, else those of the document', () => {
  expect(listOperations(document).map(({ servers }) => servers.map(({ url }) => url))).toEqual([
    ['https://path.example.com'],
    ['https://own.example.com'],
    ['https://pets.example.com'],
    ['https://pets.example.com'],
  ]);
});

test('lists the callbacks of an operation', () => {
  const [, , put] = listOperations(document);

  expect(listCallbacks(document, put?.definition ?? {})).toMatchObject([
    { name: 'changed', operation: { method: 'POST', path: '{$request.body#/url}', isIncoming: true } },
  ]);
});

test('follows several references, and ends at a reference to itself', () => {
  expect(resolveReference(document, { $ref: '#/components/responses/Alias', description: 'Its own.' })).toEqual({
    description: 'Its own.',
    content: {},
  });
  expect(resolveReference(document, { $ref: '#/components/responses/Loop' })).toEqual({ description: 'Itself.' });
});

test('an object without a reference keeps its identity', () => {
  const object = { description: 'A pet.' };

  expect(resolveReference(document, object)).toBe(object);
});

test('the entries of a map have no extensions', () => {
  expect(listEntries(document, document.paths).map(([name]) => name)).toEqual(['/empty', '/pets/{id}', '/cats']);
});

test.each(['#/components/schemas/Pet', '#/toString', 'other.yaml#/Pet', '#anchor'])(
  'a reference to %s, which the document does not have, is an error',
  (reference) => {
    expect(() => findReferenceTarget(document, reference)).toThrow(`The description has no ${reference}`);
  },
);

test('a pointer is the path of a value', () => {
  const pointer = formatPointer(['components', 'responses', 'a/b', 'description']);

  expect(pointer).toBe('/components/responses/a~1b/description');
  expect(resolvePointer(pointer, document)).toBe('A slash in the name.');
  expect(resolvePointer('/components/none', document)).toBeUndefined();
});

import { loadDescription } from '@firstofficer/openapi';
import { expect, type TestContext, test } from 'vitest';
import { findOwner, findResources } from '../../src/state/resources.ts';
import { writeDescription } from '../verify.ts';

async function load(context: TestContext, paths: string) {
  const description = await loadDescription(await writeDescription(context, `paths:\n${paths}`));
  const resources = findResources(description);
  return { resources, operations: description.operations };
}

const json = (properties: string) =>
  `content: { application/json: { schema: { type: object, properties: { ${properties} } } } }`;
const ok = (properties = 'id: {}') => `{ responses: { '200': { description: ok, ${json(properties)} } } }`;

test.for<[string, paths: string, expected: object | undefined]>([
  [
    'the operations of a collection and of its items, by the ID in the response',
    `
  /pets:
    get: ${ok()}
    post: { responses: { '201': { description: ok, ${json('id: {}')} } } }
  /pets/{petId}:
    get: ${ok()}
    put: ${ok()}
    patch: ${ok()}
    delete: { responses: { '204': { description: ok } } }`,
    {
      name: 'pet',
      item: '/pets/{petId}',
      evidence: 'name',
      create: 'POST /pets',
      list: 'GET /pets',
      retrieve: 'GET /pets/{petId}',
      update: ['PATCH /pets/{petId}', 'PUT /pets/{petId}'],
      remove: 'DELETE /pets/{petId}',
    },
  ],
  [
    'an ID with another spelling than the parameter, in a member',
    `
  /categories:
    post: { responses: { '201': { description: ok, ${json('data: { type: object, properties: { category_id: {} } }')} } } }
  /categories/{categoryId}:
    get: ${ok()}`,
    { name: 'category', evidence: 'name', retrieve: 'GET /categories/{categoryId}' },
  ],
  [
    'the header Location',
    `
  /boxes:
    post: { responses: { '201': { description: ok, headers: { Location: { schema: { type: string } } } } } }
  /boxes/{number}:
    get: ${ok()}`,
    { name: 'box', evidence: 'location', item: '/boxes/{number}' },
  ],
  [
    'a link to another path',
    `
  /orders:
    post: { responses: { '201': { description: ok, ${json('nr: {}')}, links: { get: { operationId: getOrder, parameters: { number: $response.body#/nr } } } } } }
  /order/{number}:
    get: { operationId: getOrder, responses: { '200': { description: ok } } }`,
    { evidence: 'link', item: '/order/{number}', retrieve: 'getOrder' },
  ],
  [
    'a PUT that documents 201',
    `
  /keys/{key}:
    get: ${ok('value: {}')}
    put: { responses: { '200': { description: ok }, '201': { description: ok } } }`,
    { name: 'key', create: 'PUT /keys/{key}', retrieve: 'GET /keys/{key}' },
  ],
  [
    'a creation that documents 200',
    `
  /pets:
    post: ${ok()}
  /pets/{id}:
    get: ${ok()}`,
    { create: 'POST /pets' },
  ],
  [
    'none if a request with 200 links to something that exists',
    `
  /login:
    post: { responses: { '200': { description: ok, ${json('user: {}')}, links: { get: { operationId: getUser, parameters: { id: $response.body#/user } } } } } }
  /users/{id}:
    get: { operationId: getUser, responses: { '200': { description: ok } } }`,
    undefined,
  ],
  [
    'none if nothing connects the response with the parameter',
    `
  /pets:
    post: { responses: { '201': { description: ok, ${json('text: {}')} } } }
  /pets/{slug}:
    get: ${ok()}`,
    undefined,
  ],
  [
    'none without an operation on one object',
    `
  /pets:
    get: ${ok()}
    post: { responses: { '201': { description: ok, ${json('id: {}')} } } }`,
    undefined,
  ],
  [
    'none if an action creates nothing',
    `
  /pets/{id}/walk:
    post: { responses: { '201': { description: ok, ${json('id: {}')} } } }
  /pets/{id}:
    get: ${ok()}`,
    undefined,
  ],
])('finds %s', async ([, paths, expected], context) => {
  const { resources } = await load(context, paths);
  const [found] = resources.map(({ create, list, retrieve, update, remove, ...rest }) => ({
    ...rest,
    create: create.id,
    list: list?.id,
    retrieve: retrieve?.id,
    update: update.map(({ id }) => id),
    remove: remove?.id,
  }));

  expect(resources.length).toBe(expected ? 1 : 0);
  if (expected) expect(found).toMatchObject(expected);
});

test('an operation belongs to the innermost object in its path', async (context) => {
  const { resources, operations } = await load(
    context,
    `
  /pets:
    post: { responses: { '201': { description: ok, ${json('id: {}')} } } }
  /pets/{petId}:
    get: ${ok()}
  /pets/{id}/toys:
    post: { responses: { '201': { description: ok, ${json('id: {}')} } } }
  /pets/{id}/toys/{toyId}:
    get: ${ok()}
  /pets/{id}/toys/{toyId}/repair:
    post: ${ok()}
  /shops/{id}:
    get: ${ok()}`,
  );
  const owners = operations.map((operation) => [operation.id, findOwner(resources, operation)?.name]);

  expect(owners).toEqual([
    ['POST /pets', undefined],
    ['GET /pets/{petId}', 'pet'],
    ['POST /pets/{id}/toys', 'pet'],
    ['GET /pets/{id}/toys/{toyId}', 'toy'],
    ['POST /pets/{id}/toys/{toyId}/repair', 'toy'],
    ['GET /shops/{id}', undefined],
  ]);
});

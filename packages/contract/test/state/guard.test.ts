import { expect, type TestContext, test } from 'vitest';
import { createRequest, type RequestParts } from '../../src/request/operation-request.ts';
import type { ParameterValues } from '../../src/request/serialization.ts';
import { createValidator } from '../../src/schema/validation.ts';
import { explainForbidden } from '../../src/state/guard.ts';
import { verifyDescription } from '../verify.ts';
import { loadPets } from './exchanges.ts';

const ITEM = `
paths:
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 }, example: 1 }]
    get: { operationId: retrieve, responses: { '200': { description: ok }, '404': { description: none } } }
    put: { operationId: replace, responses: { '204': { description: ok }, '404': { description: none } } }
    delete: { operationId: remove, responses: { '204': { description: ok }, '404': { description: none } } }
  /things/{id}/archive:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 }, example: 1 }]
    post: { operationId: archive, responses: { '204': { description: ok }, '404': { description: none } } }
`;

/** The paths of objects that may exist. */
const OBJECT = /^\/things\/[1-9]\d*(\/archive)?$/;

async function listUnsafePaths(context: TestContext, parameters?: Readonly<Record<string, string>>) {
  const { received, report } = await verifyDescription(context, {
    description: ITEM,
    answer: ({ method, url }) => ({ status: !OBJECT.test(url.pathname) ? 404 : method === 'GET' ? 200 : 204 }),
    ...(parameters && { parameters }),
  });
  const unsafe = received.filter(({ method }) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method));
  return { paths: [...new Set(unsafe.map(({ url }) => url.pathname))], report };
}

test('unsafe requests are not sent for objects that the run did not create', async (context) => {
  const { paths, report } = await listUnsafePaths(context);

  expect(paths.filter((path) => OBJECT.test(path))).toEqual([]);
  expect(report.unreached.map(({ operation }) => operation)).toEqual(['replace', 'remove', 'archive']);
});

test('unsafe requests are sent for an object that the user passes', async (context) => {
  const { paths, report } = await listUnsafePaths(context, { id: '7' });

  expect(paths).toEqual(expect.arrayContaining(['/things/7', '/things/7/archive']));
  expect(paths.filter((path) => OBJECT.test(path) && !path.startsWith('/things/7'))).toEqual([]);
  expect(report.unreached).toEqual([]);
});

/** Returns why a request must not be sent, in a run that created pet 7 and deleted pet 8. */
async function explain(context: TestContext, id: string, parts: RequestParts, given: ParameterValues = {}) {
  const { document, operation, store, exchange } = await loadPets(context);
  for (const pet of [7, 8]) store.observe(exchange('createPet', { status: 201, json: { id: pet } }));
  store.observe(exchange('deletePet', { status: 204, parameters: { id: 8 } }));
  const guard = { store, validator: createValidator(document), givenFor: () => given };
  return explainForbidden(guard, createRequest(operation(id), parts), parts);
}

const REASON =
  'the run created no object for putPet. Pass --parameter id=VALUE with an object that the tests may change';

test('the reason why a request must not be sent says what to pass', async (context) => {
  expect(await explain(context, 'putPet', { parameters: { id: 1 } })).toBe(REASON);
});

test.for<[string, id: string, parts: RequestParts, given?: ParameterValues]>([
  ['a safe request', 'getPet', { parameters: { id: 1 } }],
  ['a request with a safe method in lower case', 'putPet', { method: 'get', parameters: { id: 1 } }],
  ['a creation', 'createPet', {}],
  ['a creation within an object', 'createToy', { parameters: { id: 1 } }],
  ['a request for an object of the run', 'putPet', { parameters: { id: 7 } }],
  ['an action on an object of the run', 'feedPet', { parameters: { id: 7 } }],
  ['a request for an object that the run deleted', 'putPet', { parameters: { id: 8 } }],
  ['a value that violates its schema', 'putPet', { parameters: { id: 0 } }],
  ['a value that no object has', 'putPet', { parameters: { id: 'no-such-thing' } }],
  ['an empty segment', 'putPet', { segments: { id: '' } }],
  ['a text that no object has', 'deleteToy', { parameters: { id: 1, toyId: 'no-such-thing' } }],
  ['an empty text', 'deleteToy', { parameters: { id: 1 }, segments: { toyId: '' } }],
  ['a request without a text', 'deleteToy', { parameters: { id: 1 } }],
  ['a value that the user passed', 'putPet', { parameters: { id: 1 } }, { id: 1 }],
  ['a value that the user passed as text', 'putPet', { parameters: { id: 1 } }, { id: '1' }],
  ['a segment of an object that the user passed', 'putPet', { segments: { id: '%31' } }, { id: 1 }],
])('%s may be sent', async ([, id, parts, given], context) => {
  expect(await explain(context, id, parts, given)).toBeUndefined();
});

test.for<[string, id: string, parts: RequestParts, given?: ParameterValues]>([
  ['a value that may exist', 'putPet', { parameters: { id: 1 } }],
  ['a text that may exist', 'deleteToy', { parameters: { id: 1, toyId: 'ball' } }],
  ['an action on an object that may exist', 'feedPet', { parameters: { id: 1 } }],
  ['another value than the user passed', 'putPet', { parameters: { id: 1 } }, { id: 2 }],
  ['a segment that a server may decode', 'putPet', { segments: { id: '%31' } }],
  ['a malformed segment that begins with a value', 'putPet', { segments: { id: '1%ZZ' } }],
  ['another method of a safe operation', 'getPet', { method: 'DELETE', parameters: { id: 1 } }],
  ['another method of a creation', 'createToy', { method: 'DELETE', parameters: { id: 1 } }],
])('%s must not be sent', async ([, id, parts, given], context) => {
  expect(await explain(context, id, parts, given)).toContain('the run created no object for ');
});

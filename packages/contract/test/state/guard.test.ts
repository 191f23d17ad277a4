import { expect, type TestContext, test } from 'vitest';
import { verifyDescription } from '../verify.ts';

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

import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTemporaryFolder, listenInTest } from '@firstofficer/common/testing';
import { fillPath, findResponse, loadDescription } from '@firstofficer/openapi';
import { afterAll, describe, expect, test } from 'vitest';
import { send, startMockForFile, startTestMock } from './support.ts';

// The mock contains no code for a specific API, so it must serve any description.

const NOTES = fileURLToPath(import.meta.resolve('@firstofficer/spec/test/notes.openapi.yaml'));
const notes = await startMockForFile({ spec: NOTES });
const shop = await startMockForFile({ spec: fileURLToPath(new URL('shop.openapi.yaml', import.meta.url)) });

test.each([
  ['/base/v1/health', 'Unknown path. The mock serves /health without the base path of the server.'],
  [
    '/base/shops/1/items/2',
    'Unknown path. The mock serves /shops/{shop}/items/{item} without the base path of the server.',
  ],
  ['/missing', expect.stringMatching(/^Unknown path\. This API has the paths \/health, /)],
])('the unknown path %s gets a 404 that names the right one', async (path, detail) => {
  expect(await send(shop, path)).toMatchObject({ status: 404, json: { detail } });
});

describe('an API with a list, a create and a delete', () => {
  const sendJson = (body: string, type = 'application/json') =>
    send(notes, '/v1/notes', { method: 'POST', headers: { 'Content-Type': type }, body });

  test.each([
    ['/v1/notes', 'note_1'],
    ['/v1/notes?limit=2', 'note_1'],
    ['/v1/notes?limit=5', 'note_1'],
    ['/v1/notes?limit=2&starting_after=note_2', 'note_3'],
  ])('the list %s begins with %s', async (target, id) => {
    const response = await send(notes, target);

    expect(response).toMatchObject({ status: 200, json: { object: 'list' } });
    expect(response.json).toHaveProperty('data.0.id', id);
  });

  test('a create returns the new note and its Location', async () => {
    expect(await sendJson('{"text":"Renews in May"}')).toMatchObject({
      status: 201,
      headers: { location: '/v1/notes/note_3' },
      json: { object: 'note', id: 'note_3', text: 'Renews in May' },
    });
  });

  test.each([
    ['a wrong type', '{"text":7}'],
    ['an unknown member', '{"text":"a","colour":"red"}'],
    ['a missing member', '{}'],
    ['truncated JSON', '{"text":'],
    ['null', 'null'],
    ['no body', ''],
  ])('a create with %s gets its documented 400', async (_, body) => {
    expect(await sendJson(body)).toMatchObject({ status: 400, json: { error: { code: 'note_invalid' } } });
  });

  test('a body without a media type gets 400, and one larger than 1 MiB gets 413', async () => {
    expect(await sendJson('{}', 'json')).toMatchObject({ status: 400 });
    expect(await sendJson(`"${'x'.repeat(1024 * 1024)}"`)).toMatchObject({ status: 413 });
  });

  test.each([
    ['GET', '/v1/notes?limit=0', 'page_invalid'],
    ['GET', '/v1/notes?starting_after=7', 'page_invalid'],
    ['DELETE', '/v1/notes/7', 'id_invalid'],
    ['DELETE', '/v1/notes/%ZZ', 'id_invalid'],
  ])('%s %s gets the 400 of its operation: %s', async (method, target, code) => {
    const response = await send(notes, target, { method });

    expect(response).toMatchObject({ status: 400, json: { error: { code } } });
  });

  test('a header parameter is validated', async () => {
    const headers = { 'X-Language': 'fr' };

    expect(await send(notes, '/v1/notes', { headers })).toMatchObject({ status: 400 });
  });

  test('a delete returns 204 for the example without a response body, and 404 for all other IDs', async () => {
    const remove = (id: string) => send(notes, `/v1/notes/${id}`, { method: 'DELETE' });

    expect(await remove('note_1')).toMatchObject({ status: 204, text: '' });
    expect(await remove('note_404')).toMatchObject({ status: 404, json: { error: { code: 'note_missing' } } });
    expect(await remove('note_9')).toMatchObject({ status: 404, json: { error: { code: 'note_missing' } } });
  });

  test('every operation returns its documented 401 without the key', async () => {
    const { operations } = await loadDescription(NOTES);

    expect(operations).toHaveLength(3);
    for (const operation of operations) {
      const target = fillPath(operation.path, { note: 'note_1' });
      const response = await send(notes, target, {
        method: operation.method,
        headers: { Authorization: 'Basic eDo=' },
      });
      const documented = findResponse(operation, 401)?.response.content?.['application/json']?.examples;

      expect(response).toMatchObject({ status: 401, json: documented?.unauthorized?.value });
      expect(response.headers['www-authenticate']).toBe('Basic realm="Notes"');
    }
  });

  test('the Allow header lists the methods of the path', async () => {
    const response = await send(notes, '/v1/notes', { method: 'DELETE' });

    expect(response).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST' } });
  });
});

describe('an API with overlapping paths, several parameters and optional keys', () => {
  test('two path parameters select an example together', async () => {
    expect((await send(shop, '/shops/berlin/items/7')).json).toEqual({ name: 'Tea' });
    expect((await send(shop, '/shops/paris/items/7')).json).toEqual({ name: 'Wine' });
    expect((await send(shop, '/shops/paris/items/8')).status).toBe(404);
  });

  test('a path without parameters is matched before a template', async () => {
    expect((await send(shop, '/pages/search')).json).toEqual('results');
    expect((await send(shop, '/pages/home.html')).json).toEqual('home');
  });

  test('query parameters select an example', async () => {
    expect((await send(shop, '/pages/search?q=tea')).json).toEqual('tea');
    expect((await send(shop, '/pages/search?q=coffee')).json).toEqual('results');
  });

  test('parameters that match no example get 404 even if 404 is not documented', async () => {
    const response = await send(shop, '/pages/about.html');

    expect(response).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      json: { type: 'about:blank', title: 'Not Found', status: 404, detail: expect.stringContaining('No example') },
    });
  });

  test('an operation without security needs no key', async () => {
    const { url } = shop;

    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/pages/search`)).status, 'a key is optional').toBe(200);
    expect((await fetch(`${url}/shops/berlin/items/7`)).status).toBe(401);
  });

  test('invalid percent-encoding gets 400 even if 400 is not documented', async () => {
    expect((await send(shop, '/shops/%ZZ/items/7')).status).toBe(400);
  });
});

test('callbacks are sent for every request', async (context) => {
  const listener = createServer((_, response) => response.end());
  const { url } = await listenInTest(context, listener);

  for (const _ of ['first', 'second']) {
    const called = once(listener, 'request');
    expect(await send(shop, `/orders?to=${encodeURIComponent(`${url}/`)}`)).toMatchObject({
      status: 200,
      json: 'placed',
    });
    await called;
  }
  expect(await send(shop, '/orders')).toMatchObject({ status: 400, json: 'no callback URL' });
});

test.each([
  ['{"name":null,"age":0.5}', 201],
  ['{"name":null,"age":0}', 400],
])('with a description of OpenAPI 3.0, %s gets %i', async (body, status) => {
  const mock = await startTestMock({ spec: fileURLToPath(new URL('pets-3.0.openapi.yaml', import.meta.url)) });

  expect(
    await send(mock, '/pets', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }),
  ).toHaveProperty('status', status);
});

test('methods that Prism does not know are served, and their bodies are validated', async (context) => {
  const text = `
openapi: 3.2.0
paths:
  /pets/{kind}:
    parameters: [{ name: kind, in: path, required: true, schema: { type: string, maxLength: 3 } }]
    query:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [age] } } } }
      responses: { '200': { description: Pets., content: { application/json: { example: [Rex] } } } }
    additionalOperations: { LINK: { responses: { '204': { description: The pets are linked. } } } }
`;
  const folder = await createTemporaryFolder(context, { 'openapi.yaml': text });
  const mock = await startTestMock({ spec: join(folder, 'openapi.yaml') });
  const query = (path: string, body: string) =>
    send(mock, path, { method: 'QUERY', headers: { 'Content-Type': 'application/json' }, body });

  expect(await query('/pets/dog', '{"age":7}')).toMatchObject({ status: 200, json: ['Rex'] });
  expect(await query('/pets/dog', '{}')).toHaveProperty('status', 422);
  expect(await query('/pets/horse', '{"age":7}')).toHaveProperty('status', 422);
  expect(await send(mock, '/pets/dog', { method: 'LINK' })).toMatchObject({ status: 204, text: '' });
});

describe('responses that are documented by class or as default', async () => {
  const text = `
openapi: 3.1.1
info: { title: Classes, version: 1.0.0 }
paths:
  /class:
    get:
      parameters: [{ name: size, in: query, schema: { type: integer } }]
      responses:
        2XX: { description: Any success., content: { application/json: { example: { ok: true } } } }
        4xx: { description: Any client error., content: { application/json: { example: { error: class } } } }
  /default:
    get:
      parameters: [{ name: size, in: query, schema: { type: integer } }]
      responses:
        "200": { description: A success., content: { application/json: { example: { ok: true } } } }
        default: { description: Any error., content: { application/json: { example: { error: default } } } }
  /only-default: { get: { responses: { default: { description: Anything., content: { application/json: { example: 1 } } } } } }
  /only-error: { get: { responses: { "410": { description: Gone., content: { application/json: { example: gone } } } } } }
  /pairs/{id}:
    get:
      parameters:
        - name: id
          in: path
          required: true
          schema: { type: string }
          examples: { good: { value: a }, bad: { value: b } }
      responses:
        2XX: { description: A success., content: { application/json: { examples: { good: { value: good } } } } }
        4XX: { description: An error., content: { application/json: { examples: { bad: { value: bad } } } } }
`;
  const folder = await createTemporaryFolder({ onTestFinished: afterAll }, { 'openapi.yaml': text });
  const mock = await startMockForFile({ spec: join(folder, 'openapi.yaml') });

  test.each<[target: string, prefer: string, status: number, body: unknown]>([
    ['/class', '', 200, { ok: true }],
    ['/class', 'code=201', 201, { ok: true }],
    ['/class', 'code=418', 418, { error: 'class' }],
    ['/class', 'code=500', 500, { type: 'about:blank', title: 'Internal Server Error' }],
    ['/class?size=x', '', 422, { error: 'class' }],
    ['/default', '', 200, { ok: true }],
    ['/default', 'code=503', 503, { error: 'default' }],
    ['/default?size=x', '', 422, { error: 'default' }],
    ['/only-default', '', 200, 1],
    ['/only-error', '', 410, 'gone'],
    ['/pairs/a', '', 200, 'good'],
    ['/pairs/b', '', 400, 'bad'],
    ['/pairs/c', '', 404, 'bad'],
  ])('%s with the preference "%s" gets %i', async (target, prefer, status, body) => {
    const response = await send(mock, target, { headers: prefer === '' ? {} : { Prefer: prefer } });

    expect(response.status).toBe(status);
    if (typeof body === 'object') expect(response.json).toMatchObject(body as object);
    else expect(response.json).toBe(body);
  });
});

test('the error for a missing description contains its path', async () => {
  await expect(startTestMock({ spec: 'no-such.yaml' })).rejects.toThrow('no-such.yaml');
});

test('reload serves the new description on the same port, and keeps the previous one if the new one is invalid', async (context) => {
  const text = await readFile(NOTES, 'utf8');
  const file = join(await createTemporaryFolder(context, { 'openapi.yaml': text }), 'openapi.yaml');
  const mock = await startTestMock({ spec: file });
  await writeFile(file, text.replaceAll('Call back', 'Call again'));
  await mock.reload();
  expect((await send(mock, '/v1/notes')).json).toHaveProperty('data.0.text', 'Call again');

  await writeFile(file, 'openapi: 4.0.0');
  await expect(mock.reload()).rejects.toThrow('is not an OpenAPI description');
  expect((await send(mock, '/v1/notes')).json).toHaveProperty('data.0.text', 'Call again');
});

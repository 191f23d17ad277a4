import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { describe, expect, test } from 'vitest';
import { runningMock, send } from './running-mock.ts';

const spec = fileURLToPath(new URL('shop.openapi.yaml', import.meta.url));

/** The mock contains no code for a specific API, so it must serve any description. */
describe('another description', () => {
  test('two path parameters select an example together', async () => {
    const mock = await runningMock({ spec });

    expect((await send(mock, '/shops/berlin/items/7')).json).toEqual({ name: 'Tea' });
    expect((await send(mock, '/shops/paris/items/7')).json).toEqual({ name: 'Wine' });
    expect((await send(mock, '/shops/paris/items/8')).status).toBe(404);
  });

  test('an operation without path parameters returns its first example', async () => {
    expect((await send(await runningMock({ spec }), '/shops?city=berlin')).json).toEqual(['berlin', 'paris']);
  });

  test('a request body is validated against its schema', async () => {
    const mock = await runningMock({ spec });
    const post = (body: string, type = 'application/json') =>
      send(mock, '/shops', { method: 'POST', headers: { 'Content-Type': type }, body });

    expect(await post('{"name":"rome"}')).toMatchObject({ status: 201, json: { name: 'rome' } });
    expect(await post('{"name":7}')).toMatchObject({ status: 400, json: { error: 'bad request' } });
    expect(await post('{"name":')).toMatchObject({ status: 400 });
    expect(await post('null')).toMatchObject({ status: 400 });
    expect(await post('{}', 'json')).toMatchObject({ status: 400 });
    expect(await post(`"${'x'.repeat(1024 * 1024)}"`)).toMatchObject({ status: 413 });
  });

  test('a path without parameters is matched before a template', async () => {
    const mock = await runningMock({ spec });

    expect((await send(mock, '/pages/search')).json).toEqual('results');
    expect((await send(mock, '/pages/home.html')).json).toEqual('home');
  });

  test('query parameters select an example', async () => {
    const mock = await runningMock({ spec });

    expect((await send(mock, '/pages/search?q=tea')).json).toEqual('tea');
    expect((await send(mock, '/pages/search?q=coffee')).json).toEqual('results');
  });

  test('parameters that match no example get 404 even if 404 is not documented', async () => {
    const answer = await send(await runningMock({ spec }), '/pages/about.html');

    expect(answer).toMatchObject({ status: 404, json: { error: { message: expect.stringContaining('No example') } } });
  });

  test('the Allow header lists the methods of the path', async () => {
    const answer = await send(await runningMock({ spec }), '/shops', { method: 'DELETE' });

    expect(answer.headers.allow).toBe('GET, HEAD, POST');
  });

  test('an operation without security needs no key', async () => {
    const { url } = await runningMock({ spec });

    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/pages/search`)).status, 'a key is optional').toBe(200);
    expect((await fetch(`${url}/shops`)).status).toBe(401);
  });

  test('invalid percent-encoding gets 400 even if 400 is not documented', async () => {
    expect((await send(await runningMock({ spec }), '/shops/%ZZ/items/7')).status).toBe(400);
  });
});

test('the error for a missing description contains its path', async () => {
  await expect(runningMock({ spec: 'no-such.yaml' })).rejects.toThrow('no-such.yaml');
});

test('reload serves the new description on the same port, and keeps the previous one if the new one is invalid', async (context) => {
  const text = await readFile(spec, 'utf8');
  const file = join(await createTemporaryFolder(context, { 'openapi.yaml': text }), 'openapi.yaml');
  const mock = await runningMock({ spec: file });
  await writeFile(file, text.replaceAll('berlin', 'vienna'));
  await mock.reload();
  expect((await send(mock, '/shops')).json).toEqual(['vienna', 'paris']);

  await writeFile(file, 'openapi: 3.0.0');
  await expect(mock.reload()).rejects.toThrow('is not an OpenAPI 3.1 description');
  expect((await send(mock, '/shops')).json).toEqual(['vienna', 'paris']);
});

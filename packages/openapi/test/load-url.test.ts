import { createServer, type RequestListener } from 'node:http';
import { listenInTest } from '@firstofficer/common/testing';
import { expect, onTestFinished, test } from 'vitest';
import { loadDescription } from '../src/index.ts';

const PETS = `openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    $ref: './paths/pets.yaml#/pets'
`;

const FILES: Readonly<Record<string, string>> = {
  '/v1/openapi.yaml': PETS,
  '/v1/openapi': PETS,
  '/v1/openapi.json': JSON.stringify({ openapi: '3.0.3', paths: { '/cats': { get: { responses: {} } } } }),
  '/v1/paths/pets.yaml': "pets: { get: { responses: { '200': { $ref: '../responses.yaml#/Pets' } } } }",
  '/v1/responses.yaml': 'Pets: { description: Pets. }',
  '/v1/files.yaml': 'openapi: 3.1.0\npaths: { /pets: { $ref: "file:///etc/hosts" } }',
  '/v1/page': '<!DOCTYPE html><html></html>',
};

async function listen(listener: RequestListener = () => {}): Promise<{ url: string; requested: string[] }> {
  const requested: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requested.push(path);
    const text = FILES[path.replace(/\?.*/, '')];
    if (path.startsWith('/latest/')) response.writeHead(302, { Location: path.replace('latest', 'v1') }).end();
    else if (text === undefined) response.writeHead(404, { 'Content-Type': 'text/html' });
    else response.end(text);
    listener(request, response);
    if (text === undefined) response.end();
  });
  return { url: (await listenInTest({ onTestFinished }, server)).url, requested };
}

test.each([
  ['with an extension', '/v1/openapi.yaml'],
  ['without an extension', '/v1/openapi'],
  ['that redirects', '/latest/openapi.yaml'],
  ['with a query', '/v1/openapi.yaml?version=1'],
])('reads a description from a URL %s, and references relative to it', async (_, path) => {
  const { url, requested } = await listen();

  const { operations, locate } = await loadDescription(url + path);

  expect(operations[0]?.responses['200']).toEqual({ description: 'Pets.' });
  // The query may contain a key, so the location does not have it.
  expect(locate(operations[0]?.definition ?? {})).toEqual({
    file: url + path.replace(/\?.*/, ''),
    pointer: '/paths/~1pets',
    line: 4,
  });
  expect(requested.filter((one) => one === path)).toHaveLength(1);
});

test('reads JSON from a URL object', async () => {
  const { url } = await listen();

  expect((await loadDescription(new URL('/v1/openapi.json', url))).operations[0]?.id).toBe('GET /cats');
});

test.each([
  [
    'a missing file',
    '/v1/missing.yaml',
    /^cannot read http:.*\/v1\/missing\.yaml: the server answered with status 404\. /,
  ],
  ['a page', '/v1/page', /it is an HTML page/],
  ['a reference to a file of this machine', '/v1/files.yaml', /etc\/hosts/],
])('rejects %s', async (_, path, message) => {
  const { url } = await listen();

  await expect(loadDescription(url + path)).rejects.toThrow(message);
});

test('the error for a server that does not answer has its URL without the query', async () => {
  const { url } = await listen((request) => request.socket.destroy());
  const error = await loadDescription(`${url}/broken.yaml?token=sesame`).catch((reason: Error) => reason);

  expect(error).toMatchObject({ message: expect.stringContaining(`${url}/broken.yaml`) });
  expect(String(error)).not.toContain('sesame');
});

test('credentials in the URL are refused, and are not in the error', async () => {
  const error = await loadDescription('https://jane:sesame@api.example.com/openapi.yaml').catch((e: Error) => e);

  expect(String(error)).toContain('must not contain credentials');
  expect(String(error)).not.toContain('sesame');
});

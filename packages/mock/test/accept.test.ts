import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { chooseMediaType } from '../src/engine/accept.ts';
import { findExamplePath, send, startMockForFile, startTestMock } from './support.ts';

/** How Prism chooses a content type. It is not part of the API of Prism. */
const { findBestHttpContentByMediaType: chooseAsPrism } = createRequire(import.meta.url)(
  '@stoplight/prism-http/dist/mocker/negotiator/InternalHelpers',
) as {
  findBestHttpContentByMediaType(
    contents: readonly { mediaType: string }[],
    accept: readonly string[],
  ): { readonly value?: { readonly mediaType: string } };
};

describe('the content type is the one that Prism chooses', () => {
  const JSON_AND_TEXT = ['application/json', 'text/plain'];
  test.each<[accept: string, documented: string[]]>([
    ['application/json', JSON_AND_TEXT],
    ['text/plain', JSON_AND_TEXT],
    ['TEXT/Plain', JSON_AND_TEXT],
    ['text/plain, application/json', JSON_AND_TEXT],
    ['text/plain;q=0.5, application/json', JSON_AND_TEXT],
    ['text/plain;q=0.5, application/json;q=0.4', JSON_AND_TEXT],
    ['text/plain;q=0, */*', JSON_AND_TEXT],
    ['application/json;q=0, */*;q=0.1', JSON_AND_TEXT],
    ['*/*', JSON_AND_TEXT],
    ['text/*', JSON_AND_TEXT],
    ['text/*, application/json;q=0.9', JSON_AND_TEXT],
    ['*/*;q=0.8, text/html', JSON_AND_TEXT],
    ['text/html', JSON_AND_TEXT],
    ['text/html, image/*', JSON_AND_TEXT],
    ['application/xml', ['application/json']],
    ['application/json; charset=utf-8', JSON_AND_TEXT],
    ['application/json; version=2', ['application/json; version=1', 'application/json; version=2']],
    ['application/json; version=3', ['application/json']],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', ['text/csv', 'application/json']],
    ['application/vnd.api+json', ['application/json', 'application/vnd.api+json']],
    ['application/json;q=0.3, text/plain;q=0.3', ['text/plain', 'application/json']],
  ])('Accept: %s with %j', (accept, documented) => {
    const contents = documented.map((mediaType) => ({ mediaType }));

    expect(chooseMediaType(accept, documented)?.documented).toBe(
      chooseAsPrism(contents, accept.split(',')).value?.mediaType,
    );
  });

  test.each([undefined, '', 'json', ';q=1', ', ,'])('without a media type in Accept (%j), it is JSON', (accept) => {
    expect(chooseMediaType(accept, ['text/plain', 'application/json'])?.documented).toBe('application/json');
    expect(chooseMediaType(accept, ['text/plain', 'text/csv'])?.documented).toBe('text/plain');
  });

  test('a documented range gives the type that the client asks for', () => {
    expect(chooseMediaType('image/png', ['image/*'])).toEqual({ documented: 'image/*', mediaType: 'image/png' });
    expect(chooseMediaType('text/html', ['image/*'])).toBeUndefined();
  });

  test('a long header is parsed in linear time', () => {
    expect(chooseMediaType(`${'"'.repeat(50_000)}a/b;${' '.repeat(50_000)}`, ['text/plain'])).toBeUndefined();
  });
});

const TEXT = `
openapi: 3.1.1
paths:
  /report:
    get:
      responses:
        '200':
          description: A report.
          content:
            application/json: { example: { total: 7 } }
            text/plain: { examples: { short: { value: Total 7 }, long: { value: The total is 7. } } }
        '404': { description: No report., content: { application/json: { example: { error: none } } } }
  /image: { get: { responses: { '200': { description: An image., content: { image/*: { example: bytes } } } } } }
  /empty: { delete: { responses: { '204': { description: Deleted. } } } }
`;

describe('a description with several content types', async () => {
  const folder = await createTemporaryFolder({ onTestFinished: afterAll }, { 'openapi.yaml': TEXT });
  const mock = await startMockForFile({ spec: join(folder, 'openapi.yaml') });
  const get = (path: string, Accept: string, headers: Record<string, string> = {}) =>
    send(mock, path, { headers: { Accept, ...headers } });

  test('the client gets the content type that it asks for', async () => {
    expect(await get('/report', 'text/plain')).toMatchObject({
      status: 200,
      text: 'Total 7',
      headers: { 'content-type': 'text/plain', vary: 'Accept' },
    });
    expect(await get('/report', '*/*')).toMatchObject({
      json: { total: 7 },
      headers: { 'content-type': 'application/json', vary: 'Accept' },
    });
    expect(await get('/image', 'image/png')).toMatchObject({ text: 'bytes', headers: { 'content-type': 'image/png' } });
  });

  test('a content type that is not documented gets 406 with those that are', async () => {
    expect(await get('/report', 'text/html')).toMatchObject({
      status: 406,
      headers: { 'content-type': 'application/problem+json' },
      json: { title: 'Not Acceptable', status: 406, detail: expect.stringContaining('application/json, text/plain') },
    });
  });

  test('errors and responses without a body do not depend on Accept', async () => {
    expect(await get('/report', 'text/plain', { Prefer: 'code=404' })).toMatchObject({
      status: 404,
      json: { error: 'none' },
    });
    expect(await send(mock, '/empty', { method: 'DELETE', headers: { Accept: 'text/html' } })).toMatchObject({
      status: 204,
    });
  });

  test('Prefer: example selects an example of the content type', async () => {
    expect(await get('/report', 'text/plain', { Prefer: 'example=long' })).toHaveProperty('text', 'The total is 7.');
  });
});

test('the description of FirstOfficer ignores Accept', async () => {
  const mock = await startTestMock({});
  const response = await send(mock, findExamplePath('stripe_id'), { headers: { Accept: 'text/html' } });

  expect(response).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
  expect(response.headers).not.toHaveProperty('vary');
});

import { describe, expect, test } from 'vitest';
import { type Answer, type ReceivedRequest, verifyDescription } from '../verify.ts';

test('required parameters are sent in their style, without those that OpenAPI ignores', async (context) => {
  const description = `
paths:
  /points/{point}/{codes}:
    parameters:
      - { name: point, in: path, required: true, style: matrix, explode: true, schema: {}, example: { x: 1, y: 2 } }
      - { name: codes, in: path, required: true, schema: { type: array, items: { type: string } }, example: [a, b] }
    get:
      parameters:
        - { name: ids, in: query, required: true, explode: false, schema: { type: array }, example: [1, 2] }
        - { name: where, in: query, required: true, content: { application/json: { example: { a: 1 } } } }
        - { name: filter, in: query, required: true, style: deepObject, schema: { type: object }, example: { is: on } }
        - { name: page, in: query, schema: { type: integer }, example: 7 }
        - { name: X-Tenant, in: header, required: true, schema: { type: string, pattern: '^[a-z]{3}$' } }
        - { name: X-Codes, in: header, required: true, schema: { type: array }, example: [a, b] }
        - { name: Accept, in: header, required: true, example: text/html }
      responses: { '200': { description: A point. } }
`;
  const { received } = await verifyDescription(context, { only: ['header_independence'], description });
  const [{ url, headers }] = received as [ReceivedRequest];

  expect(url.pathname).toBe('/points/;x=1;y=2/a,b');
  expect(decodeURIComponent(url.search)).toBe('?ids=1,2&where={"a":1}&filter[is]=on');
  expect(headers).toMatchObject({ 'x-codes': 'a,b', 'x-tenant': expect.stringMatching(/^[a-z]{3}$/), accept: '*/*' });
});

test('documented query parameters may change the response', async (context) => {
  const description = `
paths:
  /things:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: paging, in: query, schema: { type: object, properties: { page: { type: integer } } } }
        - { name: fields, in: query, style: deepObject, schema: { type: object } }
      responses: { '200': { description: Things., content: { application/json: {} } } }
`;
  const answer = ({ url }: ReceivedRequest) => ({
    body: ['limit', 'page', 'fields', 'currency'].map((name) => url.searchParams.get(name)),
  });
  const { found, received } = await verifyDescription(context, { only: ['query_independence'], description, answer });

  expect(found.map(({ testCase }) => testCase)).toEqual(['currency=eur']);
  expect(received.map(({ url }) => url.search)).toContain('?id=1');
});

test('a single value is a valid list, and JSON parameters are not tested', async (context) => {
  const description = `
paths:
  /things:
    get:
      parameters:
        - { name: tags, in: query, schema: { type: array, items: { type: string } } }
        - { name: sizes, in: query, schema: { type: array, items: { type: integer } } }
        - { name: where, in: query, content: { application/json: { schema: { type: object } } } }
      responses: { '200': { description: Things. }, '400': { description: No. } }
`;
  const only = ['positive_data_acceptance', 'negative_data_rejection'];
  const answer = ({ url }: ReceivedRequest) => ({
    status: /\D/.test(url.searchParams.get('sizes') ?? '') || url.searchParams.has('where') ? 400 : 200,
  });
  const { errors, received } = await verifyDescription(context, { only, description, answer });

  expect(errors).toEqual([]);
  expect(received.map(({ url }) => url.search)).toContain('?sizes=1.5');
});

test('schemas for which no value can be generated do not end the run', async (context) => {
  const description = `
paths:
  /things:
    get:
      parameters:
        - { name: huge, in: query, schema: { type: string, maxLength: 2147483647 } }
        - { name: far, in: query, schema: { type: integer, minimum: 9007199254740993 } }
        - { name: beyond, in: query, schema: { type: integer, minimum: 4294967296, multipleOf: 1000 } }
        - { name: ahead, in: query, schema: { type: string, pattern: '^(?=a)[\\w\\-]+$' } }
        - { name: duration, in: query, schema: { type: string, format: duration } }
        - { name: none, in: query, schema: { enum: [null] } }
      responses: { '200': { description: Things. }, '400': { description: No. } }
`;
  const { received } = await verifyDescription(context, { only: ['positive_data_acceptance'], description });
  const beyond = received.flatMap(({ url }) => url.searchParams.get('beyond') ?? []);

  expect(beyond).not.toEqual([]);
  expect(beyond.every((value) => Number(value) >= 2 ** 32 && Number(value) % 1000 === 0)).toBe(true);
});

describe('unsupported_method allows', () => {
  test.for<[name: string, paths: string, answer: (request: ReceivedRequest) => Answer]>([
    [
      '404 to an undocumented method if the path accepts only numbers',
      `
  /things/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { '200': { description: A thing. } }`,
      ({ method, url }) => {
        if (!/^\/things\/\d+$/.test(url.pathname)) return { status: 404 };
        return method === 'GET' ? {} : { status: 405, headers: { Allow: 'GET' } };
      },
    ],
    [
      '400 to an undocumented method if the server validates the path first',
      `
  /things/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid } }]
      responses: { '200': { description: A thing. }, '400': { description: No UUID. } }`,
      ({ method, url }) => {
        if (!/^\/things\/[\da-f-]{36}$/.test(url.pathname)) return { status: 400 };
        return method === 'GET' ? {} : { status: 405, headers: { Allow: 'GET' } };
      },
    ],
    [
      'a 405 with another JSON type than the documented one',
      `
  /things: { get: { responses: { '200': { description: It., content: { application/json; charset=utf-8: {} } } } } }`,
      ({ method }) =>
        method === 'GET'
          ? { body: {} }
          : { status: 405, headers: { Allow: 'GET', 'Content-Type': 'application/problem+json' }, body: {} },
    ],
    [
      'a method that another template documents for the same path',
      `
  /things/{id}: { parameters: [{ name: id, in: path, required: true }], get: &any { responses: { '200': { description: It. } } } }
  /things/{name}: { parameters: [{ name: name, in: path, required: true }], put: *any }`,
      ({ method }) => (['GET', 'PUT'].includes(method) ? {} : { status: 405, headers: { Allow: 'GET, PUT' } }),
    ],
  ])('%s', async ([, paths, answer], context) => {
    const trial = { only: ['unsupported_method'], description: `paths:${paths}`, answer };

    expect((await verifyDescription(context, trial)).found).toEqual([]);
  });
});

import { DEFAULT_TOKEN, startMock } from '@firstofficer/mock';
import { findExamplePairs } from '@firstofficer/openapi';
import postman, { type RequestDefinition } from 'postman-collection';
import { expect, onTestFinished, test } from 'vitest';
import { buildPostmanCollection } from '../../src/publish/postman-collection.ts';
import { description, importCollection, kitchenSink, spec } from '../fixtures.ts';

const basic = { username: '{{token}}', password: '' };
const collection = await buildPostmanCollection(spec, basic);
const zoo = await buildPostmanCollection(kitchenSink);
const { operations } = description;

const { collection: imported, items } = importCollection(collection);
const responses = items.flatMap((item) => item.responses.all());
const responsesWithBody = responses.filter(({ body }) => body);

/** Returns all values of members with this name, including nested ones. */
function listMemberValues(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    ...(key === name ? [member] : []),
    ...listMemberValues(member, name),
  ]);
}

test('every operation is a request with its method, path, title and description', () => {
  expect(items.map(({ name, request }) => [name, request.method, request.url.toString()])).toEqual(
    operations.map(({ method, path, definition }) => [
      (definition as { summary: string }).summary,
      method,
      `{{baseUrl}}${path.replace('{customer}', 'cus_1234ABCD')}`,
    ]),
  );
  expect(JSON.stringify(collection)).toContain('a request without a valid key gets 401');
});

test('every documented example is a saved response with the same body', () => {
  const documented = operations.flatMap((operation) =>
    Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
      Object.values(content).flatMap(({ examples = {} }) =>
        Object.values(examples).map(({ summary, value }) => [Number(status), summary, value]),
      ),
    ),
  );

  expect(documented.length).toBeGreaterThan(0);
  expect(responsesWithBody.map(({ code, name, body }) => [code, name, JSON.parse(body ?? '')])).toEqual(documented);
});

test('a saved response has the request of its example', () => {
  const pairs = operations.flatMap(findExamplePairs);
  const saved = responsesWithBody.map(({ code, body, originalRequest }) => ({
    status: String(code),
    body: JSON.parse(body ?? ''),
    parameters: originalRequest?.url.variables.toObject(),
  }));

  expect(pairs.length).toBeGreaterThan(0);
  for (const { status, body, parameters } of pairs) expect(saved).toContainEqual({ status, body, parameters });
});

test('a saved response has the headers of its example', () => {
  const unauthorized = responses.find(({ code }) => code === 401);

  expect(unauthorized?.headers.toObject()).toEqual({
    'cache-control': 'private, no-cache',
    'content-type': 'application/json',
    'strict-transport-security': 'max-age=31536000',
    'www-authenticate': expect.stringContaining('Basic'),
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.stringMatching(/^req_/),
  });
  expect(unauthorized?.status).toBe('Unauthorized');
});

test('a response without a body is saved with the request that gets it', () => {
  const notModified = responses.find(({ code }) => code === 304);
  const etag = notModified?.headers.get('etag');

  expect(etag).toMatch(/^".+"$/);
  expect(notModified?.originalRequest?.headers.get('If-None-Match')).toBe(etag);
  const [found] = responses;
  expect(found?.originalRequest?.headers.all()).toContainEqual(
    expect.objectContaining({ key: 'If-None-Match', disabled: true }),
  );
});

test('the URL and the API key are variables, and the API key is empty', () => {
  const [server] = spec.servers as { url: string }[];

  expect(imported.variables.toObject()).toEqual({ baseUrl: server?.url, token: '' });
  expect(imported.auth?.type).toBe('basic');
  expect(imported.auth?.parameters().toObject()).toEqual(basic);
});

test('the collection contains no credentials', () => {
  const headers = listMemberValues(collection, 'header').flat() as { key: string }[];

  expect(listMemberValues(collection.item, 'auth')).toEqual([]);
  expect(headers.map(({ key }) => key)).not.toContain('Authorization');
  expect(JSON.stringify([collection.auth, collection.variable, collection.item])).not.toContain(DEFAULT_TOKEN);
});

test.each([
  ['the spec', spec],
  ['a description with many features', kitchenSink],
])('the collection is the same each time: %s', async (_, document) => {
  expect(await buildPostmanCollection(document)).toEqual(await buildPostmanCollection(document));
});

test('the collection has all required parts of its format', () => {
  for (const source of [collection, zoo]) {
    expect(source.info).toMatchObject({
      name: expect.stringMatching(/./),
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    });
    for (const item of listMemberValues(source, 'item').flat()) {
      const members = ['item', 'request'].filter((name) => name in (item as object));
      expect(item).toMatchObject({ id: expect.any(String), name: expect.stringMatching(/./) });
      expect(members).toHaveLength(1);
    }
  }
});

test('all IDs are unique UUIDs', () => {
  const ids = [...listMemberValues(zoo, 'id'), ...listMemberValues(zoo, '_postman_id')];
  const uuid = /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !uuid.test(String(id)))).toEqual([]);
});

test('documented values are filled in, all others are placeholders', () => {
  const [get] = importCollection(zoo).items;

  expect(get?.request.url.variables.toObject()).toEqual({ id: '7' });
  expect(get?.request.url.query.toObject()).toMatchObject({ lang: 'en', 'filter[age]': '<integer>' });
});

test('a description that cannot be converted is an error', async () => {
  await expect(buildPostmanCollection({ openapi: '3.1.0' })).rejects.toThrow();
});

test('an imported request receives its documented example from the mock', async () => {
  const mock = await startMock();
  onTestFinished(() => mock.close());
  const { collection: filled, items: requests } = importCollection({
    ...collection,
    variable: [
      { key: 'baseUrl', value: mock.url },
      { key: 'token', value: DEFAULT_TOKEN },
    ],
  });
  const scope = [filled.variables];
  const request = requests[0]?.request.toObjectResolved(filled, scope, { ignoreOwnVariables: true });
  const { method, url, headers } = new postman.Request(request as RequestDefinition);
  const credentials = filled.auth?.parameters().toObject() ?? {};
  const { username, password } = postman.Property.replaceSubstitutionsIn(credentials, scope, false) as typeof basic;
  const response = await fetch(url.toString(), {
    method,
    headers: { ...headers.toObject(), Authorization: `Basic ${btoa(`${username}:${password}`)}` },
  });

  expect(response.status).toBe(200);
  expect(await response.json()).toEqual(JSON.parse(responses[0]?.body ?? ''));
});

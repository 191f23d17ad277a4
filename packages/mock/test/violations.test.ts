import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { send, startMockForFile } from './support.ts';

const TEXT = `
openapi: 3.2.0
info: { title: Things, version: 1.0.0 }
paths:
  /values:
    post:
      requestBody:
        required: true
        content: { application/json: { schema: { type: [object, boolean, number, string, "null"] } } }
      responses: { "204": { description: Received. } }
  /numbers:
    post:
      requestBody: { content: { application/json: { schema: { type: number } } } }
      responses: { "204": { description: Received. } }
  /things:
    parameters:
      - { name: startAt, in: query, schema: { type: integer, minimum: 1 } }
      - { name: X-Lang, in: header, schema: { enum: [en, de] } }
      - { name: old, in: query, deprecated: true, schema: { type: string } }
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [id, name]
              additionalProperties: false
              properties:
                id: { type: string, readOnly: true }
                name: { type: string, minLength: 1 }
                secret: { type: string, writeOnly: true }
                size: { type: object, properties: { width: { type: integer } } }
                pair: { type: array, prefixItems: [{ type: integer }, { type: string }] }
          text/plain: { schema: { type: string, maxLength: 3 } }
          application/xml: { schema: { type: object } }
      responses: { "204": { description: Received. } }
  /lists:
    get:
      parameters:
        - { name: ids, in: query, schema: { type: array, items: { type: integer } } }
        - { name: csv, in: query, explode: false, schema: { type: array, items: { type: integer } } }
        - name: filter
          in: query
          style: deepObject
          schema: { type: object, required: [a], properties: { a: { type: integer }, b: { type: integer } } }
        - name: paging
          in: query
          schema: { type: object, required: [pageSize], properties: { pageSize: { type: integer }, startAt: { type: integer } } }
      responses: { "204": { description: Received. } }
  /whole-query:
    get:
      parameters:
        - name: query
          in: querystring
          required: true
          content:
            application/x-www-form-urlencoded:
              schema: { type: object, required: [pageSize], properties: { pageSize: { type: integer }, tags: { type: array, items: { type: integer } } } }
      responses: { "204": { description: Received. } }
  /sessions:
    get:
      parameters:
        - { name: theme, in: cookie, schema: { enum: [dark, "light mode"] } }
        - { name: sessionId, in: cookie, required: true, schema: { type: integer } }
      responses: { "204": { description: Received. } }
  /forms:
    post:
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: { $ref: "#/components/schemas/Form" }
            encoding: { labels: { style: pipeDelimited, explode: false } }
          multipart/form-data: { schema: { $ref: "#/components/schemas/Form" } }
      responses: { "204": { description: Received. } }
  /nodes:
    post:
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Node" } } } }
      responses: { "201": { description: Created., content: { application/json: { schema: { $ref: "#/components/schemas/Node" } } } } }
components:
  schemas:
    Node:
      type: object
      required: [id, password, children]
      properties:
        id: { type: string, readOnly: true }
        password: { type: string, writeOnly: true }
        children: { type: array, items: { $ref: "#/components/schemas/Node" } }
    Form:
      type: object
      required: [count]
      additionalProperties: false
      properties:
        count: { type: integer, minimum: 1 }
        tags: { type: array, items: { type: string, maxLength: 3 }, minItems: 2 }
        labels: { type: array, items: { type: integer } }
        isNew: { type: boolean }
        file: { type: string, format: binary }
        filter: { type: object, properties: { age: { type: integer } } }
`;
const folder = await createTemporaryFolder({ onTestFinished: afterAll }, { 'openapi.yaml': TEXT });
const mock = await startMockForFile({ spec: join(folder, 'openapi.yaml') });

const post = (path: string, body: string, type = 'application/json') =>
  send(mock, path, { method: 'POST', headers: { 'Content-Type': type }, body });
const listViolations = async (path: string, body: string, type?: string) => {
  const { json } = await post(path, body, type);
  const { violations = [] } = (json ?? {}) as { violations?: { location: string; message: string }[] };
  return violations.map(({ location, message }) => `${location} ${message}`);
};

test.each(['false', '0', '""', 'null', '{}', '1'])('the required JSON body %s is accepted', async (body) => {
  expect(await post('/values', body)).toMatchObject({ status: 204 });
});

test.each([
  ['/values', '[]', ['body must be object,boolean,number,string,null']],
  ['/values', '', ['body is required']],
  ['/values', '{"a":', ['body is not valid JSON']],
  ['/numbers', 'null', ['body must be number']],
  ['/numbers', 'false', ['body must be number']],
  ['/numbers', '', []],
  ['/nodes', '{"password":"a","children":[{"password":"b","children":[]}]}', []],
  ['/nodes', '{"password":"a","children":[{"children":[]}]}', ['body.children.0.password is required']],
  ['/things', '{}', ['body.name is required']],
  ['/things', '{"name":""}', ['body.name must NOT have fewer than 1 characters']],
  ['/things', '{"name":"a","colour":"red"}', ['body.colour is not allowed']],
  ['/things', '{"name":"a","id":"x"}', ['body.id is not allowed']],
  ['/things', '{"name":"a","secret":"s"}', []],
  ['/things', '{"name":"a","size":{"width":"7"}}', ['body.size.width must be integer']],
  ['/things', '{"name":"a","pair":["b"]}', ['body.pair.0 must be integer']],
  ['/things?startAt=0', '{"name":"a"}', ['query.startAt must be >= 1']],
  ['/things?old=yes', '{"name":"a"}', []],
  ['/things?startAt=x', '{"name":7}', ['body.name must be string', 'query.startAt must be integer']],
])('%s with the body %s violates %j', async (path, body, expected) => {
  expect(await listViolations(path, body)).toEqual(expected);
});

test.each([
  ['/lists?ids=1&ids=2&csv=1,2&filter[a]=1', []],
  ['/lists?ids=x&ids=2', ['query.ids.0 must be integer']],
  ['/lists?ids=1&ids=x', ['query.ids.1 must be integer']],
  ['/lists?ids=1,2', ['query.ids.0 must be integer']],
  ['/lists?csv=1,x', ['query.csv.1 must be integer']],
  ['/lists?ids=1', []],
  ['/lists?filter[b]=1', ['query.filter.a is required']],
  ['/lists?filter[a]=x', ['query.filter.a must be integer']],
  ['/lists?pageSize=7', []],
  ['/lists?pageSize=x&startAt=1', ['query.pageSize must be integer']],
  ['/whole-query?pageSize=7&tags=1&tags=2', []],
  ['/whole-query?pageSize=x', ['query.pageSize must be integer']],
  ['/whole-query', ['query.pageSize is required']],
])('%s violates %j', async (target, expected) => {
  const { json } = await send(mock, target);
  const { violations = [] } = (json ?? {}) as { violations?: { location: string; message: string }[] };

  expect(violations.map(({ location, message }) => `${location} ${message}`)).toEqual(expected);
});

test.each([
  ['sessionId=7', []],
  ['theme=light%20mode; sessionId=7', []],
  ['theme=dark', ['cookie.sessionId is required']],
  [
    'theme=blue; sessionId=x',
    ['cookie.theme must be equal to one of the allowed values: dark, light mode', 'cookie.sessionId must be integer'],
  ],
])('the cookies %s violate %j', async (Cookie, expected) => {
  const { json } = await send(mock, '/sessions', { headers: { Cookie } });
  const { violations = [] } = (json ?? {}) as { violations?: { location: string; message: string }[] };

  expect(violations.map(({ location, message }) => `${location} ${message}`).toSorted()).toEqual(expected.toSorted());
});

test('a violation is in the message and in the list of a problem', async () => {
  const headers = { 'Content-Type': 'application/json', 'X-Lang': 'fr' };

  expect(await send(mock, '/things', { method: 'POST', headers, body: '{"name":"a"}' })).toMatchObject({
    status: 422,
    headers: { 'content-type': 'application/problem+json' },
    json: {
      type: 'about:blank',
      title: 'Unprocessable Content',
      status: 422,
      detail: 'The request is invalid: header.X-Lang must be equal to one of the allowed values: en, de.',
      violations: [{ location: 'header.X-Lang', message: 'must be equal to one of the allowed values: en, de' }],
    },
  });
});

describe('content types', () => {
  test.each([
    ['text/plain', 'abc', 204],
    ['text/plain; charset=utf-8', 'abcd', 422],
    ['application/xml', '<a/>', 204],
    ['APPLICATION/JSON', '{"name":"a"}', 204],
    ['text/csv', 'a,b', 415],
    ['application/merge-patch+json', '{"name":"a"}', 415],
  ])('%s with %s gets %i', async (type, body, status) => {
    expect(await post('/things', body, type)).toHaveProperty('status', status);
  });

  test('a chunked body with a content type that is not documented gets 415 with those that are', async () => {
    const { hostname, port } = new URL(mock.url);
    const { promise, resolve } = Promise.withResolvers<{ status: number | undefined; text: string }>();
    httpRequest({ hostname, port, method: 'POST', path: '/things', headers: { 'Content-Type': 'text/csv' } })
      .on('response', async (response) => {
        resolve({ status: response.statusCode, text: (await response.setEncoding('utf8').toArray()).join('') });
      })
      .end('a,b', 'utf8');
    const { status, text } = await promise;

    expect(status).toBe(415);
    expect(text).toContain('header.content-type must be application/json or text/plain or application/xml');
  });
});

describe.each(['application/x-www-form-urlencoded', 'multipart/form-data'])('%s', (type) => {
  /** Returns the entries in the format of the content type. */
  const encode = (text: string): [body: string, type: string] => {
    if (type !== 'multipart/form-data') return [text, type];
    const parts = [...new URLSearchParams(text)].map(
      ([name, value]) => `--boundary-7\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    return [`${parts.join('')}--boundary-7--\r\n`, 'multipart/form-data; boundary=boundary-7'];
  };

  test.each([
    ['count=7', []],
    ['count=0', ['body.count must be >= 1']],
    ['count=many', ['body.count must be integer']],
    ['tags=a&tags=b', ['body.count is required']],
    ['count=1&tags=a&tags=b', []],
    ['count=1&tags=a', ['body.tags must NOT have fewer than 2 items']],
    ['count=1&tags=a&tags=long', ['body.tags.1 must NOT have more than 3 characters']],
    ['count=1&isNew=true', []],
    ['count=1&isNew=maybe', ['body.isNew must be boolean']],
    ['count=1&colour=red', ['body.colour is not allowed']],
    ['count=1&filter=%7B%22age%22%3A%22x%22%7D', ['body.filter.age must be integer']],
    ['count=1&filter[age]=7', []],
    ['count=1&filter[age]=x', ['body.filter.age must be integer']],
  ])('%s violates %j', async (text, expected) => {
    expect(await listViolations('/forms', ...encode(text))).toEqual(expected);
  });
});

test('the encoding of a form is considered, and files are accepted', async () => {
  const form = 'application/x-www-form-urlencoded';
  expect(await listViolations('/forms', 'count=1&labels=1|2', form)).toEqual([]);
  expect(await listViolations('/forms', 'count=1&labels=1|b', form)).toEqual(['body.labels.1 must be integer']);

  const file =
    'Content-Disposition: form-data; name="file"; filename="a.bin"\r\nContent-Type: application/octet-stream';
  const count = 'Content-Disposition: form-data; name="count"';
  const body = `--boundary-7\r\n${file}\r\n\r\nbytes\r\n--boundary-7\r\n${count}\r\n\r\n1\r\n--boundary-7--\r\n`;
  expect(await post('/forms', body, 'multipart/form-data; boundary=boundary-7')).toHaveProperty('status', 204);
  expect(await listViolations('/forms', body, 'multipart/form-data')).toEqual(['body is not multipart/form-data']);
});

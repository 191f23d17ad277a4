import { createOperation } from '@firstofficer/openapi/testing';
import { expect, type TestContext, test } from 'vitest';
import { createHttpClient } from '../../src/http/client.ts';
import { isJson } from '../../src/http/media-type.ts';
import { createOperationExchange, findDocumentedBody, isDocumentedJson } from '../../src/request/operation-exchange.ts';
import { createRequest } from '../../src/request/operation-request.ts';
import { localServer } from '../local-server.ts';

/** Returns a response with a content type, for an operation that documents others. */
async function exchange(context: TestContext, type: string, documented: readonly string[], method = 'GET') {
  const url = await localServer(context, (_, response) => response.writeHead(200, { 'Content-Type': type }).end());
  const client = createHttpClient(url, 30_000);
  context.onTestFinished(() => client.close());
  const content = Object.fromEntries(documented.map((name) => [name, { example: name }]));
  const from = createOperation({ responses: { 200: { description: '…', content } } });
  const request = createRequest(from, { method, parameters: { id: '7' } });
  return createOperationExchange(from, request, await client.send(request));
}

test.for([
  ['application/json', ['application/json', 'application/*', '*/*'], 'application/json'],
  ['Application/JSON; charset=utf-8', ['application/json'], 'application/json'],
  ['application/xml', ['application/json', 'application/*', '*/*'], 'application/*'],
  ['text/plain', ['application/*', '*/*'], '*/*'],
  ['text/plain', ['application/json'], undefined],
  ['', ['application/json'], undefined],
  ['constructor', ['application/json'], undefined],
] as const)(
  'for a body of type %j and the documented types %j, the documented body is %j',
  async ([type, documented, expected], context) => {
    expect(findDocumentedBody(await exchange(context, type, documented))?.example).toBe(expected);
  },
);

test('a response to HEAD has no documented body', async (context) => {
  expect(findDocumentedBody(await exchange(context, 'application/json', ['application/json'], 'HEAD'))).toBeUndefined();
});

test('a body is documented JSON if its type is JSON and documented', async (context) => {
  expect(isDocumentedJson(await exchange(context, 'application/problem+json', ['application/*']))).toBe(true);
  expect(isDocumentedJson(await exchange(context, 'text/plain', ['*/*']))).toBe(false);
  expect(isDocumentedJson(await exchange(context, 'application/json', []))).toBe(false);
});

test.each([
  ['application/json', true],
  ['application/hal+json', true],
  ['text/json', false],
  ['application/jsonp', false],
])('%s is JSON: %s', (type, expected) => {
  expect(isJson(type)).toBe(expected);
});

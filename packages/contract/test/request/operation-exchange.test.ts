import { createOperation } from '@firstofficer/openapi/testing';
import { expect, type TestContext, test } from 'vitest';
import { isJson } from '../../src/http/exchange.ts';
import { createOperationExchange, findDocumentedBody, isDocumentedJson } from '../../src/request/operation-exchange.ts';
import { createRequest } from '../../src/request/operation-request.ts';
import { openConnection } from '../../src/run/connection.ts';
import { defaultOptions } from '../../src/run/context.ts';
import { localServer } from '../local-server.ts';

/** Returns a response with a content type, for an operation that documents others. */
async function exchange(
  context: TestContext,
  type: string,
  { documented, method = 'GET' }: { readonly documented: readonly string[]; readonly method?: string },
) {
  const url = await localServer(context, (_, response) => response.writeHead(200, { 'Content-Type': type }).end());
  const client = openConnection(url, defaultOptions(url));
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
    expect(findDocumentedBody(await exchange(context, type, { documented }))?.example).toBe(expected);
  },
);

test('a response to HEAD has no documented body', async (context) => {
  expect(
    findDocumentedBody(
      await exchange(context, 'application/json', { documented: ['application/json'], method: 'HEAD' }),
    ),
  ).toBeUndefined();
});

test('a body is documented JSON if its type is JSON and documented', async (context) => {
  expect(isDocumentedJson(await exchange(context, 'application/problem+json', { documented: ['application/*'] }))).toBe(
    true,
  );
  expect(isDocumentedJson(await exchange(context, 'text/plain', { documented: ['*/*'] }))).toBe(false);
  expect(isDocumentedJson(await exchange(context, 'application/json', { documented: [] }))).toBe(false);
});

test.each([
  ['application/json', true],
  ['application/hal+json', true],
  ['text/json', false],
  ['application/jsonp', false],
])('%s is JSON: %s', (type, expected) => {
  expect(isJson(type)).toBe(expected);
});

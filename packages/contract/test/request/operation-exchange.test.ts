import { createOperation } from '@firstofficer/openapi/testing';
import { expect, type TestContext, test } from 'vitest';
import {
  createOperationExchange,
  findDocumentedBody,
  findDocumentedJson,
} from '../../src/request/operation-exchange.ts';
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
  const client = openConnection(url, defaultOptions(url, { operations: [] }));
  context.onTestFinished(() => client.close());
  const content = Object.fromEntries(documented.map((name) => [name, { example: name }]));
  const from = createOperation({ responses: { 200: { description: '…', content } } });
  const request = createRequest(from, { method, parameters: { id: '7' } });
  return createOperationExchange(request, await client.send(request));
}

const ALL = ['application/json', 'application/*', '*/*'] as const;

test.for([
  ['application/json', ALL, 'application/json'],
  ['Application/JSON; charset=utf-8', ['application/json'], 'application/json'],
  ['application/xml', ALL, 'application/*'],
  ['text/plain', ['application/*', '*/*'], '*/*'],
  ['text/plain', ['application/json'], undefined],
  ['', ['application/json'], undefined],
  ['constructor', ['application/json'], undefined],
] as const)(
  'findDocumentedBody: for a body of type %j and the documented types %j, it returns %j',
  async ([type, documented, expected], context) => {
    expect(findDocumentedBody(await exchange(context, type, { documented }))?.example).toBe(expected);
  },
);

test('findDocumentedBody returns undefined for a response to HEAD', async (context) => {
  const head = await exchange(context, 'application/json', { documented: ALL, method: 'HEAD' });

  expect(findDocumentedBody(head)).toBeUndefined();
});

test.for([
  ['application/problem+json', ['application/*'], 'application/*'],
  ['text/plain', ['*/*'], undefined],
  ['application/json', [], undefined],
] as const)(
  'findDocumentedJson: for a body of type %j and the documented types %j, it returns %j',
  async ([type, documented, expected], context) => {
    expect(findDocumentedJson(await exchange(context, type, { documented }))?.example).toBe(expected);
  },
);

import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createSendOperation } from '../src/operation.ts';
import type { OperationInput } from '../src/request.ts';
import { startServer } from './support.ts';

// These tests call an internal function, so that they can send any method, query, header and body.

async function recordRequests(method: string, options: OperationInput, status = 200) {
  const requests: { method?: string; url?: string; headers: Record<string, unknown>; body: string }[] = [];
  const baseUrl = await startServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers, body: await text(request) });
    response.writeHead(status, { 'Retry-After': '0' }).end('{}');
  });
  const sendOperation = createSendOperation({ token: 'key' }, { serverUrl: baseUrl, operationIds: {} });
  await sendOperation({ method, path: '/v2/customers', options });
  return requests;
}

test('a query is encoded', async () => {
  const [request] = await recordRequests('GET', {
    params: { query: { email: 'jane+billing@example.com', state: ['a', 'b&c'] } },
  });

  expect(request?.url).toBe('/v2/customers?email=jane%2Bbilling%40example.com&state=a&state=b%26c');
});

test.each([{}, { email: undefined }])('an empty query adds no question mark: %j', async (query) => {
  const [request] = await recordRequests('GET', { params: { query } });

  expect(request?.url).toBe('/v2/customers');
});

test('headers of the operation and of the call are sent in addition to the key', async () => {
  const [request] = await recordRequests('GET', { params: { header: { 'X-Trace': '1' } }, headers: { 'X-Call': '2' } });

  expect(request?.headers).toMatchObject({ authorization: 'Basic a2V5Og==', 'x-trace': '1', 'x-call': '2' });
});

test('a body is sent as JSON', async () => {
  const [request] = await recordRequests('POST', { body: { name: 'Jane' } });

  expect(request).toMatchObject({ method: 'POST', body: '{"name":"Jane"}' });
  expect(request?.headers).toMatchObject({ authorization: 'Basic a2V5Og==', 'content-type': 'application/json' });
});

test.each([
  ['GET', 3],
  ['POST', 1],
  ['PUT', 1],
  ['PATCH', 1],
  ['DELETE', 1],
])('%s is sent at most %i times', async (method, times) => {
  expect(await recordRequests(method, {}, 503)).toHaveLength(times);
});

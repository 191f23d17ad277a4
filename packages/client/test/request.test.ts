import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { paths } from '../src/index.ts';
import { createRedact } from '../src/redaction.ts';
import { createSendOperation, type OperationOptions } from '../src/request.ts';
import { createTransport } from '../src/transport.ts';
import { localServer } from './local-server.ts';

// These tests call internal functions, because the description has no operation with a query, headers or a body yet.

async function recordRequests(method: string, options: OperationOptions, status = 200) {
  const requests: { method?: string; url?: string; headers: Record<string, unknown>; body: string }[] = [];
  const baseUrl = await localServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers, body: await text(request) });
    response.writeHead(status, { 'Retry-After': '0' }).end('{}');
  });
  const send = createTransport(createRedact('key'), { timeout: 5_000 });
  await createSendOperation(baseUrl, 'Basic a2V5Og==', send)(method, '/v2/customers' as keyof paths, options);
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

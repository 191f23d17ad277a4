import { expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { failure } from './failure.ts';
import { localServer } from './local-server.ts';

const PATH = '/v2/customers/{customer}';
const params = { path: { customer: 'cus_1234ABCD' } };

test('result and error come side by side, with the response', async () => {
  const baseUrl = await localServer(({ url }, response) => {
    if (url === '/v2/customers/cus_1234ABCD') response.end('{"object":"customer","current_mrr":69900}');
    else response.writeHead(404).end('{"error":{"type":"invalid_request_error","message":"No such customer."}}');
  });
  const { api } = createClient({ token: 'key', baseUrl });

  const success = await api.GET(PATH, { params });
  expect(success.data?.current_mrr).toBe(69_900);
  expect(success.error).toBeUndefined();
  expect(success.response.status).toBe(200);

  const unknown = await api.GET(PATH, { params: { path: { customer: 'nobody' } } });
  expect(unknown.data).toBeUndefined();
  expect(unknown.error?.error.message).toBe('No such customer.');
  expect(unknown.response.status).toBe(404);
});

test('an error that is not JSON is its text', async () => {
  const baseUrl = await localServer((_, response) => response.writeHead(403).end('<h1>Forbidden</h1>'));
  const { error } = await createClient({ token: 'key', baseUrl }).api.GET(PATH, { params });

  expect(error).toBe('<h1>Forbidden</h1>');
});

test('a success without a body has no data', async () => {
  const baseUrl = await localServer((_, response) => response.writeHead(204).end());
  const { data, response } = await createClient({ token: 'key', baseUrl }).api.GET(PATH, { params });

  expect(data).toBeUndefined();
  expect(response.status).toBe(204);
});

test('a success that is not JSON is invalid_response', async () => {
  const baseUrl = await localServer((_, response) => response.end('<h1>Hello</h1>'));

  expect(await failure(createClient({ token: 'key', baseUrl }).api.GET(PATH, { params }))).toMatchObject({
    code: 'invalid_response',
    status: 200,
  });
});

test('headers of the call are sent beside the key', async () => {
  let received: Record<string, unknown> = {};
  const baseUrl = await localServer(({ headers }, response) => {
    received = headers;
    response.end('{"object":"customer"}');
  });
  await createClient({ token: 'sesame', baseUrl }).api.GET(PATH, { params, headers: { Traceparent: '00-1-2-00' } });

  expect(received).toMatchObject({ authorization: 'Basic c2VzYW1lOg==', traceparent: '00-1-2-00' });
  expect(received).not.toHaveProperty('content-type');
});

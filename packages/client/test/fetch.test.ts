import { expect, test, vi } from 'vitest';
import { createClient, type Fetch, type FetchInit, type FetchResponse } from '../src/index.ts';
import { catchError, getCustomer } from './support.ts';

/** A response that has only what the client needs. */
function createResponse(status: number, body: string): FetchResponse {
  return { ok: status === 200, status, headers: { get: () => null }, text: async () => body };
}

test('a response needs only ok, status, headers.get and text', async () => {
  const { customers } = createClient({
    token: 'SecretKey',
    fetch: async () => createResponse(200, '{"object":"customer"}'),
  });
  const { data, response } = await customers.retrieve.withResponse('cus_1234ABCD');

  expect(data).toEqual({ object: 'customer' });
  expect(response).toMatchObject({ ok: true, status: 200 });
});

test('the same holds for a response that is an error', async () => {
  const fetch: Fetch = async () =>
    createResponse(401, '{"error":{"message":"The key is wrong.","type":"invalid_request_error"}}');
  const { customers } = createClient({ token: 'SecretKey', fetch });

  expect(await catchError(customers.retrieve('cus_1234ABCD'))).toMatchObject({ code: 'unauthorized', status: 401 });
});

test('fetch is called with a URL and plain options, which it can copy and extend', async () => {
  const fetch = vi.fn(async (_url: string, _init: FetchInit) => createResponse(200, '{"object":"customer"}'));
  const { api } = createClient({ token: 'SecretKey', fetch, baseUrl: 'https://api.example.com' });
  await getCustomer(api, 'cus_1234ABCD', { headers: { 'X-Trace': '1' } } as object);

  const [url, { signal, headers, ...init }] = fetch.mock.lastCall ?? expect.unreachable('fetch was not called');
  expect(url).toBe('https://api.example.com/v2/customers/cus_1234ABCD');
  expect(signal).toBeInstanceOf(AbortSignal);
  expect(init).toEqual({ method: 'GET', redirect: 'manual' });
  const names = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  expect(names).toMatchObject({ authorization: 'Basic U2VjcmV0S2V5Og==', 'x-trace': '1' });
});

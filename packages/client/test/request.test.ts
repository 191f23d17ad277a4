import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createClient } from '../src/index.ts';
import { createOperationSender } from '../src/operation.ts';
import type { OperationInput } from '../src/request.ts';
import { catchError, getCustomer, startRecorder } from './support.ts';

/** Sends an operation of any method, query, header and body. Returns the requests that arrive. */
async function sendRecorded(method: string, options: OperationInput, status = 200) {
  const { baseUrl, requests } = await startRecorder(status);
  const sendOperation = createOperationSender({ token: 'key' }, baseUrl, {});
  await sendOperation({ ...options, method, path: '/v2/customers' });
  return requests;
}

/** Returns the identifier of a customer in the URL of a request. It must be one path segment. */
function decodeIdentifier({ url }: { readonly url: string }): string {
  return decodeURIComponent(/^\/v2\/customers\/([^/?#]+)$/.exec(url)?.[1] ?? '');
}

test('a query is encoded', async () => {
  const [request] = await sendRecorded('GET', {
    params: { query: { email: 'jane+billing@example.com', state: ['a', 'b&c'] } },
  });

  expect(request?.url).toBe('/v2/customers?email=jane%2Bbilling%40example.com&state=a&state=b%26c');
});

test.each([{}, { email: undefined }])('an empty query adds no question mark: %j', async (query) => {
  const [request] = await sendRecorded('GET', { params: { query } });

  expect(request?.url).toBe('/v2/customers');
});

test('headers of the operation and of the call are sent in addition to the key', async () => {
  const [request] = await sendRecorded('GET', { params: { header: { 'X-Trace': '1' } }, headers: { 'X-Call': '2' } });

  expect(request?.headers).toMatchObject({ authorization: 'Basic a2V5Og==', 'x-trace': '1', 'x-call': '2' });
});

test('a request without a body has no media type', async () => {
  const [request] = await sendRecorded('GET', { headers: { 'X-Call': '2' } });

  expect(request?.headers).not.toHaveProperty('content-type');
});

test('an Authorization header of the call replaces the key', async () => {
  const [request] = await sendRecorded('GET', { headers: { authorization: 'Basic b3RoZXI6' } });

  expect(request?.headers.authorization).toBe('Basic b3RoZXI6');
});

test('invalid headers reject with invalid_argument, and the message does not contain them', async () => {
  const error = await catchError(sendRecorded('GET', { headers: { 'X-Secret': 'a\nb' } }));

  expect(error).toMatchObject({ code: 'invalid_argument', param: 'headers' });
  expect(error.message).not.toContain('a\nb');
});

test('a body is sent as JSON', async () => {
  const [request] = await sendRecorded('POST', { body: { name: 'Jane' } });

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
  expect(await sendRecorded(method, {}, 503)).toHaveLength(times);
});

const DIFFICULT = [
  'jane+billing@example.com',
  'a/b?c#d%e',
  '%2e%2e',
  '%2E',
  '%ZZ',
  '%',
  ' ü ',
  '\0',
  '\t\n',
  "it's(*)!",
  '🦆',
  '...',
  '..\n',
  './..',
  '{customer}',
  '$&',
];

test.each(DIFFICULT)('the server receives %j unchanged', async (identifier) => {
  const { baseUrl, requests } = await startRecorder();
  const { customers, api } = createClient({ token: 'key', baseUrl });
  await customers.retrieve(identifier);
  await getCustomer(api, identifier);

  expect(requests.map(decodeIdentifier)).toEqual([identifier, identifier]);
});

test('the server receives any valid string unchanged', async () => {
  const { baseUrl, requests } = await startRecorder();
  const { customers } = createClient({ token: 'key', baseUrl });
  const identifiers = fc
    .string({ minLength: 1, maxLength: 200, unit: 'binary' })
    .filter((identifier) => identifier !== '.' && identifier !== '..');

  await fc.assert(
    fc.asyncProperty(identifiers, async (identifier) => {
      await customers.retrieve(identifier);
      expect(requests.map(decodeIdentifier)).toEqual([identifier]);
      requests.length = 0;
    }),
    { seed: 1340573, numRuns: 500 },
  );
});

test.each([
  '',
  '.',
  '..',
  '\ud800',
  'a\udc00b',
  undefined,
  null,
  {},
  { 'a/../../../v1/keys?x': '1' },
  ['a'],
  true,
  Number.NaN,
  Symbol('a'),
])('the identifier %s rejects with invalid_argument, and nothing is sent', async (identifier) => {
  const fetch = vi.fn(async () => new Response('{"object":"customer"}'));
  const { customers, api } = createClient({ token: 'key', fetch });
  const customer = identifier as string;
  const expected = { code: 'invalid_argument', param: 'customer' };

  expect(await catchError(customers.retrieve(customer))).toMatchObject(expected);
  expect(await catchError(getCustomer(api, customer))).toMatchObject(expected);
  expect(fetch).not.toHaveBeenCalled();
});

test.each([undefined, {}, { params: {} }, { params: { path: {} } }, { params: { path: { id: 'cus_1234ABCD' } } }])(
  'a call of api without its path parameters rejects with invalid_argument: %j',
  async (init) => {
    const fetch = vi.fn(async () => new Response('{"object":"customer"}'));
    const { api } = createClient({ token: 'key', fetch });
    const get = api.GET as (path: string, init: unknown) => Promise<unknown>;

    expect(await catchError(get('/v2/customers/{customer}', init))).toMatchObject({ code: 'invalid_argument' });
    expect(fetch).not.toHaveBeenCalled();
  },
);

test('an identifier that is a number is sent as its digits', async () => {
  const { baseUrl, requests } = await startRecorder();
  // JavaScript callers can pass any value.
  await createClient({ token: 'key', baseUrl }).customers.retrieve(1340573 as unknown as string);

  expect(requests).toMatchObject([{ url: '/v2/customers/1340573' }]);
});

test('a path that would extend the host name rejects with invalid_argument', async () => {
  const { api } = createClient({ token: 'key', fetch: () => expect.unreachable('nothing should be sent') });
  const get = api.GET as (path: string, init: unknown) => Promise<unknown>;

  expect(await catchError(get('.example.com/x', {}))).toMatchObject({ code: 'invalid_argument', param: 'path' });
});

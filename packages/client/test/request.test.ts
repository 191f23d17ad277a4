import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { type CallOptions, createClient, type FetchInit } from '../src/index.ts';
import { createOperationSender } from '../src/operation.ts';
import type { OperationInput } from '../src/request.ts';
import { serializeInput } from '../src/serialize.ts';
import { catchError, getCustomer, startRecorder } from './support.ts';

/** Sends an operation of any method, query, header and body. Returns the requests that arrive. */
async function sendRecorded(method: string, options: OperationInput, status = 200) {
  const { baseUrl, requests } = await startRecorder(status);
  const sendOperation = createOperationSender({ token: 'key' }, { serverUrl: baseUrl, operations: {} });
  const call = sendOperation(serializeInput({ ...options, method, path: '/v2/customers' }));
  if (status < 400) await call;
  else await catchError(call);
  return requests;
}

/** Returns the identifier of a customer in the URL of a request. It must be one path segment. */
function decodeIdentifier({ url }: { readonly url: string }): string {
  return decodeURIComponent(/^\/v2\/customers\/([^/?#]+)$/.exec(url)?.[1] ?? '');
}

test('the members of an object in a query are in brackets', async () => {
  const [request] = await sendRecorded('GET', { params: { query: { filter: { name: 'a&b', tags: [1, 2] } } } });

  expect(request?.url).toBe('/v2/customers?filter[name]=a%26b&filter[tags]=1&filter[tags]=2');
});

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

test('every request accepts JSON and identifies the client', async () => {
  const [request] = await sendRecorded('GET', {});

  expect(request?.headers).toMatchObject({
    accept: 'application/json',
    'user-agent': `@firstofficer/client/${manifest.version}`,
  });
});

test('User-Agent contains the name of the application', async () => {
  const { baseUrl, requests } = await startRecorder();
  await createClient({ token: 'key', baseUrl, application: 'billing-sync/2.1' }).customers.retrieve('x');

  expect(requests[0]?.headers['user-agent']).toBe(`@firstofficer/client/${manifest.version} billing-sync/2.1`);
});

test('a browser page sends its own User-Agent', async () => {
  vi.stubGlobal('document', {});
  const fetch = vi.fn(async (_url: string, _init: FetchInit) => new Response('{"object":"customer"}'));
  await createClient({ token: 'key', fetch }).customers.retrieve('x');
  vi.unstubAllGlobals();

  expect(Object.keys(fetch.mock.lastCall?.[1].headers ?? {})).toEqual(['accept', 'Authorization']);
});

test.each<[string, NonNullable<CallOptions['headers']>]>([
  ['an object', { 'X-Team': 'finance', 'X-Count': 2, 'X-Skipped': undefined }],
  [
    'pairs',
    [
      ['X-Team', 'finance'],
      ['X-Count', '2'],
    ],
  ],
  ['a Headers object', new Headers({ 'X-Team': 'finance', 'X-Count': '2' })],
])('headers of the client and of a call may be %s', async (_, headers) => {
  const { baseUrl, requests } = await startRecorder();
  await createClient({ token: 'key', baseUrl, headers }).customers.retrieve('x');
  const { customers, api } = createClient({ token: 'key', baseUrl, headers: { 'X-Team': 'none', accept: '*/*' } });
  await customers.retrieve('x', { headers });
  await getCustomer(api, 'x', { headers });

  const sent = { 'x-team': 'finance', 'x-count': '2', authorization: 'Basic a2V5Og==' };
  expect(requests.map((request) => request.headers)).toMatchObject([sent, sent, sent]);
  expect(requests[1]?.headers).toMatchObject({ accept: '*/*' });
  expect(requests[0]?.headers).not.toHaveProperty('x-skipped');
});

test.each([null, undefined])('a header that is %s is not sent, and replaces no other', async (value) => {
  const { baseUrl, requests } = await startRecorder();
  const { customers } = createClient({ token: 'key', baseUrl, headers: { 'X-Team': 'finance' } });
  await customers.retrieve('x', { headers: { 'x-team': value, 'x-other': value } });

  expect(requests[0]?.headers).toMatchObject({ 'x-team': 'finance' });
  expect(requests[0]?.headers).not.toHaveProperty('x-other');
});

const INVALID_HEADERS = [
  { authorization: 'Basic b3RoZXI6' },
  { AUTHORIZATION: 'other' },
  [['Authorization', 'other']],
  new Headers({ Authorization: 'other' }),
  { 'X-Secret': 'a\nb' },
  { 'X-Secret': '🔑' },
  { 'X Secret': 'a' },
  { '': 'a' },
  { 'X-Secret': Symbol('a') },
  'X-Secret: a',
  7,
  true,
  [7],
];

test.each(INVALID_HEADERS)('the headers %j are invalid for a client and for a call', async (value) => {
  const headers = value as NonNullable<CallOptions['headers']>;
  const expected = { code: 'invalid_argument', param: 'headers' };

  expect(() => createClient({ token: 'key', headers })).toThrow(expect.objectContaining(expected));
  expect(await catchError(sendRecorded('GET', { headers }))).toMatchObject(expected);
  expect(await catchError(sendRecorded('GET', { params: { header: headers } }))).toMatchObject(expected);
});

test('headers that are empty or remove Authorization do not remove the key', async () => {
  for (const authorization of [null, undefined]) {
    const [request] = await sendRecorded('GET', { headers: { authorization } });
    expect(request?.headers.authorization).toBe('Basic a2V5Og==');
  }
});

test.each(['a\nb', '🔑'])('the application %j is invalid, because no header can contain it', (application) => {
  expect(() => createClient({ token: 'key', application })).toThrow(
    expect.objectContaining({ code: 'invalid_argument', param: 'headers' }),
  );
});

const circular: Record<string, unknown> = {};
circular.self = circular;

test.each([1n, circular, { big: 1n }, () => {}, Symbol('a'), { toJSON: () => undefined }])(
  'a body that JSON cannot contain rejects with invalid_argument: %s',
  async (body) => {
    expect(await catchError(sendRecorded('POST', { body }))).toMatchObject({ code: 'invalid_argument', param: 'body' });
  },
);

test.each(['GET', 'HEAD'])('a body rejects with invalid_argument for %s', async (method) => {
  expect(await catchError(sendRecorded(method, { body: null }))).toMatchObject({
    code: 'invalid_argument',
    param: 'body',
  });
});

test.each([{ email: '\ud800' }, { email: Symbol('a') }, circular])(
  'a query that a URL cannot contain rejects with invalid_argument: %s',
  async (query) => {
    expect(await catchError(sendRecorded('GET', { params: { query } }))).toMatchObject({
      code: 'invalid_argument',
      param: 'query',
    });
  },
);

test('a request without a body has no media type', async () => {
  const [request] = await sendRecorded('GET', { headers: { 'X-Call': '2' } });

  expect(request?.headers).not.toHaveProperty('content-type');
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

test.each([undefined, null, 7, {}, ['/v2/customers'], Symbol('a')])('the path %s is invalid', async (path) => {
  const { api } = createClient({ token: 'key', fetch: () => expect.unreachable('nothing should be sent') });
  const get = api.GET as (path: unknown) => Promise<unknown>;

  expect(await catchError(get(path))).toMatchObject({ code: 'invalid_argument', param: 'path' });
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

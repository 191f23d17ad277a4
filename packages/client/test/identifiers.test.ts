import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createClient } from '../src/index.ts';
import { catchError, startServer } from './support.ts';

const CUSTOMER = '{"object":"customer"}';

/** Starts a server that records the raw path segment after /v2/customers/. */
async function segmentServer() {
  const server = { baseUrl: '', segment: '' };
  server.baseUrl = await startServer(({ url = '' }, response) => {
    server.segment = url.replace('/v2/customers/', '');
    response.end(CUSTOMER);
  });
  return server;
}

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
  const server = await segmentServer();
  const { customers, api } = createClient({ token: 'key', baseUrl: server.baseUrl });

  await customers.retrieve(identifier);
  expect(decodeURIComponent(server.segment)).toBe(identifier);

  server.segment = '';
  await api.GET('/v2/customers/{customer}', { params: { path: { customer: identifier } } });
  expect(decodeURIComponent(server.segment)).toBe(identifier);
});

test('the server receives any valid string unchanged', async () => {
  const server = await segmentServer();
  const { customers } = createClient({ token: 'key', baseUrl: server.baseUrl });
  const identifiers = fc
    .string({ minLength: 1, maxLength: 200, unit: 'binary' })
    .filter((identifier) => identifier !== '.' && identifier !== '..');

  await fc.assert(
    fc.asyncProperty(identifiers, async (identifier) => {
      await customers.retrieve(identifier);
      expect(decodeURIComponent(server.segment)).toBe(identifier);
      expect(server.segment).not.toMatch(/[/?#]/);
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
  const fetch = vi.fn(async () => new Response(CUSTOMER));
  const { customers, api } = createClient({ token: 'key', fetch });
  const customer = identifier as string;
  const expected = { code: 'invalid_argument', param: 'customer' };

  expect(await catchError(customers.retrieve(customer))).toMatchObject(expected);
  expect(await catchError(api.GET('/v2/customers/{customer}', { params: { path: { customer } } }))).toMatchObject(
    expected,
  );
  expect(fetch).not.toHaveBeenCalled();
});

test.each([undefined, {}, { params: {} }, { params: { path: {} } }, { params: { path: { id: 'cus_1234ABCD' } } }])(
  'a call of api without its path parameters rejects with invalid_argument: %j',
  async (init) => {
    const fetch = vi.fn(async () => new Response(CUSTOMER));
    const { api } = createClient({ token: 'key', fetch });
    const get = api.GET as (path: string, init: unknown) => Promise<unknown>;

    expect(await catchError(get('/v2/customers/{customer}', init))).toMatchObject({ code: 'invalid_argument' });
    expect(fetch).not.toHaveBeenCalled();
  },
);

test('a number, which JavaScript callers can pass, is sent as its digits', async () => {
  const server = await segmentServer();
  await createClient({ token: 'key', baseUrl: server.baseUrl }).customers.retrieve(1340573 as unknown as string);

  expect(server.segment).toBe('1340573');
});

test('a path that would extend the host name rejects with invalid_argument', async () => {
  const { api } = createClient({ token: 'key', fetch: () => expect.unreachable('nothing should be sent') });
  const get = api.GET as (path: string, init: unknown) => Promise<unknown>;

  expect(await catchError(get('.example.com/x', {}))).toMatchObject({ code: 'invalid_argument', param: 'path' });
});

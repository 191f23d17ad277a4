import { DEFAULT_TOKEN, type Mock, startMock } from '@firstofficer/mock';
import { examplePairs, loadDescription } from '@firstofficer/openapi';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type FirstOfficerError } from '../src/index.ts';
import { localServer } from './local-server.ts';

const { operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
const successes = operations.flatMap(examplePairs).filter(({ status }) => status === '200');

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const failure = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('the call should have failed'),
    (error: FirstOfficerError) => error,
  );

describe.each(['basic', 'token'] as const)('with the key in the form %s', (auth) => {
  test.each(successes)('retrieves the example $name', async ({ parameters, body }) => {
    const { customers } = createClient({ token: DEFAULT_TOKEN, auth, baseUrl: mock.url });

    await expect(customers.retrieve(parameters.customer ?? '')).resolves.toEqual(body);
  });

  test('a wrong key is unauthorized', async () => {
    const { customers } = createClient({ token: 'wrong', auth, baseUrl: mock.url });

    expect(await failure(customers.retrieve('cus_1234ABCD'))).toMatchObject({
      name: 'FirstOfficerError',
      code: 'unauthorized',
      status: 401,
      type: 'invalid_request_error',
      param: undefined,
      message: 'Invalid API Key provided.',
    });
  });
});

test('an unknown customer is not_found', async () => {
  const { customers } = createClient({ token: DEFAULT_TOKEN, baseUrl: mock.url });

  expect(await failure(customers.retrieve('nobody'))).toMatchObject({
    code: 'not_found',
    status: 404,
    type: 'invalid_request_error',
    param: 'customer',
    message: 'No such customer.',
  });
});

test('an identifier beyond 1,024 characters is invalid_request', async () => {
  const { customers } = createClient({ token: DEFAULT_TOKEN, baseUrl: `${mock.url}/` });

  expect(await failure(customers.retrieve('x'.repeat(1025)))).toMatchObject({ code: 'invalid_request', status: 400 });
});

test('the client underneath gives result and error side by side', async () => {
  const { api } = createClient({ token: DEFAULT_TOKEN, baseUrl: mock.url });
  const retrieve = (customer: string) => api.GET('/v2/customers/{customer}', { params: { path: { customer } } });

  expect((await retrieve('cus_1234ABCD')).data?.current_mrr).toBe(69_900);
  expect((await retrieve('nobody')).error?.error.message).toBe('No such customer.');
});

test('another fetch can be given', async () => {
  const urls: string[] = [];
  const { customers } = createClient({
    token: DEFAULT_TOKEN,
    baseUrl: mock.url,
    fetch: (request) => {
      urls.push(request.url);
      return fetch(request);
    },
  });
  await customers.retrieve('cus_1234ABCD');

  expect(urls).toEqual([`${mock.url}/v2/customers/cus_1234ABCD`]);
});

test.each(['jane+billing@example.com', 'a/b?c#d%e', '%2e%2e', '%ZZ', ' ü ', "it's(*)!", '🦆', '...'])(
  'the server receives %j as it is',
  async (identifier) => {
    let received = '';
    const baseUrl = await localServer(({ url = '' }, response) => {
      received = url;
      response.end('{"object":"customer"}');
    });
    await createClient({ token: 'key', baseUrl }).customers.retrieve(identifier);

    expect(decodeURIComponent(received.replace('/v2/customers/', ''))).toBe(identifier);
  },
);

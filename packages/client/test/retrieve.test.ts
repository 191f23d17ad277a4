import { DEFAULT_TOKEN, startMock } from '@firstofficer/mock';
import { findExamplePairs } from '@firstofficer/openapi';
import { afterAll, describe, expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { validate } from '../src/validate.ts';
import { catchError, operations } from './support.ts';

const successes = operations.flatMap(findExamplePairs).filter(({ status }) => status === '200');

const mock = await startMock();
afterAll(() => mock.close());

describe.each(['basic', 'token'] as const)('with auth %s', (auth) => {
  test.each(successes)('retrieves the example $name', async ({ parameters, body }) => {
    const { customers } = createClient({ token: DEFAULT_TOKEN, auth, baseUrl: mock.url, validate });

    await expect(customers.retrieve(parameters.customer ?? '')).resolves.toEqual(body);
  });

  test('a wrong key rejects with unauthorized', async () => {
    const { customers } = createClient({ token: 'wrong', auth, baseUrl: mock.url });
    const error = await catchError(customers.retrieve('cus_1234ABCD'));

    expect(error).toMatchObject({
      code: 'unauthorized',
      status: 401,
      type: 'invalid_request_error',
      message: 'Invalid API Key provided.',
    });
    expect(error.param).toBeUndefined();
  });
});

test('an unknown customer rejects with not_found', async () => {
  const { customers } = createClient({ token: DEFAULT_TOKEN, baseUrl: mock.url });

  expect(await catchError(customers.retrieve('nobody'))).toMatchObject({
    code: 'not_found',
    status: 404,
    type: 'invalid_request_error',
    param: 'customer',
    message: 'No such customer.',
  });
});

test('an identifier of more than 1,024 characters rejects with invalid_request', async () => {
  const { customers } = createClient({ token: DEFAULT_TOKEN, baseUrl: `${mock.url}/` });

  expect(await catchError(customers.retrieve('x'.repeat(1025)))).toMatchObject({
    code: 'invalid_request',
    status: 400,
  });
});

test('withResponse resolves with the customer and the response', async () => {
  const { customers } = createClient({ token: DEFAULT_TOKEN, baseUrl: mock.url });
  const { data, response } = await customers.retrieve.withResponse('cus_1234ABCD');

  expect(data).toEqual(await customers.retrieve('cus_1234ABCD'));
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')).toMatch('application/json');
});

import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, test } from 'vitest';
import { createClient } from '../../src/index.ts';
import { catchError, getCustomer, operations } from '../support.ts';
import { examples, findMessage, findRetrieval, isOlder, served, startTestMock, validateServed } from './served.ts';

const [first] = examples;
const own = findRetrieval({ operations });

const mock = await startTestMock();
afterAll(() => mock.close());

test('the operation that retrieves a customer has the same name', () => {
  expect(served.id).toBe(own.id);
});

// A mock of an older release need not document the statuses that were added since.
test.skipIf(isOlder)('every status that the client knows is documented', () => {
  expect(Object.keys(served.responses)).toEqual(expect.arrayContaining(Object.keys(own.responses)));
});

describe.each(['basic', 'token'] as const)('with auth %s', (auth) => {
  test.each(examples)('retrieves the example $name', async ({ customer, body }) => {
    const { customers } = createClient({ token: DEFAULT_TOKEN, auth, baseUrl: mock.url, validate: validateServed });

    expect(await customers.retrieve(customer)).toEqual(body);
  });

  test('a wrong key rejects with unauthorized', async () => {
    const { customers } = createClient({ token: 'wrong', auth, baseUrl: mock.url });
    const error = await catchError(customers.retrieve('cus_1234ABCD'));

    expect(error).toMatchObject({
      code: 'unauthorized',
      status: 401,
      type: 'invalid_request_error',
      message: findMessage(401),
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
    message: findMessage(404),
  });
});

/** Returns the schema of the identifier. */
const findSchema = ({ parameters }: typeof own) => parameters.find(({ name }) => name === 'customer')?.schema ?? {};

/** Returns whether the description of an operation allows an identifier. */
function isAllowed(operation: typeof own, identifier: string): boolean {
  return new Ajv2020({ strict: false, validateFormats: false }).validate(findSchema(operation), identifier);
}

const { maxLength } = findSchema(own);
const longest = typeof maxLength === 'number' ? maxLength : 1_000;
const IDENTIFIERS = [
  'cus_1234ABCD',
  '01',
  'a b',
  'jane+billing@example.com',
  '50%',
  'a/b?c#d',
  'ü 日本 🦆',
  'x'.repeat(longest),
];

const accepted = IDENTIFIERS.filter(
  (identifier) => isAllowed(own, identifier) && (!isOlder || isAllowed(served, identifier)),
);
test.each(accepted.map((identifier) => ({ identifier, name: identifier.slice(0, 30) })))(
  'accepts the identifier $name',
  async ({ identifier }) => {
    const { customers } = createClient({ token: DEFAULT_TOKEN, baseUrl: mock.url });
    const result = await customers.retrieve(identifier).then(
      () => 'found',
      (error: unknown) => Object(error).code,
    );

    expect(result).toMatch(/^(found|not_found)$/);
  },
);

test('an identifier that is too long rejects with invalid_request', async () => {
  const { customers } = createClient({ token: DEFAULT_TOKEN, baseUrl: `${mock.url}/` });
  const { maxLength = 1_000_000 } = findSchema(served);

  expect(await catchError(customers.retrieve('x'.repeat(Number(maxLength) + 1)))).toMatchObject({
    code: 'invalid_request',
    status: 400,
  });
});

test('withResponse resolves with the customer and the response', async () => {
  const { customers } = createClient({ token: DEFAULT_TOKEN, baseUrl: mock.url });
  const { data, response } = await customers.retrieve.withResponse(first?.customer ?? '');

  expect(data).toEqual(await customers.retrieve(first?.customer ?? ''));
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')).toMatch('application/json');
});

test('a customer that has not changed since its ETag is a 304', async () => {
  const { api } = createClient({ token: DEFAULT_TOKEN, baseUrl: mock.url });
  const { response } = await getCustomer(api, first?.customer ?? '');
  const etag = response.headers.get('ETag') ?? 'none';
  const unchanged = await getCustomer(api, first?.customer ?? '', { headers: { 'If-None-Match': etag } });

  expect(unchanged.response.status).toBe(304);
});

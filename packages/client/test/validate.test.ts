import { findExamplePairs } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import { createClient, type operations as Operations } from '../src/index.ts';
import { validate } from '../src/validate.ts';
import { catchError, operations, startServer } from './support.ts';

const responses = operations.flatMap((operation) =>
  Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
    Object.entries(content['application/json']?.examples ?? {}).map(([name, { value }]) => ({
      operation: operation.id as keyof Operations,
      status: Number(status),
      name,
      value,
    })),
  ),
);
const [customer] = operations.flatMap(findExamplePairs).filter(({ status }) => status === '200');

test.each(responses)('the example $name of $operation $status is valid', ({ operation, status, value }) => {
  expect(validate(operation, status, value)).toEqual([]);
});

describe('validate names the member and the rule of each violation, without the value', () => {
  test.each([
    ['a missing member', { currency: undefined }, ["body must have required property 'currency'"]],
    ['a fraction', { current_mrr: 699.5 }, ['/current_mrr must be integer']],
    ['a number as a string', { id: '1340573' }, ['/id must be integer']],
    ['null', { current_mrr: null }, ['/current_mrr must be integer']],
    ['a negative count', { current_subscription_count: -1 }, ['/current_subscription_count must be >= 0']],
    ['a number beyond 2^53', { id: 2 ** 60 }, ['/id must be <= 9007199254740991']],
    ['a wrong constant', { object: 'list' }, ['/object must be equal to constant']],
    ['an empty string', { stripe_id: '' }, ['/stripe_id must NOT have fewer than 1 characters']],
    ['a wrong pattern', { currency: 'USD' }, ['/currency must match pattern "^[a-z]{3}$"']],
    ['two violations', { id: 0, currency: 'x' }, ['/id must be >= 1', '/currency must match pattern "^[a-z]{3}$"']],
  ])('%s', (_, change, violations) => {
    const body = JSON.parse(JSON.stringify({ ...(customer?.body as object), ...change }));

    expect(validate('retrieveCustomer', 200, body)).toEqual(violations);
  });

  test('a wrong type of the body', () => {
    expect(validate('retrieveCustomer', 200, [])).toEqual(['body must be object']);
  });

  test('an undocumented status', () => {
    expect(validate('retrieveCustomer', 206, customer?.body)).toEqual(['status 206 is not documented']);
  });
});

test('members that are not in the description are allowed', () => {
  expect(validate('retrieveCustomer', 200, { ...(customer?.body as object), country: 'FI' })).toEqual([]);
});

test('with validate, retrieve rejects an invalid customer and resolves with a valid one', async () => {
  let body = { ...(customer?.body as { currency: string }), currency: 'USD' };
  const baseUrl = await startServer((_, response) => {
    response.setHeader('X-Request-Id', 'req_1').end(JSON.stringify(body));
  });
  const strict = createClient({ token: 'key', baseUrl, validate });

  expect(await catchError(strict.customers.retrieve('x'))).toMatchObject({
    code: 'invalid_response',
    status: 200,
    requestId: 'req_1',
    message: expect.stringContaining('/currency must match pattern'),
  });
  await expect(createClient({ token: 'key', baseUrl }).customers.retrieve('x')).resolves.toEqual(body);

  body = { ...body, currency: 'usd' };
  await expect(strict.customers.retrieve('x')).resolves.toEqual(body);
});

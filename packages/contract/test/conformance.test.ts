import type { Operation } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import { departures } from '../src/engine/conformance.ts';
import { description } from '../src/engine/description.ts';

const operation = description.operations.find(({ id }) => id === 'retrieveCustomer') as Operation;

const CUSTOMER = {
  object: 'customer',
  id: 1,
  stripe_id: 'cus_1',
  extra_id: null,
  total_contract_value: 100,
  current_mrr: 10,
  current_subscription_count: 1,
  currency: 'usd',
};

const JSON_TYPE = { 'Content-Type': 'application/json' };

function exchange(status: number, body: unknown, headers: Record<string, string> = JSON_TYPE) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const json = typeof body === 'string' ? undefined : body;
  return { request: 'GET /', status, headers: new Headers(headers), text, json };
}

const error = (parts: Record<string, unknown>) => ({
  error: { type: 'invalid_request_error', message: 'No.', ...parts },
});

describe('a response that is as described has no departures', () => {
  test.each([
    ['a customer', exchange(200, CUSTOMER)],
    ['a member that is not described', exchange(200, { ...CUSTOMER, country: 'FI' })],
    ['a content type with a charset', exchange(200, CUSTOMER, { 'content-type': 'Application/JSON; charset=utf-8' })],
    ['an unknown customer', exchange(404, error({ param: 'customer' }))],
    ['a challenge', exchange(401, error({}), { ...JSON_TYPE, 'WWW-Authenticate': 'Basic realm="x"' })],
  ])('%s', (_, answer) => {
    expect(departures(operation, answer)).toEqual([]);
  });
});

describe('a response that is not as described says where', () => {
  const { currency: _, ...withoutCurrency } = CUSTOMER;

  test.each([
    ['an undocumented status', exchange(500, {}), 'status 500 is not documented; documented are 200, 400, 401, 404'],
    ['no content type', exchange(200, CUSTOMER, {}), 'content type is missing; documented is application/json'],
    ['HTML', exchange(200, '<html>', { 'content-type': 'text/html' }), 'content type is text/html; documented is'],
    ['not JSON', exchange(200, '{"object":'), 'the body is not JSON'],
    ['a list', exchange(200, [CUSTOMER]), 'body must be object'],
    ['a missing member', exchange(200, withoutCurrency), "body must have required property 'currency'"],
    ['null', exchange(200, { ...CUSTOMER, stripe_id: null }), 'body/stripe_id must be string'],
    ['a number as text', exchange(200, { ...CUSTOMER, id: '1' }), 'body/id must be integer'],
    ['a fraction', exchange(200, { ...CUSTOMER, current_mrr: 9.9 }), 'body/current_mrr must be integer'],
    ['a negative count', exchange(200, { ...CUSTOMER, current_subscription_count: -1 }), 'must be >= 0'],
    ['an unsafe integer', exchange(200, { ...CUSTOMER, id: 2 ** 53 }), 'must be <= 9007199254740991'],
    ['another constant', exchange(200, { ...CUSTOMER, object: 'user' }), 'must be equal to constant "customer"'],
    ['another pattern', exchange(200, { ...CUSTOMER, currency: 'USD' }), 'body/currency must match pattern'],
    ['an error without a message', exchange(400, error({ message: '' })), 'body/error/message must NOT have fewer'],
    ['a 404 without param', exchange(404, error({})), "body/error must have required property 'param'"],
    ['a 401 without a challenge', exchange(401, error({})), 'header WWW-Authenticate is missing'],
    [
      'a 401 with another challenge',
      exchange(401, error({}), { ...JSON_TYPE, 'WWW-Authenticate': 'Bearer realm="x"' }),
      'header WWW-Authenticate must match pattern',
    ],
  ])('%s', (_, answer, message) => {
    expect(departures(operation, answer)).toContainEqual(expect.stringContaining(message));
  });

  test('all at once', () => {
    expect(departures(operation, exchange(200, { ...CUSTOMER, stripe_id: null, currency: 'X' }))).toHaveLength(2);
  });
});

describe('an operation that documents', () => {
  const other = (response: Operation['responses'][string]): Operation => ({
    ...operation,
    responses: { '200': response },
  });

  test('no body may not send one', () => {
    const silent = other({ description: '…' });

    expect(departures(silent, exchange(200, ''))).toEqual([]);
    expect(departures(silent, exchange(200, '{}'))).toEqual(['there is a body, but none is documented']);
  });

  test('a number in a header gets it as text', () => {
    const counted = other({ description: '…', headers: { 'X-Count': { schema: { type: 'integer' } } } });

    expect(departures(counted, exchange(200, '', { 'X-Count': '12' }))).toEqual([]);
    expect(departures(counted, exchange(200, '', { 'X-Count': 'many' }))).toEqual(['header X-Count must be integer']);
  });
});

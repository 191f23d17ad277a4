import { loadDescription, type Operation } from '@firstofficer/openapi';
import { createOperation } from '@firstofficer/openapi/testing';
import { describe, expect, test } from 'vitest';
import type { ApiRequest } from '../src/engine/tools.ts';
import { createValidityShortcut } from '../src/node/prism/plain-parameters.ts';
import { createPrism } from '../src/node/prism/prism.ts';
import { SPEC_FILE } from './support.ts';

const createRequest = (customer: string, members: Partial<ApiRequest> = {}): ApiRequest => ({
  pathParameters: { customer },
  query: {},
  headers: {},
  body: undefined,
  ...members,
});

describe('the customer that an operation retrieves', async () => {
  const description = await loadDescription(SPEC_FILE);
  const [operation] = description.operations;
  if (!operation) throw new Error('The description has no operation.');
  const prism = await createPrism(description);
  const isValid = createValidityShortcut(operation);

  test.each([
    ['an ID', 'cus_1234ABCD', true],
    ['an email address', 'jane+billing@example.com', true],
    ['a comma and a slash', 'a,b/c', true],
    ['the longest identifier', 'x'.repeat(1024), true],
    ['the longest identifier of characters that take two units of UTF-16', '😀'.repeat(1024), true],
    ['an empty identifier', '', false],
    ['an identifier that is too long', 'x'.repeat(1025), false],
  ])('%s is valid as for Prism', async (_, customer, expected) => {
    const request = createRequest(customer);

    expect(isValid?.(request)).toBe(expected);
    expect((await prism.validate(operation, request)).length === 0).toBe(expected);
  });

  test('Prism validates requests with a query or with documented headers', () => {
    expect(isValid?.(createRequest('a', { query: { a: '1' } }))).toBe(false);
    expect(isValid?.(createRequest('a', { headers: { 'x-unit': 'kg' } }))).toBe(false);
  });
});

test.each<[string, Partial<Operation>]>([
  ['a request body', { requestBody: {} }],
  ['a required query parameter', { parameters: [{ name: 'q', in: 'query', required: true }] }],
  ['a path parameter without schema', { parameters: [{ name: 'id', in: 'path' }] }],
  ...[{ type: 'integer' }, { type: 'string', pattern: 'a' }, { type: 'string', enum: ['a'] }, { $ref: '#' }].map(
    (schema): [string, Partial<Operation>] => [
      `the schema ${JSON.stringify(schema)}`,
      { parameters: [{ name: 'id', in: 'path', schema }] },
    ],
  ),
])('Prism validates requests to an operation with %s', (_, members) => {
  expect(createValidityShortcut(createOperation(members))).toBe(undefined);
});

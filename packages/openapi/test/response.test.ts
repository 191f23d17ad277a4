import { expect, test } from 'vitest';
import { responseFor } from '../src/index.ts';
import { operation } from './operation.ts';

const documenting = (...statuses: readonly string[]) =>
  operation({ responses: Object.fromEntries(statuses.map((status) => [status, { description: status }])) });

test.each([
  ['the status itself', ['404', '4XX', 'default'], '404'],
  ['its class', ['400', '4XX', '5XX', 'default'], '4XX'],
  ['its class in lowercase', ['4xx', 'default'], '4xx'],
  ['the default', ['400', '5XX', 'default'], 'default'],
])('the response for 404 is that of %s', (_, statuses, expected) => {
  expect(responseFor(documenting(...statuses), 404)).toEqual({
    status: expected,
    response: { description: expected },
  });
});

test('other statuses and classes do not document 404', () => {
  expect(responseFor(documenting('200', '403', '5XX'), 404)).toBeUndefined();
});

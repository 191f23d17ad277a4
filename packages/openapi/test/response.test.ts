import { expect, test } from 'vitest';
import { responseFor } from '../src/index.ts';
import { operation } from './operation.ts';

const documenting = (...statuses: readonly string[]) =>
  operation({ responses: Object.fromEntries(statuses.map((status) => [status, { description: status }])) });

test.each([
  ['the very status', ['404', '4XX', 'default'], '404'],
  ['its class', ['400', '4XX', '5XX', 'default'], '4XX'],
  ['its class in lower case', ['4xx', 'default'], '4xx'],
  ['the default', ['400', '5XX', 'default'], 'default'],
])('404 is documented by %s', (_, statuses, expected) => {
  expect(responseFor(documenting(...statuses), 404)).toEqual({
    status: expected,
    response: { description: expected },
  });
});

test('404 is not documented by other statuses and classes', () => {
  expect(responseFor(documenting('200', '403', '5XX'), 404)).toBeUndefined();
});

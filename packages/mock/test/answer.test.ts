import { expect, test } from 'vitest';
import { findAnswerFaults } from '../src/engine/answer.ts';
import { operations } from './support.ts';

const [operation] = operations;

const findMembers = (answer: Record<string, unknown>) =>
  findAnswerFaults(answer, operation).map(({ member }) => member);

const circular: Record<string, unknown> = {};
circular.self = circular;

test.each([
  {},
  { code: 200 },
  { code: 599, delay: 600_000, drop: 'body', retryAfter: 0, dynamic: false, seed: 0 },
  { code: 404, example: 'unknown_customer' },
  { example: 'lost_customer', code: undefined },
  { headers: {} },
  { headers: { 'X-A': '', 'x-b': 'größe', 'Content-Type': 'text/html', ETag: null } },
  { body: '' },
  { body: null },
  { body: { a: [1] } },
])('%j is valid', (answer) => {
  expect(findMembers(answer)).toEqual([]);
});

test.each([
  { code: 199 },
  { code: '404' },
  { code: 404.5 },
  { code: null },
  { example: '' },
  { example: 'nobody' },
  { example: 7 },
  { dynamic: 'true' },
  { seed: '' },
  { seed: Number.NaN },
  { delay: -1 },
  { delay: 600_001 },
  { drop: true },
  { retryAfter: -1 },
  { headers: 'X-A: 1' },
  { headers: ['X-A'] },
  { headers: { 'X A': '1' } },
  { headers: { '': '1' } },
  { headers: { 'X-A': 1 } },
  { headers: { 'X-A': 'a\r\nX-B: b' } },
  { headers: { 'X-A': '€' } },
  { headers: { 'content-LENGTH': '5' } },
  { headers: { Trailer: 'X-A' } },
  { body: () => 1 },
  { body: 1n },
  { body: circular },
])('%o has one fault, in its member', (answer) => {
  expect(findMembers(answer)).toEqual(Object.keys(answer));
});

test('the fault of an example lists the examples of the response', () => {
  expect(findAnswerFaults({ example: 'nobody', code: 404 }, operation)).toEqual([
    {
      member: 'example',
      message: 'must be an example of the response, but the response of retrieveCustomer has unknown_customer',
    },
  ]);
  expect(findAnswerFaults({ example: 'nobody' }, undefined)).toEqual([]);
});

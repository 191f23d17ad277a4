import { expect, test } from 'vitest';
import { overrideBody, overrideHeaders } from '../src/engine/override-response.ts';
import { createResponse } from '../src/engine/response.ts';

const problem = createResponse(404, { 'Content-type': 'application/problem+json', 'X-A': '1' }, { status: 404 });

test.each([
  ['an object', { a: 1 }, '{"a":1}'],
  ['a list', [1], '[1]'],
  ['null', null, 'null'],
  ['false', false, 'false'],
])('%s replaces the body as JSON', (_, body, payload) => {
  expect(overrideBody(problem, { body })).toEqual({
    status: 404,
    headers: { 'Content-Type': 'application/json', 'X-A': '1' },
    payload,
  });
});

test('a string replaces the body as it is, so that it can be broken JSON', () => {
  expect(overrideBody(problem, { body: '{"a":' })).toEqual({ ...problem, payload: '{"a":' });
  expect(overrideBody(problem, { body: '' })).toEqual({ ...problem, payload: '' });
});

test.each([204, 205, 304])('a response with the status %i stays without a body', (status) => {
  const response = createResponse(status, {}, undefined);

  expect(overrideBody(response, { body: { a: 1 } })).toBe(response);
});

test('headers are replaced, added and removed, whatever their letter case', () => {
  const headers = { 'content-type': 'text/html', 'x-a': null, 'x-none': null, 'X-B': '2' };

  expect(overrideHeaders(problem, { headers }).headers).toEqual({ 'content-type': 'text/html', 'X-B': '2' });
});

test('retryAfter replaces Retry-After', () => {
  const response = createResponse(429, { 'retry-after': '30' }, undefined);

  expect(overrideHeaders(response, { retryAfter: 0 }).headers).toEqual({ 'Retry-After': '0' });
  expect(overrideHeaders(response, { retryAfter: 0, headers: { 'retry-AFTER': 'soon' } }).headers).toEqual({
    'retry-AFTER': 'soon',
  });
});

import { createOperation } from '@firstofficer/openapi/testing';
import { expect, test } from 'vitest';
import { matchesOperation } from '../../src/run/excluded-operations.ts';
import { verifyDescription } from '../verify.ts';

const operation = createOperation({ id: 'deletePet', path: '/admin/pets/{id}', definition: { tags: ['admin', 7] } });

test.each([
  ['deletePet', true],
  ['delete*', true],
  ['admin', true],
  ['/admin/*', true],
  ['/admin/pets/{id}', true],
  ['*', true],
  ['deletepet', false],
  ['delete', false],
  ['/admin', false],
  ['7', false],
  ['.*', false],
])('the pattern %j matches the operation: %j', (pattern, expected) => {
  expect(matchesOperation(operation, pattern)).toBe(expected);
});

test('an excluded operation gets no requests, and is not in the report', async (context) => {
  const { report, received } = await verifyDescription(context, {
    exclude: ['/cats'],
    description: `
paths:
  /dogs: { get: { responses: { '200': { description: Dogs. } } } }
  /cats: { get: { responses: { '200': { description: Cats. } } } }`,
  });

  expect(new Set(received.map(({ url }) => url.pathname))).toEqual(new Set(['/dogs']));
  expect(report.coverage.map(({ operation: id }) => id)).toEqual(['GET /dogs']);
});

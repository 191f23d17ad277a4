import { createOperation } from '@firstofficer/openapi/testing';
import { expect, test } from 'vitest';
import { selectGivenParameters } from '../../src/request/given-parameters.ts';

const operation = createOperation({
  id: 'pets.find',
  parameters: [
    { name: 'id', in: 'path' },
    { name: 'filter.name', in: 'query', schema: { type: 'string' } },
    { name: 'tags', in: 'query', schema: { type: 'array' } },
    { name: 'year', in: 'query', schema: { type: ['object', 'null'] } },
  ],
});

test.each([
  [{ id: '7' }, { id: '7' }],
  [{ 'pets.find.id': '8', id: '7' }, { id: '8' }],
  [{ 'pets.list.id': '8' }, {}],
  [{ 'filter.name': 'x' }, { 'filter.name': 'x' }],
  [{ 'pets.find.filter.name': '[1]' }, { 'filter.name': '[1]' }],
  [{ tags: '["a","b"]' }, { tags: ['a', 'b'] }],
  [{ tags: 'a,b' }, { tags: 'a,b' }],
  [{ tags: ['a'] }, { tags: ['a'] }],
  [{ year: '{"gte":1}' }, { year: { gte: 1 } }],
  [{ year: '[1]' }, { year: '[1]' }],
  [{ id: '{"a":1}' }, { id: '{"a":1}' }],
  [{ other: '7' }, {}],
])('%j gives %j', (given, expected) => {
  expect(selectGivenParameters(operation, given)).toEqual(expected);
});

import { expect, test } from 'vitest';
import { withoutDescriptions } from '../src/generate.ts';

test('withoutDescriptions removes descriptions and extensions that are texts, but no members of an object', () => {
  const member = { type: 'string' };
  const properties = { description: member, 'x-name': member };
  const schema = { description: 'A pet.', 'x-sunset': '2027-11-01', 'x-owner': {}, const: { 'x-a': 'b' }, properties };

  expect(withoutDescriptions(schema)).toEqual({ 'x-owner': {}, const: { 'x-a': 'b' }, properties });
});

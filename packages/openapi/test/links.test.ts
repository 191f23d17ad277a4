import { expect, test } from 'vitest';
import { type Link, resolveLinks } from '../src/index.ts';
import { createOperation } from '../src/testing.ts';

const linking = (links: Record<string, Link>) => createOperation({ responses: { '200': { description: '…', links } } });

test('a link takes its parameters from the body, as strings', () => {
  const byId = { operationId: 'getPet', parameters: { id: '$response.body#/owner/pets~1cats/0' } };

  expect(resolveLinks(linking({ byId }), '200', { owner: { 'pets/cats': [7] } })).toEqual([
    { name: 'byId', operationId: 'getPet', parameters: { id: '7' } },
  ]);
});

test('a link parameter may be a constant', () => {
  const first = { operationId: 'getPet', parameters: { id: 'first' } };

  expect(resolveLinks(linking({ first }), '200', {})[0]?.parameters).toEqual({ id: 'first' });
});

test.each([
  ['is null', { name: null }],
  ['is absent', {}],
  ['is only inherited', { id: 1 }],
])('a link is left out if its value %s', (_, body) => {
  const pointer = 'id' in body ? '/toString' : '/name';
  const link = { operationId: 'getPet', parameters: { id: `$response.body#${pointer}` } };

  expect(resolveLinks(linking({ link }), '200', body)).toEqual([]);
});

test('a link with another kind of expression, or without an operationId, is left out', () => {
  const links = {
    header: { operationId: 'getPet', parameters: { id: '$response.header.Location' } },
    anonymous: { parameters: { id: '1' } },
  };

  expect(resolveLinks(linking(links), '200', {})).toEqual([]);
});

test('the links of one status do not apply to another status', () => {
  expect(resolveLinks(linking({ self: { operationId: 'getPet' } }), '404', {})).toEqual([]);
});

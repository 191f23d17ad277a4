import type { Parameter } from '@firstofficer/openapi';
import { createOperation } from '@firstofficer/openapi/testing';
import { expect, test } from 'vitest';
import { isSendable, listOtherRoutes } from '../../src/generate/sendable.ts';

test.each<[place: Parameter['in'], value: unknown, expected: boolean, members?: Partial<Parameter>]>([
  ['path', 'a b', true],
  ['path', '', false],
  ['path', '..', false],
  ['query', '', true],
  ['query', null, false],
  ['query', [], false],
  ['query', ['a', 'b'], true],
  ['query', ['a,b'], true],
  ['query', ['a,b'], false, { explode: false }],
  ['query', ['a|b'], false, { style: 'pipeDelimited', explode: false }],
  ['query', {}, false],
  ['query', { a: 1 }, true, { style: 'deepObject', explode: true }],
  ['query', null, true, { content: { 'application/json': {} } }],
  ['header', 'a b', true],
  ['header', ' a', false],
  ['header', 'ä', false],
  ['header', 'a\nb', false],
  ['cookie', 'abc', true],
  ['cookie', 'a;b', false],
])('a parameter in the %s can have the value %j: %j', (place, value, expected, members = {}) => {
  expect(isSendable({ name: 'id', in: place, ...members }, value)).toBe(expected);
});

test('listOtherRoutes returns the segments of other paths in place of a parameter', () => {
  const id: Parameter = { name: 'id', in: 'path', required: true };
  const operations = ['/users/me', '/users/{id}', '/users/{id}/posts', '/pets/new'].map((path) =>
    createOperation({ path }),
  );

  expect(listOtherRoutes(createOperation({ path: '/users/{id}' }), id, operations)).toEqual(['me']);
  expect(listOtherRoutes(createOperation({ path: '/range/{id}-{to}' }), id, operations)).toEqual([]);
});

import { expect, test } from 'vitest';
import { createPathMatcher, decodeSegment, fillPath } from '../src/index.ts';

test('matches a path and returns its parameters still percent-encoded', () => {
  expect(createPathMatcher('/v1/pets/{id}/toys/{toy}')('/v1/pets/a%2Fb/toys/%ZZ')).toEqual({ id: 'a%2Fb', toy: '%ZZ' });
});

test('a parameter may be empty', () => {
  expect(createPathMatcher('/pets/{id}')('/pets/')).toEqual({ id: '' });
});

test('a parameter may be part of a segment', () => {
  expect(createPathMatcher('/pets/{id}.{format}')('/pets/7.json')).toEqual({ id: '7', format: 'json' });
  expect(createPathMatcher('/pets/{id}.json')('/pets/7xjson')).toBeUndefined();
  expect(fillPath('/pets/{id}.json', { id: 'a/b' })).toBe('/pets/a%2Fb.json');
});

test.each(['/pets', '/pets/1/2', '/Pets/1', '//pets/1', '/cats/1'])('%s does not match /pets/{id}', (path) => {
  expect(createPathMatcher('/pets/{id}')(path)).toBeUndefined();
});

test('fills a path so that decoding it returns the original values', () => {
  const id = 'jäne+b /?#%2e&@example.com';
  const path = fillPath('/pets/{id}/toys', { id });

  expect(path).not.toMatch(/[ ?#+]/);
  expect(decodeSegment(createPathMatcher('/pets/{id}/toys')(path)?.id ?? '')).toBe(id);
});

test.each(['%', '%4', '%ZZ', '%FF', '%C3%28'])('%s is not valid percent-encoding', (segment) => {
  expect(decodeSegment(segment)).toBeUndefined();
});

test('decodes percent-encoding only once', () => {
  expect(decodeSegment('%252e')).toBe('%2e');
});

test('a segment takes precedence over the parameter and is not encoded', () => {
  expect(fillPath('/pets/{id}/toys/{toy}', { id: '7', toy: 'a b' }, { id: '%ZZ' })).toBe('/pets/%ZZ/toys/a%20b');
  expect(fillPath('/pets/{id}', {}, { id: '' })).toBe('/pets/');
});

import { describe, expect, test } from 'vitest';
import { findDifferences, getMember, isObject, preview, readJsonText, truncate } from '../../src/schema/json.ts';

test.each([
  [{ a: 1 }, '{"a":1}'],
  [null, 'null'],
  [undefined, 'nothing'],
])('preview: %j is %s', (value, expected) => {
  expect(preview(value)).toBe(expected);
});

test('truncate shortens texts with more than 120 characters', () => {
  expect(truncate('x'.repeat(120))).toBe('x'.repeat(120));
  expect(truncate('x'.repeat(121))).toBe(`${'x'.repeat(120)}… (121 characters)`);
});

test('isObject: lists and null are no objects', () => {
  expect([{}, { a: 1 }, [], null, 'a', undefined].map(isObject)).toEqual([true, true, false, false, false, false]);
});

test.each([
  ['body/a/b', 1],
  ['body/list/1', 'y'],
  ['body', { a: { b: 1 }, list: ['x', 'y'], none: null }],
  ['body/none/b', undefined],
  ['body/a/b/c/d', undefined],
])('getMember: the value at %s is %j', (path, expected) => {
  expect(getMember({ a: { b: 1 }, list: ['x', 'y'], none: null }, path)).toEqual(expected);
});

describe('findDifferences', () => {
  const expected = { id: 1, extra_id: null, tags: ['a', 'b'], address: { city: 'Turku' } };

  test.each([
    ['an equal value', expected, []],
    ['an additional member', { ...expected, country: 'FI' }, []],
    ['another value', { ...expected, id: 2 }, ['body/id']],
    ['a value of another type', { ...expected, id: '1' }, ['body/id']],
    ['a value instead of null', { ...expected, extra_id: 'x' }, ['body/extra_id']],
    ['a missing member', { ...expected, address: {} }, ['body/address/city']],
    ['a shorter list', { ...expected, tags: ['a'] }, ['body/tags/length', 'body/tags/1']],
    ['a longer list', { ...expected, tags: ['a', 'b', 'c'] }, ['body/tags/length']],
    ['a list instead of an object', { ...expected, address: ['Turku'] }, ['body/address']],
    ['text instead of an object', 'text', ['body']],
    ['undefined', undefined, ['body']],
    ['null', null, ['body']],
  ])('returns the paths for %s', (_, actual, paths) => {
    expect(findDifferences(expected, actual)).toEqual(paths);
  });
});

test.each([
  [null, null, []],
  [null, {}, ['body']],
  [[], {}, ['body']],
  [[1], [1], []],
  [0, -0, ['body']],
])('findDifferences: instead of %j, %j has the differences %j', (expected, actual, paths) => {
  expect(findDifferences(expected, actual)).toEqual(paths);
});

describe('readJsonText', () => {
  test.each([
    ['{"a":1,"b":2}', []],
    ['{"a":1,"a":1}', ['body/a']],
    ['{"a":1,"\\u0061":2,"a":3}', ['body/a', 'body/a']],
    ['{"a":{"b":1},"c":{"b":1}}', []],
    ['{"list":[{"x":1},{"x":1,"x":2}]}', ['body/list/1/x']],
    ['{"__proto__":1,"__proto__":2}', ['body/__proto__']],
    ['[]', []],
    ['"text"', []],
  ])('finds the duplicate members of %s', (text, duplicates) => {
    expect(readJsonText(text).duplicates).toEqual(duplicates);
  });

  test.each([
    [
      ' {"a": 1.0, "b": [-2e3, {"c": 9007199254740993}], "d": "7"}',
      [
        { path: ['a'], source: '1.0' },
        { path: ['b', 0], source: '-2e3' },
        { path: ['b', 1, 'c'], source: '9007199254740993' },
      ],
    ],
    ['-0', [{ path: [], source: '-0' }]],
  ])('returns the numbers of %s as they are written', (text, numbers) => {
    expect(readJsonText(text).numbers).toEqual(numbers);
  });
});

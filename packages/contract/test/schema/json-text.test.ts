import { expect, test } from 'vitest';
import { readJsonText } from '../../src/schema/json-text.ts';

test.each([
  ['{"a":1,"b":2}', []],
  ['{"a":1,"a":1}', ['body/a']],
  ['{"a":1,"\\u0061":2,"a":3}', ['body/a', 'body/a']],
  ['{"a":{"b":1},"c":{"b":1}}', []],
  ['{"list":[{"x":1},{"x":1,"x":2}]}', ['body/list/1/x']],
  ['{"__proto__":1,"__proto__":2}', ['body/__proto__']],
  ['[]', []],
  ['"text"', []],
])('%s has the members %j twice', (text, duplicates) => {
  expect(readJsonText(text).duplicates).toEqual(duplicates);
});

test('numbers have their spelling and their path', () => {
  expect(readJsonText(' {"a": 1.0, "b": [-2e3, {"c": 9007199254740993}], "d": "7"}').numbers).toEqual([
    { path: ['a'], source: '1.0' },
    { path: ['b', 0], source: '-2e3' },
    { path: ['b', 1, 'c'], source: '9007199254740993' },
  ]);
});

test('a number may be the whole text', () => {
  expect(readJsonText('-0').numbers).toEqual([{ path: [], source: '-0' }]);
});

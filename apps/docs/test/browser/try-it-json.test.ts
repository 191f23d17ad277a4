import { expect, test } from 'vitest';
import { formatJson } from '../../src/browser/try-it/json.ts';

const format = (json: string) =>
  formatJson(json)
    .map(({ text }) => text)
    .join('');

test.each([
  ['{}', '{}'],
  ['[]', '[]'],
  ['"{[,\\":"', '"{[,\\":"'],
  [
    '{"a":[],"b":{},"c":[1,{"d":null}]}',
    '{\n  "a": [],\n  "b": {},\n  "c": [\n    1,\n    {\n      "d": null\n    }\n  ]\n}',
  ],
  [' { "a" : "b\\n" } ', '{\n  "a": "b\\n"\n}'],
  ['{"id":12345678901234567890.10}', '{\n  "id": 12345678901234567890.10\n}'],
])('%s has one member per line, and its values stay as they are', (json, text) => {
  expect(format(json)).toBe(text);
});

test('a text that is not JSON stays as it is', () => {
  expect(formatJson('<h1>Bad Gateway</h1>')).toEqual([{ text: '<h1>Bad Gateway</h1>' }]);
});

test('names, texts, numbers and literals have different colors', () => {
  const colors = formatJson('{"a":["b",-1,true]}').flatMap(({ text, className }) =>
    className ? [[text, className]] : [],
  );
  expect(colors).toEqual([
    ['"a"', 'hljs-attr'],
    ['"b"', 'hljs-string'],
    ['-1', 'hljs-number'],
    ['true', 'hljs-literal'],
  ]);
});

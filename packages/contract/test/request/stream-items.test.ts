import { expect, test } from 'vitest';
import { listStreamItems } from '../../src/request/stream-items.ts';

const listItems = (type: string, text: string, isPartial = false) =>
  listStreamItems({ headers: [['Content-Type', `${type}; charset=utf-8`]], text, isPartial });

test.each([
  ['application/x-ndjson', '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
  ['application/jsonl', '1\r\n\r\nnull\r\n"a"', [1, null, 'a']],
  ['application/json-seq', '\u001e{"a":1}\n\u001e{"a":\n2}\n', [{ a: 1 }, { a: 2 }]],
  ['application/x-ndjson', '{"a":1}\n{"a"', [{ a: 1 }]],
  [
    'text/event-stream',
    'data: 1\n\n: ping\n\nevent: end\nid:7\nretry: 50\ndata: a\ndata:  b\n\n',
    [{ data: '1' }, { event: 'end', id: '7', retry: 50, data: 'a\n b' }],
  ],
  ['text/plain', '1\n2\n', []],
])('the items of %s %j', (type, text, expected) => {
  expect(listItems(type, text)).toEqual(expected);
});

test('the last item of a stream that goes on is left out', () => {
  expect(listItems('application/jsonl', '1\n2', true)).toEqual([1]);
  expect(listItems('text/event-stream', 'data: 1\n\ndata: 2', true)).toEqual([{ data: '1' }]);
});

test('only the first items of a long stream are returned', () => {
  expect(listItems('application/jsonl', '1\n'.repeat(1000))).toHaveLength(100);
});

import { expect, test } from 'vitest';
import { readCsv, readNdjson } from '../src/import/read-records.ts';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function* chunks(...parts: readonly (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

test('NDJSON is read line by line, across chunks and without a final line feed', async () => {
  const duck = Buffer.from('"🦆"');
  const records = await all(readNdjson(chunks('{"a":1}\r\n\n', duck.subarray(0, 3), duck.subarray(3))));

  expect(records).toEqual([
    { line: 1, value: { a: 1 } },
    { line: 3, value: '🦆' },
  ]);
});

test.each([
  ['a line that is not JSON', '{"id":1', 'is not valid JSON'],
  ['a line that is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'is not UTF-8'],
  ['a line that is too long', Buffer.alloc(2 * 1024 * 1024, 'x'), 'is longer than 1048576 bytes'],
])('NDJSON: %s is reported, and the next line is read', async (_, bytes, fault) => {
  expect(await all(readNdjson(chunks(bytes, '\n7')))).toEqual([
    { line: 1, fault },
    { line: 2, value: 7 },
  ]);
});

test('CSV: quoted fields can contain line breaks, integers become numbers, and empty fields become null', async () => {
  const records = await all(readCsv(chunks('\ufeffid,name,note\r\n007,"a\n""b""",\r\n-12,00815,x\r\n'), ['id']));

  expect(records).toEqual([
    { line: 3, value: { id: '007', name: 'a\n"b"', note: null } },
    { line: 4, value: { id: -12, name: '00815', note: 'x' } },
  ]);
});

test.each([
  ['a row that is too short', 'id,name\n1\n', /is not valid CSV \(CSV_RECORD_INCONSISTENT_COLUMNS\)/],
  ['an unterminated quote', 'id,name\n1,"a\n', /is not valid CSV/],
  ['a duplicate column', 'id,name,id\n1,a,2\n', /has the column id twice/],
  ['a field that is not UTF-8', Buffer.from('id,name\n1,\xff\n', 'latin1'), /name is not UTF-8/],
])('CSV: %s is reported', async (_, text, fault) => {
  const [record] = await all(readCsv(chunks(text), ['id']));
  expect(record).toMatchObject({ fault: expect.stringMatching(fault) });
});
